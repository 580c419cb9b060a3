import { ellipsoid, smoothDifference, smoothUnion } from './signed-distance.ts';
import { splineTube, tube } from './spline-tube.ts';

/**
 * The ear's own frame: origin at the middle of its root, `back` away from the face, `up` along its slightly reclined
 * axis, `out` from the skull. All in millimetres.
 */
const originMm = { x: 71.5, y: 13, z: -52 } as const;
const flareRad = 0.48;
const reclineRad = 0.16;

// Coordinates below are [back, up, out, radius].
const helix = splineTube([
  [5, -1, 3.4, 1.8],
  [0, 5, 5, 2.1],
  [-3.4, 14, 5.6, 2.5],
  [-1, 24, 5, 2.9],
  [7, 31, 4.4, 3.1],
  [16.5, 31, 4.2, 3.1],
  [23.6, 23, 4.2, 3],
  [25, 11, 4, 2.8],
  [22, -2, 3.6, 2.6],
  [16, -14, 3, 2.8],
  [9.5, -23, 2.2, 3.6],
]);
const antihelix = splineTube([
  [9.5, 20, 1.4, 2],
  [15.2, 12, 3, 2.5],
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
  [-2, 11, -6.5, 4.5],
  [-3, 2, -5, 5],
  [-2, -12, -5, 5],
  [3, -22, -4.5, 4],
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
  return earInFrame(back, up, out);
}

function earInFrame(back: number, up: number, out: number): number {
  const bound = ellipsoid(back - 10, up - 3, out - 1, 26, 42, 16);
  if (bound > 20) return bound;
  let d = ellipsoid(back - 11, up - 5, out - 0.6, 12.4, 25, 3.4);
  d = smoothUnion(d, tube(back, up, out, helix), 4);
  d = smoothUnion(d, tube(back, up, out, antihelix), 3);
  d = smoothUnion(d, ellipsoid(back - 5.4, up + 22, out - 1, 7.4, 9, 3.4), 5);
  d = smoothDifference(d, ellipsoid(back - 6, up + 1.5, out - 4.5, 7, 9.5, 5.5), 2.5);
  d = smoothUnion(d, tube(back, up, out, tragus), 2.5);
  d = smoothUnion(d, tube(back, up, out, root), 6);
  d = smoothUnion(d, ellipsoid(back - 7, up - 1, out + 5, 8, 16, 6), 6);
  return d;
}
