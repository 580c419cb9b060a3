import { describe, expect, it } from 'vitest';
import { ellipsoid } from './signed-distance.ts';
import { surfaceNets } from './surface-nets.ts';

describe('meshing a distance field', () => {
  const domain = {
    halfWidthMm: 30,
    fromMm: [-30, -30],
    toMm: [30, 30],
    cellMm: 1,
    lipschitz: 1.2,
  } as const;
  const mesh = surfaceNets((x, y, z) => ellipsoid(x, y, z, 20, 20, 20), domain);
  const at = (i: number): readonly [number, number, number] => [
    mesh.positionsMm[i * 3] ?? 0,
    mesh.positionsMm[i * 3 + 1] ?? 0,
    mesh.positionsMm[i * 3 + 2] ?? 0,
  ];

  it('finds the whole surface: a ball of 20 mm has the volume of a ball of 20 mm, wound outwards', () => {
    let volume = 0;
    for (let t = 0; t < mesh.indices.length; t += 3) {
      const [a, b, c] = [0, 1, 2].map((k) => at(mesh.indices[t + k] ?? 0));
      if (!a || !b || !c) throw new Error('The mesh is ragged.');
      volume +=
        (a[0] * (b[1] * c[2] - b[2] * c[1]) +
          a[1] * (b[2] * c[0] - b[0] * c[2]) +
          a[2] * (b[0] * c[1] - b[1] * c[0])) /
        6;
    }
    expect(volume / ((4 / 3) * Math.PI * 20 ** 3)).toBeCloseTo(1, 2);
  });

  it('sets its vertices within a tenth of a cell', () => {
    for (let i = 0; i < mesh.positionsMm.length / 3; i += 1) {
      expect(Math.abs(Math.hypot(...at(i)) - 20)).toBeLessThan(0.1);
    }
  });

  it('is mirror-symmetric', () => {
    const keys = new Set<string>();
    const key = (x: number, y: number, z: number): string => [x, y, z].map((v) => (v + 0).toFixed(3)).join();
    for (let i = 0; i < mesh.positionsMm.length / 3; i += 1) {
      const [x, y, z] = at(i);
      keys.add(key(Math.abs(x) < 1e-6 ? 0 : x, y, z));
    }
    for (let i = 0; i < mesh.positionsMm.length / 3; i += 1) {
      const [x, y, z] = at(i);
      expect(keys.has(key(Math.abs(x) < 1e-6 ? 0 : -x, y, z))).toBe(true);
    }
  });
});
