import { ellipsoid, smoothDifference, smoothPath, smoothUnion, taperedCapsule, tube } from './signed-distance.ts';
import type { TubePoint } from './signed-distance.ts';

const jawAngle: TubePoint = [53, -48, -20, 10];
const jawMiddle: TubePoint = [36, -70, 12, 9];
const jawFront: TubePoint = [11, -82, 34, 11];

/**
 * The masses of the head without ears and neck, before the fit to the face's facts: cranium, face wedge, jaw, brow,
 * cheekbones, nose, lids and lips. Distance in millimetres; symmetric in x.
 */
export function headMassesMm(xSigned: number, y: number, z: number): number {
  const x = Math.abs(xSigned);
  let d = ellipsoid(x, y - 50, z + 45, 74, 86, 97);
  d = smoothUnion(d, ellipsoid(x, y - 30, z + 70, 70, 68, 72), 20);
  d = smoothUnion(d, ellipsoid(x, y + 12, z + 2, 66, 84, 48), 30);
  d = smoothUnion(d, taperedCapsule(x, y, z, jawMiddle, jawAngle), 22);
  d = smoothUnion(d, taperedCapsule(x, y, z, jawFront, jawMiddle), 22);
  d = smoothUnion(d, ellipsoid(x, y + 79, z - 33, 20, 15, 18), 14);
  d = smoothUnion(d, ellipsoid(x - 47, y - 0, z - 16, 16, 13, 15), 22);
  d = smoothUnion(d, taperedCapsule(x, y, z, [62, 8, -26, 10], [58, -14, -28, 10]), 24);
  d = smoothUnion(d, mouthBarrel(x, y, z), 16);
  d = smoothUnion(d, brow(x, y, z), 12);
  d = smoothDifference(d, ellipsoid(x - 32, y - 24, z - 52, 21, 12, 14), 14);
  d = smoothUnion(d, eyeLids(x, y, z), 4);
  d = smoothUnion(d, nose(x, y, z), 8);
  return d;
}

/** The teeth's arch, over which the lips lie. */
function mouthBarrel(x: number, y: number, z: number): number {
  return ellipsoid(x, y + 42, z - 22, 34, 32, 34);
}

function brow(x: number, y: number, z: number): number {
  return tube(x, y, z, browPath);
}

const browPath = smoothPath(
  [
    [0, 44, 44, 8],
    [14, 46, 43.5, 8],
    [30, 49, 39, 8],
    [45, 47, 30, 8],
    [55, 39, 20, 8],
  ],
  2,
);

/** The closed eye's ball under its lids. */
export const eyeCentreMm = { x: 31.6, y: 25.8, z: 25.6 } as const;

function eyeLids(x: number, y: number, z: number): number {
  return ellipsoid(x - eyeCentreMm.x, y - eyeCentreMm.y, z - eyeCentreMm.z, 14, 12.4, 13.6);
}

const noseRidge = smoothPath(
  [
    [0, 38, 45, 6.5],
    [0, 25, 51, 6],
    [0, 12, 59.5, 6.2],
    [0, 0, 65.5, 7.4],
    [0, -7.5, 67.2, 8.4],
  ],
  2,
);

function nose(x: number, y: number, z: number): number {
  let d = tube(x, y, z, noseRidge);
  // Side walls run from the ridge to the cheeks.
  d = smoothUnion(d, taperedCapsule(x, y, z, [4, 16, 50, 7], [8, -3, 53, 8]), 14);
  d = smoothUnion(d, ellipsoid(x - 5, y + 9.5, z - 65.5, 7, 6.5, 8), 5);
  const wing = ellipsoid(x - 11, y + 10.5, z - 54, 6.3, 6.8, 11);
  d = smoothUnion(d, wing, 5);
  d = smoothUnion(d, taperedCapsule(x, y, z, [0, -13.5, 66, 4.4], [0, -18.5, 56.5, 4.2]), 6);
  return d;
}
