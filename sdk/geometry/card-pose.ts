import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { cardCornersMm } from './card.ts';
import type { Point2, Quad } from './homography.ts';
import { homographyOf } from './homography.ts';
import { refinePnp } from './pnp.ts';
import type { Pose, Vec3 } from './pose.ts';
import {
  addVectors,
  crossVectors,
  dotVectors,
  lengthOf,
  multiplyQuaternions,
  normaliseQuaternion,
  quaternionFromMatrix,
  quaternionFromRotationVector,
  rotateVector,
  scaleVector,
  subtractVectors,
} from './pose-algebra.ts';

/** Where a card is, by its four corners. */
export interface CardPose {
  readonly cameraFromCard: Pose;
  /** Root mean square of the corners' reprojection error, in pixels. */
  readonly rmsPx: number;
}

/** How a card is turned away from the line of sight, radians; both are 0 when the camera looks straight at it. */
export interface CardTilt {
  /** Positive when its face looks towards the picture's right, which is the holder's own left. */
  readonly sidewaysRad: number;
  /** Positive when its face looks upwards. */
  readonly upwardsRad: number;
}

const cornersFlat = cardCornersMm.flatMap(([x, y]) => [x, y, 0]);

/**
 * The pose of a card whose corners are seen at `corners` (order of `cardCornersMm`): read off the homography, then least
 * reprojection error. A plane seen from afar has two attitudes that look nearly alike, mirrored about the line of sight;
 * both are tried and the better one is given. Null when the corners show no card before the camera.
 * Sources: Zhang, IEEE PAMI 22 (2000), section 3; Collins and Bartoli, IJCV 109 (2014), on the two attitudes.
 */
export function cardPose(corners: Quad, intrinsics: CameraIntrinsics): CardPose | null {
  const rough = roughCardPose(corners, intrinsics);
  if (rough === null) return null;
  const [first, second] = [
    refined(corners, intrinsics, rough),
    refined(corners, intrinsics, mirrored(rough)),
  ];
  if (first === null) return second;
  return second !== null && second.rmsPx < first.rmsPx ? second : first;
}

/** How a posed card is turned away from the line of sight. */
export function cardTilt(cameraFromCard: Pose): CardTilt {
  const [nx, ny, nz] = rotateVector(cameraFromCard.rotation, [0, 0, 1]);
  const [x, y, z] = cameraFromCard.translationMm;
  return {
    sidewaysRad: Math.atan2(nx, nz) - Math.atan2(-x, -z),
    upwardsRad: Math.atan2(ny, nz) - Math.atan2(-y, -z),
  };
}

function roughCardPose(corners: Quad, { fxPx, fyPx, cxPx, cyPx }: CameraIntrinsics): Pose | null {
  const ray = ([u, v]: Point2): Point2 => [(u - cxPx) / fxPx, -(v - cyPx) / fyPx];
  const [a, b, c, d] = corners;
  const h = homographyOf(cardCornersMm, [ray(a), ray(b), ray(c), ray(d)]);
  if (h === null) return null;
  // Rays are (X, Y)/−Z, so the third row is that of −Z.
  const x: Vec3 = [h[0], h[3], -h[6]];
  const y: Vec3 = [h[1], h[4], -h[7]];
  const origin: Vec3 = [h[2], h[5], -h[8]];
  const scale = (lengthOf(x) + lengthOf(y)) / 2;
  if (!(scale > 0)) return null;
  const xAxis = scaleVector(x, 1 / lengthOf(x));
  const upright = subtractVectors(y, scaleVector(xAxis, dotVectors(xAxis, y)));
  if (!(lengthOf(upright) > 0)) return null;
  const yAxis = scaleVector(upright, 1 / lengthOf(upright));
  const zAxis = crossVectors(xAxis, yAxis);
  if (!(zAxis[2] > 0)) return null;
  const rows = [0, 1, 2].flatMap((row) => [xAxis[row] ?? 0, yAxis[row] ?? 0, zAxis[row] ?? 0]);
  return { rotation: quaternionFromMatrix(rows), translationMm: scaleVector(origin, 1 / scale) };
}

/** The other attitude that looks nearly the same: the normal mirrored about the line of sight. */
function mirrored(pose: Pose): Pose {
  const normal = rotateVector(pose.rotation, [0, 0, 1]);
  const toCamera = scaleVector(pose.translationMm, -1 / lengthOf(pose.translationMm));
  const axis = crossVectors(normal, toCamera);
  const sine = lengthOf(axis);
  if (sine < 1e-6) return pose;
  const turn = quaternionFromRotationVector(scaleVector(axis, (2 * Math.asin(Math.min(1, sine))) / sine));
  return { ...pose, rotation: normaliseQuaternion(multiplyQuaternions(turn, pose.rotation)) };
}

function refined(corners: Quad, intrinsics: CameraIntrinsics, initialCameraFromBody: Pose): CardPose | null {
  const solution = refinePnp({
    intrinsics,
    pointsMm: cornersFlat,
    pixels: corners.flat(),
    weights: [1, 1, 1, 1],
    robustPx: Number.POSITIVE_INFINITY,
    initialCameraFromBody,
  });
  if (solution === null) return null;
  // A card seen from behind its own plane is no sight of it.
  const { cameraFromBody: cameraFromCard, rmsPx } = solution;
  const normal = rotateVector(cameraFromCard.rotation, [0, 0, 1]);
  if (dotVectors(normal, cameraFromCard.translationMm) >= 0) return null;
  return { cameraFromCard, rmsPx };
}

/** The middle of a posed card moved along its normal, camera frame; a negative distance lies behind it. */
export function alongCardNormal({ rotation, translationMm }: Pose, distanceMm: number): Vec3 {
  return addVectors(translationMm, scaleVector(rotateVector(rotation, [0, 0, 1]), distanceMm));
}
