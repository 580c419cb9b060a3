import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { faceLandmark, faceLandmarkCount } from './canonical-face.ts';
import type { Vec3 } from './pose.ts';

/**
 * The landmarks of one face in one picture: 478 × (x, y, z), x and y from 0 to 1 across and down the unmirrored picture,
 * z along the line of sight to the face on the scale of x (smaller is nearer, from any origin). Points 0–467 are the canonical face's, 468–472 the wearer's
 * right iris, 473–477 the left one (middle first).
 */
export type FaceLandmarks = Float32Array;

/** x and y of a landmark in pixels. */
export function landmarkPx(
  landmarks: FaceLandmarks,
  landmark: number,
  { widthPx, heightPx }: Pick<CameraIntrinsics, 'widthPx' | 'heightPx'>,
): readonly [uPx: number, vPx: number] {
  return [(landmarks[landmark * 3] ?? 0) * widthPx, (landmarks[landmark * 3 + 1] ?? 0) * heightPx];
}

/** x, y and z of a landmark in pixels, turned into the camera's axes: y up, z out of the scene. */
export function landmarkWeakPerspective(
  landmarks: FaceLandmarks,
  landmark: number,
  intrinsics: CameraIntrinsics,
): Vec3 {
  const [uPx, vPx] = landmarkPx(landmarks, landmark, intrinsics);
  return [
    uPx - intrinsics.cxPx,
    intrinsics.cyPx - vPx,
    -(landmarks[landmark * 3 + 2] ?? 0) * intrinsics.widthPx,
  ];
}

/** Whether every number of a landmark set is one, and there are as many as a face has. */
export function isWholeFace(landmarks: FaceLandmarks): boolean {
  return landmarks.length === faceLandmarkCount * 3 && landmarks.every((value) => Number.isFinite(value));
}

/** Forehead to chin in pixels: the yardstick for errors on the screen. */
export function faceHeightPx(landmarks: FaceLandmarks, intrinsics: CameraIntrinsics): number {
  return distancePx(landmarks, faceLandmark.foreheadTop, faceLandmark.chin, intrinsics);
}

/** The distance between two landmarks on the picture, in pixels. */
export function distancePx(
  landmarks: FaceLandmarks,
  from: number,
  to: number,
  intrinsics: CameraIntrinsics,
): number {
  const [fromU, fromV] = landmarkPx(landmarks, from, intrinsics);
  const [toU, toV] = landmarkPx(landmarks, to, intrinsics);
  return Math.hypot(toU - fromU, toV - fromV);
}
