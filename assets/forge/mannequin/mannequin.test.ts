import { createRequire } from 'node:module';
import { NodeIO } from '@gltf-transform/core';
import type { Accessor } from '@gltf-transform/core';
import { KHRMeshQuantization } from '@gltf-transform/extensions';
import { beforeAll, describe, expect, it } from 'vitest';
import { forgeMannequin } from './mannequin.ts';
import { mannequinDistanceMm } from './mannequin-form.ts';
import { mannequinLipschitz } from './mannequin-mesh.ts';

/** The part of the Khronos validator's report that is read here; the validator ships no types. */
interface Validator {
  readonly validateBytes: (
    bytes: Uint8Array,
  ) => Promise<{ readonly issues: { readonly numErrors: number; readonly numWarnings: number } }>;
}

// Coarser than what is shown, so that the test takes a second or two; budgets hold at every size.
const cellMm = 2.2;

describe('the forged mannequin', () => {
  let glb: Uint8Array;
  let indices: Accessor;
  let placesMm: readonly (readonly [x: number, y: number, z: number])[];
  let normals: readonly (readonly number[])[];
  let openness: readonly number[];

  beforeAll(async () => {
    glb = await forgeMannequin({ cellMm });
    const document = await new NodeIO().registerExtensions([KHRMeshQuantization]).readBinary(glb);
    const node = document.getRoot().listNodes()[0];
    const primitive = node?.getMesh()?.listPrimitives()[0];
    const position = primitive?.getAttribute('POSITION');
    const normal = primitive?.getAttribute('NORMAL');
    const colour = primitive?.getAttribute('COLOR_0');
    const faces = primitive?.getIndices();
    if (!node || !position || !normal || !colour || !faces) throw new Error('The mesh is incomplete.');
    indices = faces;
    const [scale] = node.getScale();
    const [tx, ty, tz] = node.getTranslation();
    const rows = (accessor: Accessor): number[][] =>
      Array.from({ length: accessor.getCount() }, (_, i) => accessor.getElement(i, []));
    placesMm = rows(position).map(([x = 0, y = 0, z = 0]) => [
      (x * scale + tx) * 1000,
      (y * scale + ty) * 1000,
      (z * scale + tz) * 1000,
    ]);
    normals = rows(normal);
    openness = rows(colour).map(([red = 0]) => red);
  }, 60_000);

  it('is a valid glTF within its budget', async () => {
    const validator = createRequire(import.meta.url)('gltf-validator') as Validator;
    const report = await validator.validateBytes(glb);
    expect(report.issues.numErrors).toBe(0);
    expect(report.issues.numWarnings).toBe(0);
    expect(glb.byteLength).toBeLessThan(1_500_000);
    expect(indices.getCount() / 3).toBeLessThanOrEqual(40_000);
    expect(indices.getCount() / 3).toBeGreaterThan(20_000);
  });

  it('lies on the form, in metres, with outward normals', () => {
    let worstMm = 0;
    let inward = 0;
    placesMm.forEach((at, i) => {
      worstMm = Math.max(worstMm, Math.abs(mannequinDistanceMm(...at)));
      const [nx = 0, ny = 0, nz = 0] = normals[i] ?? [];
      if (mannequinDistanceMm(at[0] + nx, at[1] + ny, at[2] + nz) < 0) inward += 1;
    });
    expect(worstMm).toBeLessThan(1);
    expect(inward / placesMm.length).toBeLessThan(0.002);
  });

  it('is closed: every edge is also run through in the opposite sense', () => {
    const edges = new Set<string>();
    for (let t = 0; t < indices.getCount(); t += 3) {
      const corner = [indices.getScalar(t), indices.getScalar(t + 1), indices.getScalar(t + 2)];
      for (let k = 0; k < 3; k += 1) {
        edges.add(`${corner[k]}>${corner[(k + 1) % 3]}`);
      }
    }
    const open = [...edges].filter((edge) => !edges.has(edge.split('>').toReversed().join('>')));
    expect(open).toHaveLength(0);
  });

  it('is darker in the socket of the eye, under the nose and behind the ear than on the forehead', () => {
    const near = (x: number, y: number, z: number): number => {
      let nearest = 0;
      let bestSquared = Infinity;
      placesMm.forEach(([px, py, pz], i) => {
        const squared = (px - x) ** 2 + (py - y) ** 2 + (pz - z) ** 2;
        if (squared < bestSquared) [bestSquared, nearest] = [squared, i];
      });
      return openness[nearest] ?? 0;
    };
    const forehead = near(0, 70, 50);
    expect(forehead).toBeGreaterThan(0.9);
    expect(near(17, 33, 42)).toBeLessThan(forehead - 0.1);
    expect(near(6, -20, 58)).toBeLessThan(forehead - 0.1);
    expect(near(74, 5, -62)).toBeLessThan(forehead - 0.1);
  });

  it('never claims to be farther from its surface than its bound allows, by which the mesher skips', () => {
    let worst = 0;
    placesMm.forEach((at, i) => {
      // A golden-angle walk over directions and lengths stands in for chance.
      const angle = i * 2.399963;
      const up = ((i * 0.618034) % 1) * 2 - 1;
      const length = 1 + ((i * 0.754878) % 1) * 7;
      const across = Math.sqrt(1 - up * up) * length;
      const d = mannequinDistanceMm(
        at[0] + across * Math.cos(angle),
        at[1] + up * length,
        at[2] + across * Math.sin(angle),
      );
      worst = Math.max(worst, Math.abs(d) / length);
    });
    expect(worst).toBeLessThan(mannequinLipschitz);
  });

  it('is the same every time', async () => {
    expect(Buffer.from(await forgeMannequin({ cellMm })).equals(Buffer.from(glb))).toBe(true);
  }, 60_000);
});
