import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import type { Pose } from '../geometry/pose.ts';
import { conjugate, rotateVector } from '../geometry/pose-algebra.ts';

/**
 * The skin as it is on one picture, lips apart and lids down: each vertex of the head's mesh moved, at its own depth, to where
 * its landmark was seen. 468 × (x, y, z) in the head frame; seen through `intrinsics` from `cameraFromHead` it covers the landmarks
 * exactly. All in the millimetres of `headMeshMm`. A vertex that is not before the camera stays where the mesh has it.
 */
export function faceSkin(
  headMeshMm: Float32Array,
  { rotation, translationMm: [tx, ty, tz] }: Pose,
  landmarks: FaceLandmarks,
  { widthPx, heightPx, fxPx, fyPx, cxPx, cyPx }: CameraIntrinsics,
): Float32Array {
  const skinMm = headMeshMm.slice();
  // By scalars: this runs for every vertex of every picture. The columns of head-from-camera are the rows of camera-from-head.
  const headFromCamera = conjugate(rotation);
  const [ax, ay, az] = rotateVector(headFromCamera, [1, 0, 0]);
  const [bx, by, bz] = rotateVector(headFromCamera, [0, 1, 0]);
  const [gx, gy, gz] = rotateVector(headFromCamera, [0, 0, 1]);
  for (let at = 0; at + 2 < skinMm.length; at += 3) {
    const depth =
      gx * (headMeshMm[at] ?? 0) + gy * (headMeshMm[at + 1] ?? 0) + gz * (headMeshMm[at + 2] ?? 0) + tz;
    if (!(depth < -1)) continue;
    const dx = ((landmarks[at] ?? 0) * widthPx - cxPx) * (-depth / fxPx) - tx;
    const dy = (cyPx - (landmarks[at + 1] ?? 0) * heightPx) * (-depth / fyPx) - ty;
    const dz = depth - tz;
    skinMm[at] = ax * dx + bx * dy + gx * dz;
    skinMm[at + 1] = ay * dx + by * dy + gy * dz;
    skinMm[at + 2] = az * dx + bz * dy + gz * dz;
  }
  return skinMm;
}
