import type { DistanceMm } from './signed-distance.ts';

/** The region in which the occluding solid lies, mirror-symmetric in x. */
export interface OcclusionDomain {
  readonly halfWidthMm: number;
  readonly fromMm: readonly [y: number, z: number];
  readonly toMm: readonly [y: number, z: number];
}

/** How much of the sky above a surface point is open: 1 unoccluded, 0 shut. `normal` has unit length. */
export type OpennessAt = (
  atMm: readonly [number, number, number],
  normal: readonly [number, number, number],
) => number;

const gridMm = 4;
const rayCount = 40;
const rayStartMm = 3;
const rayEndMm = 140;
const nearStepsMm = [0.8, 1.6, 3.2, 5] as const;

/**
 * Ambient openness from a signed distance: far occlusion by cosine-weighted rays sphere-traced through a coarse sampled
 * copy of the field (cheap), near occlusion by a few exact samples along the normal (Evans 2006), which sees the creases
 * that the copy is too coarse for.
 */
export function createOpenness(field: DistanceMm, domain: OcclusionDomain): OpennessAt {
  const coarse = sampledField(field, domain);
  const rays = cosineWeightedRays();
  return (at, normal) => {
    const [tangent, bitangent] = frameOf(normal);
    let open = 0;
    for (const [a, b, c] of rays) {
      open += rayOpenness(coarse, at, [
        a * tangent[0] + b * bitangent[0] + c * normal[0],
        a * tangent[1] + b * bitangent[1] + c * normal[1],
        a * tangent[2] + b * bitangent[2] + c * normal[2],
      ]);
    }
    let crease = 0;
    let weights = 0;
    for (const step of nearStepsMm) {
      const d = field(at[0] + normal[0] * step, at[1] + normal[1] * step, at[2] + normal[2] * step);
      const weight = 1 / step;
      crease += weight * Math.max(0, Math.min(1, 1 - d / step));
      weights += weight;
    }
    return (open / rays.length) * (1 - 0.8 * (crease / weights));
  };
}

function sampledField(field: DistanceMm, domain: OcclusionDomain): DistanceMm {
  const count = (lengthMm: number): number => Math.ceil(lengthMm / gridMm) + 1;
  const nx = count(domain.halfWidthMm);
  const ny = count(domain.toMm[0] - domain.fromMm[0]);
  const nz = count(domain.toMm[1] - domain.fromMm[1]);
  const values = new Float32Array(nx * ny * nz);
  for (let k = 0; k < nz; k += 1) {
    for (let j = 0; j < ny; j += 1) {
      for (let i = 0; i < nx; i += 1) {
        values[(k * ny + j) * nx + i] = field(
          i * gridMm,
          domain.fromMm[0] + j * gridMm,
          domain.fromMm[1] + k * gridMm,
        );
      }
    }
  }
  const at = (i: number, j: number, k: number): number => values[(k * ny + j) * nx + i] ?? gridMm;
  return (x, y, z) => {
    const gx = Math.abs(x) / gridMm;
    const gy = (y - domain.fromMm[0]) / gridMm;
    const gz = (z - domain.fromMm[1]) / gridMm;
    // Outside of the box there is nothing to hit.
    if (gx >= nx - 1 || gy < 0 || gy >= ny - 1 || gz < 0 || gz >= nz - 1) return rayEndMm;
    const [i, j, k] = [Math.floor(gx), Math.floor(gy), Math.floor(gz)];
    const [u, v, w] = [gx - i, gy - j, gz - k];
    const line = (b: number, c: number): number => at(i, b, c) * (1 - u) + at(i + 1, b, c) * u;
    const face = (c: number): number => line(j, c) * (1 - v) + line(j + 1, c) * v;
    return face(k) * (1 - w) + face(k + 1) * w;
  };
}

function rayOpenness(
  coarse: DistanceMm,
  from: readonly [number, number, number],
  direction: readonly [number, number, number],
): number {
  let open = 1;
  let t = rayStartMm;
  while (t < rayEndMm) {
    const d = coarse(from[0] + direction[0] * t, from[1] + direction[1] * t, from[2] + direction[2] * t);
    open = Math.min(open, 0.5 + (4 * d) / t);
    if (open <= 0) return 0;
    t += Math.max(d, 2);
  }
  return open;
}

function cosineWeightedRays(): readonly (readonly [number, number, number])[] {
  const goldenAngle = Math.PI * (3 - Math.sqrt(5));
  return Array.from({ length: rayCount }, (_, i) => {
    const squaredRadius = (i + 0.5) / rayCount;
    const radius = Math.sqrt(squaredRadius);
    return [
      radius * Math.cos(i * goldenAngle),
      radius * Math.sin(i * goldenAngle),
      Math.sqrt(1 - squaredRadius),
    ] as const;
  });
}

type Vector = readonly [number, number, number];

/** Two unit vectors that complete a unit normal to a frame (Duff et al. 2017). */
function frameOf(normal: Vector): readonly [Vector, Vector] {
  const [x, y, z] = normal;
  const sign = z >= 0 ? 1 : -1;
  const a = -1 / (sign + z);
  const b = x * y * a;
  return [
    [1 + sign * x * x * a, sign * b, -sign * x],
    [b, sign + y * y * a, -y],
  ];
}
