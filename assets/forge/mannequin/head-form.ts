import { ellipsoid, smoothDifference, smoothStep, smoothUnion, taperedCapsule } from './signed-distance.ts';
import { splineTube, tube } from './spline-tube.ts';

const jaw = splineTube([
  [-13, -81, 33.5, 10.4],
  [0, -82, 36, 10.6],
  [13, -81, 33.5, 10.4],
  [25, -76, 23.5, 9.2],
  [37, -68, 10, 8],
  [52, -47, -20, 9],
]);

/**
 * The masses of the head without ears and neck, before the fit to the face's facts: cranium and occiput, face wedge, jaw
 * and its angle, chin, cheekbone and its arch, mouth, brow, sockets, lids and nose. Distance in millimetres; symmetric in x.
 */
export function headMassesMm(xSigned: number, y: number, z: number): number {
  const x = Math.abs(xSigned);
  let d = ellipsoid(x, y - 50, z + 45, 73, 86, 97);
  d = smoothUnion(d, ellipsoid(x, y - 30, z + 70, 68, 68, 72), 20);
  d = smoothUnion(d, ellipsoid(x, y + 12, z + 2, 66, 84, 48), 30);
  d = smoothUnion(d, tube(x, y, z, jaw), 18);
  d = smoothUnion(d, ellipsoid(x - 56, y + 30, z + 44, 10, 18, 12), 20);
  d = smoothUnion(d, ellipsoid(x, y + 79, z - 33, 20, 15, 18), 14);
  d = smoothUnion(d, ellipsoid(x - 42, y, z - 17, 16, 13, 15), 24);
  d = smoothUnion(d, ellipsoid(x - 56, y + 2, z + 18, 15, 26, 22), 22);
  d = smoothUnion(d, mouthBarrel(x, y, z), 16);
  d = smoothUnion(d, tube(x, y, z, brow), 14);
  d = smoothDifference(d, ellipsoid(x - 32, y - 24, z - 52, 21, 12, 14), 14);
  d = smoothUnion(d, eyeLids(x, y, z), 4 + 6 * smoothStep(25, 34, y));
  d = smoothUnion(d, nose(x, y, z), 8);
  return d;
}

/** The teeth's arch, over which the lips lie. */
function mouthBarrel(x: number, y: number, z: number): number {
  return ellipsoid(x, y + 40, z - 24, 34, 33, 34);
}

const brow = splineTube([
  [-14, 46, 43.5, 8],
  [0, 44, 44, 8],
  [14, 46, 43.5, 8],
  [30, 48.5, 38.5, 8],
  [43, 46, 28, 7],
  [51, 41, 6, 4],
]);

/** The closed eye's ball under its lids. */
export const eyeCentreMm = { x: 31.6, y: 25.8, z: 25.6 } as const;

function eyeLids(x: number, y: number, z: number): number {
  return ellipsoid(x - eyeCentreMm.x, y - eyeCentreMm.y, z - eyeCentreMm.z, 14, 12.4, 13.6);
}

const noseRidge = splineTube([
  [0, 38, 45, 6.5],
  [0, 25, 51, 6],
  [0, 12, 59.5, 6.2],
  [0, 0, 65.5, 7.4],
  [0, -7.5, 67.2, 8.4],
]);

function nose(x: number, y: number, z: number): number {
  let d = tube(x, y, z, noseRidge);
  // Side walls run from the ridge to the cheeks.
  d = smoothUnion(d, taperedCapsule(x, y, z, [4, 16, 50, 7], [8, -3, 53, 8]), 14);
  d = smoothUnion(d, ellipsoid(x - 5, y + 9.5, z - 65.5, 7, 6.5, 8), 5);
  const wing = ellipsoid(x - 11, y + 10.5, z - 54, 6.3, 6.8, 11);
  d = smoothUnion(d, wing, 5);
  d = smoothUnion(d, taperedCapsule(x, y, z, [0, -13.5, 66, 4.4], [0, -17.4, 56, 3.6]), 7);
  return d;
}
