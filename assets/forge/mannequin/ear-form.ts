import { ellipsoid, smoothDifference, smoothUnion } from './signed-distance.ts';
import { splineTube, tube } from './spline-tube.ts';

/**
 * The ear's own frame: origin at the middle of its root, `back` away from the face, `up` along its slightly reclined
 * axis, `out` from the skull. All in millimetres.
 */
const originMm = { x: 73.5, y: 12, z: -49 } as const;
const flareRad = 0.48;
const reclineRad = 0.16;

// Coordinates below are [back, up, out, radius].
const helix = splineTube([
  [5, -1, 3.4, 1.8],
  [0, 4, 5, 2.1],
  [-3.4, 11, 8, 2.4],
  [-2.4, 22, 10, 2.6],
  [5, 30.4, 9.2, 2.8],
  [15.5, 31.4, 7.2, 2.9],
  [23.4, 23.5, 5.4, 2.9],
  [25, 11, 4.6, 2.8],
  [22, -2, 3.8, 2.6],
  [16, -14, 3, 2.8],
  [9.5, -23, 2.2, 3.6],
]);
const antihelix = splineTube([
  [8.5, 20, 6.4, 2],
  [15.2, 12, 4.6, 2.4],
  [16, 2, 3.6, 2.6],
  [12.6, -8.5, 3.6, 2.5],
  [7.4, -12.6, 3.8, 2.5],
]);
const tragus = splineTube([
  [-2.6, -1, 2.6, 2.8],
  [-1.2, -6, 4, 2.9],
  [-1.8, -11, 2.4, 2.4],
]);
const root = splineTube([
  [-1, 10, -5, 5],
  [-3, 2, -5, 5],
  [-2, -12, -5, 5],
  [3, -22, -4.5, 4],
]);

/** In the head's frame: where a temple runs, [x, y, z, radius]. */
const templeGroove = splineTube([
  [77.8, 34, -30, 3.4],
  [77.8, 33.4, -44, 3.4],
  [77.4, 30.4, -53, 3.2],
  [76, 20, -60, 2.8],
  [74, 4, -64, 2.4],
]);

/** Distance to the left ear in millimetres; call it with |x| for both. */
export function earMm(x: number, y: number, z: number): number {
  const dx = x - originMm.x;
  const dy = y - originMm.y;
  const dz = z - originMm.z;
  const alongBack = -dz * Math.cos(flareRad) + dx * Math.sin(flareRad);
  const out = dz * Math.sin(flareRad) + dx * Math.cos(flareRad);
  const back = alongBack * Math.cos(reclineRad) - dy * Math.sin(reclineRad);
  const up = alongBack * Math.sin(reclineRad) + dy * Math.cos(reclineRad);
  // A temple's way over the root and down behind the ear stays open.
  return smoothDifference(earInFrame(back, up, out), tube(x, y, z, templeGroove), 3);
}

function earInFrame(back: number, up: number, out: number): number {
  const bound = Math.hypot(
    Math.max(0, Math.abs(back - 11) - 19),
    Math.max(0, Math.abs(up - 3) - 33),
    Math.max(0, Math.abs(out - 1) - 13),
  );
  if (bound > 20) return bound;
  let d = ellipsoid(back - 11, up - 5, out - 0.6 - 0.09 * Math.max(0, up - 5), 12.4, 25, 3.4);
  d = smoothUnion(d, tube(back, up, out, helix), 4);
  // The upper hollow's floor leans out towards the helix, over the temple's way.
  const floor = 8.6 - 0.42 * rampMm(19 - up) - 0.34 * rampMm(back - 2);
  d = smoothUnion(d, ellipsoid(back - 7, up - 17, out - floor, 12, 15, 2.2), 7);
  d = smoothUnion(d, tube(back, up, out, antihelix), 3);
  d = smoothUnion(d, ellipsoid(back - 5.4, up + 22, out - 1, 7.4, 9, 3.4), 5);
  d = smoothDifference(d, ellipsoid(back - 6, up + 1.5, out - 4.5, 7, 9.5, 5.5), 2.5);
  d = smoothUnion(d, tube(back, up, out, tragus), 2.5);
  d = smoothUnion(d, tube(back, up, out, root), 6);
  d = smoothUnion(d, ellipsoid(back - 7, up - 1, out + 5, 8, 16, 6), 6);
  return d;
}

/** max(0, v) with its corner rounded. */
function rampMm(valueMm: number): number {
  return (valueMm + Math.hypot(valueMm, 5)) / 2;
}
