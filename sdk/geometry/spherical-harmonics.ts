import type { Vec3 } from './pose.ts';

/** How many coefficients the first three bands have. */
export const harmonicCount = 9;

/**
 * The real spherical harmonics of bands 0 to 2 in a direction (unit vector), orthonormal, in the order in which three.js's
 * `SphericalHarmonics3` keeps them: 1 · y, z, x · xy, yz, 3z² − 1, xz, x² − y².
 * Source: Ramamoorthi & Hanrahan, "An efficient representation for irradiance environment maps", SIGGRAPH 2001.
 */
export function harmonicsAt([x, y, z]: Vec3): number[] {
  return [
    0.282095,
    0.488603 * y,
    0.488603 * z,
    0.488603 * x,
    1.092548 * x * y,
    1.092548 * y * z,
    0.315392 * (3 * z * z - 1),
    1.092548 * x * z,
    0.546274 * (x * x - y * y),
  ];
}

/**
 * What a matt white surface makes of each coefficient of radiance, over π: the share of it that a surface sends back, so
 * that light of radiance 1 from everywhere makes it 1. From the half cosine's coefficients π, 2π/3, π/4.
 */
export const mattShare: readonly number[] = [1, 2 / 3, 2 / 3, 2 / 3, 1 / 4, 1 / 4, 1 / 4, 1 / 4, 1 / 4];

/** Light from all directions as radiance: 9 × (r, g, b), linear, camera frame. */
export type LightHarmonics = Float32Array;

/** What a matt white surface with this normal (unit vector, the light's frame) sends back, linear RGB. */
export function mattRadiance(
  harmonics: ArrayLike<number>,
  normal: Vec3,
): readonly [r: number, g: number, b: number] {
  const basis = harmonicsAt(normal);
  let [r, g, b] = [0, 0, 0];
  for (let k = 0; k < harmonicCount; k += 1) {
    const share = (basis[k] ?? 0) * (mattShare[k] ?? 0);
    r += share * (harmonics[k * 3] ?? 0);
    g += share * (harmonics[k * 3 + 1] ?? 0);
    b += share * (harmonics[k * 3 + 2] ?? 0);
  }
  return [r, g, b];
}

/** Coefficients of a lamp in a direction (unit vector) that alone makes a matt white surface facing it send back `rgb`. */
export function lampHarmonics(direction: Vec3, rgb: readonly [number, number, number]): LightHarmonics {
  // The clamped cosine's own coefficients would be π/1; a surface facing a lamp of irradiance E sends back E/π.
  return coefficients((k) => (harmonicsAt(direction)[k] ?? 0) * Math.PI, rgb);
}

/** Coefficients of light that comes from everywhere alike. */
export function ambientHarmonics(rgb: readonly [number, number, number]): LightHarmonics {
  return coefficients((k) => (k === 0 ? 4 * Math.PI * 0.282095 : 0), rgb);
}

function coefficients(
  weightOf: (k: number) => number,
  rgb: readonly [number, number, number],
): LightHarmonics {
  return Float32Array.from(
    { length: harmonicCount * 3 },
    (_, at) => weightOf(Math.floor(at / 3)) * (rgb[at % 3] ?? 0),
  );
}

/** Both lights together: `a + factor · b`. */
export function addHarmonics(a: ArrayLike<number>, b: ArrayLike<number>, factor: number): LightHarmonics {
  return Float32Array.from({ length: harmonicCount * 3 }, (_, at) => (a[at] ?? 0) + factor * (b[at] ?? 0));
}

const lumaShares = [0.2126, 0.7152, 0.0722] as const;

/** Luminance of linear RGB (Rec. 709 primaries, as sRGB has them). */
export function luminanceOf(r: number, g: number, b: number): number {
  return lumaShares[0] * r + lumaShares[1] * g + lumaShares[2] * b;
}

/** Where most light comes from: a unit vector towards it, in the light's frame; null when it comes from everywhere alike. */
export function dominantDirection(harmonics: ArrayLike<number>): Vec3 | null {
  const at = (k: number): number =>
    luminanceOf(harmonics[k * 3] ?? 0, harmonics[k * 3 + 1] ?? 0, harmonics[k * 3 + 2] ?? 0);
  const [y, z, x] = [at(1), at(2), at(3)];
  const length = Math.hypot(x, y, z);
  return length > 1e-6 * Math.abs(at(0)) ? [x / length, y / length, z / length] : null;
}

/** Directions spread evenly over the sphere (a golden spiral). */
export function sphereDirections(count: number): Vec3[] {
  const turn = Math.PI * (3 - Math.sqrt(5));
  return Array.from({ length: count }, (_, index) => {
    const y = 1 - (2 * index + 1) / count;
    const across = Math.sqrt(1 - y * y);
    return [across * Math.cos(index * turn), y, across * Math.sin(index * turn)];
  });
}
