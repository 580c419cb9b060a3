import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lightFromShading, shadingVertices, vertexNormals } from './face-shading.ts';
import type { Vec3 } from './pose.ts';
import {
  addHarmonics,
  ambientHarmonics,
  dominantDirection,
  lampHarmonics,
  mattRadiance,
  sphereDirections,
} from './spherical-harmonics.ts';

const skin = [0.307, 0.162, 0.115] as const;
/** Normals of the half of a ball that a camera sees, as many as a face has samples. */
const normals = sphereDirections(shadingVertices.length * 2)
  .filter(([, , z]) => z > 0)
  .flatMap((direction) => [...direction]);

function shaded(harmonics: ArrayLike<number>) {
  const linearRgb = new Float32Array(shadingVertices.length * 3);
  for (let at = 0; at < shadingVertices.length; at += 1) {
    const normal: Vec3 = [normals[at * 3] ?? 0, normals[at * 3 + 1] ?? 0, normals[at * 3 + 2] ?? 0];
    mattRadiance(harmonics, normal).forEach((value, channel) => {
      linearRgb[at * 3 + channel] = value * (skin[channel] ?? 0);
    });
  }
  return { vertices: shadingVertices, linearRgb };
}

function angleDeg(a: Vec3 | null, b: Vec3): number {
  if (a === null) return 180;
  return (Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])) * 180) / Math.PI;
}

describe('the light that shades a face', () => {
  it('is 1 from everywhere where skin is well exposed under neutral light', () => {
    const light = lightFromShading(shaded(ambientHarmonics([1, 1, 1])), normals)!;
    for (const direction of [
      [0, 0, 1],
      [0.6, 0, 0.8],
      [0, 0.6, 0.8],
    ] as const) {
      mattRadiance(light, direction).forEach((value) => expect(value).toBeCloseTo(1, 1));
    }
  });

  it('comes from where the lamp stands, in the colour of the lamp', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: -0.5, max: 1, noNaN: true }),
        fc.double({ min: 0.3, max: 1, noNaN: true }),
        (x, y, z) => {
          const length = Math.hypot(x, y, z);
          const lamp: Vec3 = [x / length, y / length, z / length];
          const warm = addHarmonics(
            ambientHarmonics([0.4, 0.4, 0.4]),
            lampHarmonics(lamp, [1.2, 1, 0.7]),
            0.8,
          );
          const light = lightFromShading(shaded(warm), normals)!;
          expect(angleDeg(dominantDirection(light), lamp)).toBeLessThan(15);
          const [red, , blue] = mattRadiance(light, lamp);
          expect(red).toBeGreaterThan(blue * 1.2);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is not led astray by a lock of hair or a glint on some of the skin', () => {
    const lamp: Vec3 = [0.6, 0.48, 0.64];
    const samples = shaded(
      addHarmonics(ambientHarmonics([0.5, 0.5, 0.5]), lampHarmonics(lamp, [1, 1, 1]), 0.8),
    );
    for (let at = 0; at < 10; at += 1) samples.linearRgb.fill(0.01, at * 3, at * 3 + 3);
    const light = lightFromShading(samples, normals)!;
    expect(angleDeg(dominantDirection(light), lamp)).toBeLessThan(20);
  });

  it('is not told from a handful of pixels, and not from pixels that are none', () => {
    const samples = shaded(ambientHarmonics([1, 1, 1]));
    samples.linearRgb.fill(Number.NaN, 20 * 3);
    expect(lightFromShading(samples, normals)).toBeNull();
  });
});

it('the normals of a mesh point out of it', () => {
  const tetrahedron = [1, 1, 1, -1, -1, 1, -1, 1, -1, 1, -1, -1];
  const outwards = vertexNormals(tetrahedron, [0, 1, 3, 0, 3, 2, 0, 2, 1, 1, 2, 3].toReversed());
  for (let vertex = 0; vertex < 4; vertex += 1) {
    const along = [0, 1, 2].reduce(
      (sum, axis) => sum + (outwards[vertex * 3 + axis] ?? 0) * (tetrahedron[vertex * 3 + axis] ?? 0),
      0,
    );
    expect(Math.abs(along)).toBeCloseTo(Math.sqrt(3), 5);
  }
});
