import type { Station } from '../geometry/sweep.ts';
import type { Surface } from '../geometry/surface.ts';
import { at } from '../geometry/at.ts';
import { closedCurve } from '../geometry/spline.ts';
import { cross, lerp, normalize, smoothstep, sub, vec2, vec3 } from '../geometry/vector.ts';
import { counterClockwise } from '../geometry/outline.ts';
import { superellipse, sweep } from '../geometry/sweep.ts';

/** A bail: a drop-shaped band that hangs on a chain along x. */
export interface BailOptions {
  /** Height of the inside of its top over the origin, where the chain's middle runs. */
  readonly topMm: number;
  /** Distance of the middle of its lower bow below the origin. */
  readonly dropMm: number;
  readonly depthMm: number;
  readonly topWidthMm: number;
  readonly bottomWidthMm: number;
  readonly thicknessMm: number;
}

/** The band, broad where it lies on the chain and slim where the pendant's ring hangs in it, standing in the plane x = 0. */
export function bail(options: BailOptions): Surface {
  const { topMm, dropMm, depthMm, thicknessMm } = options;
  const half = depthMm / 2;
  const high = topMm + thicknessMm / 2;
  // Planar (z, y); the spline stays inside its control polygon, which is therefore a little larger.
  const control = [
    vec2(0, high + 0.3),
    vec2(half * 0.95, high - 0.05),
    vec2(half * 1.12, high - 1.3),
    vec2(half * 0.72, lerp(high, -dropMm, 0.66)),
    vec2(half * 0.44, -dropMm + 0.35),
    vec2(0, -dropMm - 0.3),
  ];
  const mirrored = control.slice(1, -1).map((p) => vec2(-p.x, p.y));
  const path = counterClockwise(closedCurve([...control, ...mirrored.toReversed()], 72)).map((p) =>
    vec3(0, p.y, p.x),
  );
  const stations = path.map((centre, i): Station => {
    const tangent = normalize(sub(at(path, i + 1), at(path, i - 1)));
    const width = lerp(options.bottomWidthMm, options.topWidthMm, smoothstep(-dropMm, high, centre.y));
    const side = vec3(1, 0, 0);
    return {
      centre,
      side,
      up: cross(tangent, side),
      section: superellipse(width / 2, thicknessMm / 2, 3.2, 18),
    };
  });
  return sweep(stations, true);
}
