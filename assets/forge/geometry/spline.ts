import type { Vec2, Vec3 } from './vector.ts';
import { add, length, mix, scale, sub, vec2 } from './vector.ts';
import { at } from './at.ts';

/** Weights of the four control points of a uniform cubic B-spline at parameter k in [0, 1]. */
function cubicWeights(k: number): readonly [number, number, number, number] {
  const r = 1 - k;
  return [
    (r * r * r) / 6,
    (3 * k * k * k - 6 * k * k + 4) / 6,
    (-3 * k * k * k + 3 * k * k + 3 * k + 1) / 6,
    (k * k * k) / 6,
  ];
}

/**
 * A closed planar curve with continuous curvature: the uniform cubic B-spline of a control polygon, sampled at
 * `count` places equally far apart along the curve (de Boor, A Practical Guide to Splines, 1978).
 */
export function closedCurve(control: readonly Vec2[], count: number): Vec2[] {
  const dense: Vec2[] = [];
  const perSpan = 48;
  for (let span = 0; span < control.length; span += 1) {
    for (let step = 0; step < perSpan; step += 1) {
      const w = cubicWeights(step / perSpan);
      const [a, b, c, d] = [
        at(control, span - 1),
        at(control, span),
        at(control, span + 1),
        at(control, span + 2),
      ];
      dense.push(
        vec2(
          a.x * w[0] + b.x * w[1] + c.x * w[2] + d.x * w[3],
          a.y * w[0] + b.y * w[1] + c.y * w[2] + d.y * w[3],
        ),
      );
    }
  }
  return resampleClosed(dense, count);
}

/** Samples a closed polyline at `count` places equally far apart, starting at its first point. */
export function resampleClosed(points: readonly Vec2[], count: number): Vec2[] {
  const lifted = [...points, at(points, 0)].map((p) => ({ x: p.x, y: p.y, z: 0 }));
  return resamplePath(lifted, count + 1)
    .slice(0, count)
    .map((p) => vec2(p.x, p.y));
}

/** An open curve in space through its first and last control point: a cubic B-spline, `count` places equally far apart. */
export function openCurve(control: readonly Vec3[], count: number): Vec3[] {
  const first = at(control, 0);
  const last = at(control, -1);
  const before = sub(scale(first, 2), at(control, 1));
  const after = sub(scale(last, 2), at(control, -2));
  const padded = [before, ...control, after];
  const dense: Vec3[] = [];
  const perSpan = 32;
  for (let span = 1; span + 2 < padded.length; span += 1) {
    for (let step = 0; step <= perSpan; step += 1) {
      if (step === perSpan && span + 3 < padded.length) {
        continue;
      }
      const w = cubicWeights(step / perSpan);
      const blend = [-1, 0, 1, 2].map((shift, i) => scale(at(padded, span + shift), w[i as 0 | 1 | 2 | 3]));
      dense.push(blend.reduce(add));
    }
  }
  return resamplePath(dense, count);
}

/** Samples an open polyline at `count` places equally far apart, ends included. */
export function resamplePath(points: readonly Vec3[], count: number): Vec3[] {
  const lengths = [0];
  for (let i = 1; i < points.length; i += 1) {
    lengths.push(at(lengths, i - 1) + length(sub(at(points, i), at(points, i - 1))));
  }
  const total = at(lengths, -1);
  const out: Vec3[] = [];
  let segment = 1;
  for (let i = 0; i < count; i += 1) {
    const target = (total * i) / (count - 1);
    while (segment < points.length - 1 && at(lengths, segment) < target) {
      segment += 1;
    }
    const from = at(lengths, segment - 1);
    const span = at(lengths, segment) - from;
    out.push(mix(at(points, segment - 1), at(points, segment), span === 0 ? 0 : (target - from) / span));
  }
  return out;
}

/** Length of an open polyline in millimetres. */
export function pathLength(points: readonly Vec3[]): number {
  let total = 0;
  for (let i = 1; i < points.length; i += 1) {
    total += length(sub(at(points, i), at(points, i - 1)));
  }
  return total;
}
