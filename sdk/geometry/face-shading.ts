import { solveCholesky } from './cholesky.ts';
import { linearFromSrgb8 } from './light-estimate.ts';
import type { Vec3 } from './pose.ts';
import type { LightHarmonics } from './spherical-harmonics.ts';
import { harmonicCount, harmonicsAt, luminanceOf, mattShare } from './spherical-harmonics.ts';

/** Light measured on a face's skin: numbers of canonical vertices, and what the picture shows at each, linear RGB 0 to 1. */
export interface ShadingSamples {
  readonly vertices: readonly number[];
  /** Three numbers a vertex; not a number where the picture was clipped or all but black. */
  readonly linearRgb: Float32Array;
}

/**
 * Skin that is seldom covered and that hardly shines: forehead, temples, cheeks, the nose's sides, chin and jaw. Brows, lids,
 * lips and nostrils are left out. Spread so that every direction a face shows is there several times.
 */
export const shadingVertices: readonly number[] = [
  10, 151, 9, 108, 337, 69, 299, 104, 333, 68, 298, 103, 332, 54, 284, 21, 251, 162, 389, 127, 356, 139, 368,
  34, 264, 227, 447, 116, 345, 117, 346, 118, 347, 50, 280, 101, 330, 205, 425, 187, 411, 123, 352, 147, 376,
  177, 401, 213, 433, 192, 416, 214, 434, 215, 435, 138, 367, 36, 266, 203, 423, 206, 426, 198, 420, 236, 456,
  3, 248, 195, 5, 199, 200, 175, 152, 208, 428, 170, 395, 136, 365, 172, 397, 58, 288, 135, 364, 210, 430,
];

/**
 * What well-lit skin of middling complexion sends back under neutral light of radiance 1 from everywhere, linear RGB as the
 * camera's picture has it: the same colour and luminance that `faceLightFrom` takes for well exposed.
 */
const skin: Vec3 = [0.307, 0.162, 0.115];
/**
 * How strongly each band is held to zero, in samples: a face shows half of all directions only, and its own hollows darken
 * it; what the shading does not clearly say is taken for light from everywhere.
 */
const ridge = [0.05, 1.5, 1.5, 1.5, 12, 12, 12, 12, 12] as const;
/** A sample this share off the rest is a hair, a brow, a glint or a cast shadow: it counts less. */
const robustShare = 0.15;
const rounds = 8;
const leastSamples = 24;

/** Takes a picture's pixel for light; not a number where it says nothing. */
export function shadingOf(red: number, green: number, blue: number): Vec3 {
  const brightest = Math.max(red, green, blue);
  if (brightest > 250 || brightest < 10) return [Number.NaN, Number.NaN, Number.NaN];
  return [linearFromSrgb8(red), linearFromSrgb8(green), linearFromSrgb8(blue)];
}

/**
 * The light that shades a face so: radiance from all directions in spherical harmonics up to band 2, camera frame, such that
 * neutral light in which skin is well exposed is 1 from everywhere. `normals`: three numbers a sample, unit vectors, camera
 * frame. Robust least squares, each band held back as far as a face's shading is ambiguous. Null where too little is seen.
 * Sources: Ramamoorthi & Hanrahan 2001 (nine coefficients describe matt shading); Huber 1964.
 */
export function lightFromShading(samples: ShadingSamples, normals: ArrayLike<number>): LightHarmonics | null {
  const count = samples.vertices.length;
  const basis = Array.from({ length: count }, (_, at) =>
    harmonicsAt([normals[at * 3] ?? 0, normals[at * 3 + 1] ?? 0, normals[at * 3 + 2] ?? 0]).map(
      (value, k) => value * (mattShare[k] ?? 0),
    ),
  );
  const valid = Array.from({ length: count }, (_, at) => at).filter((at) =>
    [0, 1, 2].every((channel) => Number.isFinite(samples.linearRgb[at * 3 + channel] ?? Number.NaN)),
  );
  if (valid.length < leastSamples) return null;
  const trust = new Float64Array(count).fill(1);
  let harmonics = new Float32Array(harmonicCount * 3);
  for (let round = 0; round < rounds; round += 1) {
    const solved = solveChannels(samples, basis, valid, trust);
    if (solved === null) return null;
    harmonics = solved;
    for (const at of valid) trust[at] = trustOf(samples, basis[at] ?? [], harmonics, at);
  }
  return harmonics;
}

function solveChannels(
  { linearRgb }: ShadingSamples,
  basis: readonly (readonly number[])[],
  valid: readonly number[],
  trust: Float64Array,
): Float32Array<ArrayBuffer> | null {
  const normal = new Float64Array(harmonicCount * harmonicCount);
  const right = new Float64Array(harmonicCount * 3);
  for (const at of valid) {
    const row = basis[at] ?? [];
    const weight = trust[at] ?? 0;
    for (let i = 0; i < harmonicCount; i += 1) {
      for (let j = 0; j <= i; j += 1) {
        const index = i * harmonicCount + j;
        normal[index] = (normal[index] ?? 0) + weight * (row[i] ?? 0) * (row[j] ?? 0);
      }
      for (let channel = 0; channel < 3; channel += 1) {
        const light = (linearRgb[at * 3 + channel] ?? 0) / (skin[channel] ?? 1);
        const index = i * 3 + channel;
        right[index] = (right[index] ?? 0) + weight * (row[i] ?? 0) * light;
      }
    }
  }
  for (let k = 0; k < harmonicCount; k += 1) {
    const index = k * harmonicCount + k;
    normal[index] = (normal[index] ?? 0) + (ridge[k] ?? 0) * ((mattShare[k] ?? 0) * 0.3) ** 2;
  }
  return solveCholesky(normal, right, harmonicCount, 3) ? Float32Array.from(right) : null;
}

function trustOf(
  { linearRgb }: ShadingSamples,
  basis: readonly number[],
  harmonics: ArrayLike<number>,
  at: number,
): number {
  const fitted = [0, 0, 0];
  for (let k = 0; k < harmonicCount; k += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      fitted[channel] =
        (fitted[channel] ?? 0) + (basis[k] ?? 0) * (harmonics[k * 3 + channel] ?? 0) * (skin[channel] ?? 1);
    }
  }
  const expected = luminanceOf(fitted[0] ?? 0, fitted[1] ?? 0, fitted[2] ?? 0);
  const seen = luminanceOf(linearRgb[at * 3] ?? 0, linearRgb[at * 3 + 1] ?? 0, linearRgb[at * 3 + 2] ?? 0);
  const share = Math.abs(seen - expected) / Math.max(expected, 0.01);
  return share <= robustShare ? 1 : robustShare / share;
}

/** Unit normals of a mesh's vertices, outwards, area-weighted: three numbers a vertex. */
export function vertexNormals(verticesMm: ArrayLike<number>, triangles: ArrayLike<number>): Float32Array {
  const normals = new Float32Array(verticesMm.length);
  const at = (vertex: number, axis: number): number => verticesMm[vertex * 3 + axis] ?? 0;
  for (let corner = 0; corner + 2 < triangles.length; corner += 3) {
    const [a, b, c] = [triangles[corner] ?? 0, triangles[corner + 1] ?? 0, triangles[corner + 2] ?? 0];
    const u = [0, 1, 2].map((axis) => at(b, axis) - at(a, axis));
    const v = [0, 1, 2].map((axis) => at(c, axis) - at(a, axis));
    const cross = [0, 1, 2].map(
      (axis) =>
        (u[(axis + 1) % 3] ?? 0) * (v[(axis + 2) % 3] ?? 0) -
        (u[(axis + 2) % 3] ?? 0) * (v[(axis + 1) % 3] ?? 0),
    );
    for (const vertex of [a, b, c]) {
      for (let axis = 0; axis < 3; axis += 1) {
        normals[vertex * 3 + axis] = (normals[vertex * 3 + axis] ?? 0) + (cross[axis] ?? 0);
      }
    }
  }
  for (let vertex = 0; vertex < normals.length; vertex += 3) {
    const length = Math.hypot(normals[vertex] ?? 0, normals[vertex + 1] ?? 0, normals[vertex + 2] ?? 0);
    for (let axis = 0; axis < 3; axis += 1)
      normals[vertex + axis] = (normals[vertex + axis] ?? 0) / (length || 1);
  }
  return normals;
}
