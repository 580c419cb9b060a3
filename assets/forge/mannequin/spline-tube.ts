import { smoothUnion } from './signed-distance.ts';
import type { TubePoint } from './signed-distance.ts';

/** A tube of varying radius along a smooth curve; made by `splineTube`. */
export interface SplineTube {
  readonly spans: number;
  /** Per span, the cubic's four coefficients for each of x, y, z and radius: 16 numbers. */
  readonly coefficients: Float64Array;
  /** Points on the curve, xyz, `samplesPerSpan` to a span, from which the nearest point is sought. */
  readonly samples: Float64Array;
}

const samplesPerSpan = 4;
const newtonSteps = 3;

/** A tube along the Catmull–Rom curve through the points, its radius interpolated likewise. */
export function splineTube(points: readonly TubePoint[]): SplineTube {
  const at = (i: number): TubePoint => points[Math.max(0, Math.min(points.length - 1, i))] ?? [0, 0, 0, 0];
  const spans = points.length - 1;
  const coefficients = new Float64Array(spans * 16);
  for (let span = 0; span < spans; span += 1) {
    const [p0, p1, p2, p3] = [at(span - 1), at(span), at(span + 1), at(span + 2)];
    for (const c of [0, 1, 2, 3] as const) {
      coefficients.set(
        [
          p1[c],
          (p2[c] - p0[c]) / 2,
          p0[c] - 2.5 * p1[c] + 2 * p2[c] - 0.5 * p3[c],
          1.5 * (p1[c] - p2[c]) + (p3[c] - p0[c]) / 2,
        ],
        span * 16 + c * 4,
      );
    }
  }
  const count = spans * samplesPerSpan + 1;
  const samples = new Float64Array(count * 3);
  for (let i = 0; i < count; i += 1) {
    for (let axis = 0; axis < 3; axis += 1) {
      samples[i * 3 + axis] = splineAt({ spans, coefficients }, i / samplesPerSpan, axis);
    }
  }
  return { spans, coefficients, samples };
}

/** Distance to a tube: nearest sample, refined by Newton, so that bends and joints show no facet. */
export function tube(x: number, y: number, z: number, path: SplineTube): number {
  const { samples } = path;
  let best = 0;
  let bestSquared = Infinity;
  for (let i = 0; i < samples.length; i += 3) {
    const dx = x - (samples[i] ?? 0);
    const dy = y - (samples[i + 1] ?? 0);
    const dz = z - (samples[i + 2] ?? 0);
    const squared = dx * dx + dy * dy + dz * dz;
    if (squared < bestSquared) {
      bestSquared = squared;
      best = i / 3;
    }
  }
  let u = best / samplesPerSpan;
  for (let step = 0; step < newtonSteps; step += 1) u = towardsFoot(x, y, z, path, u);
  const dx = x - splineAt(path, u, 0);
  const dy = y - splineAt(path, u, 1);
  const dz = z - splineAt(path, u, 2);
  return Math.sqrt(dx * dx + dy * dy + dz * dz) - splineAt(path, u, 3);
}

/** `tube` and its mirror image across x = 0, met in a fillet `blendMm` wide; for tubes that come near the midline. */
export function tubePair(x: number, y: number, z: number, path: SplineTube, blendMm: number): number {
  const own = tube(Math.abs(x), y, z, path);
  return Math.abs(x) > 40 ? own : smoothUnion(own, tube(-Math.abs(x), y, z, path), blendMm);
}

/** One Newton step of the curve's parameter towards the foot of the perpendicular from a point. */
function towardsFoot(x: number, y: number, z: number, path: SplineTube, u: number): number {
  const { coefficients, spans } = path;
  const span = Math.min(spans - 1, Math.floor(u));
  const t = u - span;
  let slope = 0;
  let curvature = 0;
  let speedSquared = 0;
  for (let axis = 0; axis < 3; axis += 1) {
    const at = span * 16 + axis * 4;
    const c1 = coefficients[at + 1] ?? 0;
    const c2 = coefficients[at + 2] ?? 0;
    const c3 = coefficients[at + 3] ?? 0;
    const away =
      (axis === 0 ? x : axis === 1 ? y : z) - ((coefficients[at] ?? 0) + t * (c1 + t * (c2 + t * c3)));
    const velocity = c1 + t * (2 * c2 + t * 3 * c3);
    slope += away * velocity;
    speedSquared += velocity * velocity;
    curvature += away * (2 * c2 + 6 * t * c3);
  }
  // Beyond the centre of curvature Newton would run away from the foot; plain descent does not.
  const bend = speedSquared - curvature > 0.2 * speedSquared ? speedSquared - curvature : speedSquared;
  const limit = 1 / samplesPerSpan;
  const step = Math.max(-limit, Math.min(limit, bend > 0 ? slope / bend : 0));
  return Math.max(0, Math.min(spans, u + step));
}

/** The curve at `u` (0 to `spans`): channels 0, 1, 2 are its x, y, z, and 3 its radius. */
export function splineAt(
  path: Pick<SplineTube, 'spans' | 'coefficients'>,
  u: number,
  channel: number,
): number {
  const { coefficients, spans } = path;
  const span = Math.min(spans - 1, Math.floor(u));
  const t = u - span;
  const at = span * 16 + channel * 4;
  return (
    (coefficients[at] ?? 0) +
    t * ((coefficients[at + 1] ?? 0) + t * ((coefficients[at + 2] ?? 0) + t * (coefficients[at + 3] ?? 0)))
  );
}
