import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import { landmarkPx } from '../geometry/face-landmarks.ts';
import { backProject } from '../geometry/intrinsics.ts';
import type { Pose, Vec3 } from '../geometry/pose.ts';
import { invertPose, transformPoint } from '../geometry/pose-algebra.ts';
import { vertexAt } from './face-shape.ts';

/**
 * The skin as it is on one picture, lips apart and lids down: each vertex of the head's mesh moved, at its own depth, to where
 * its landmark was seen. 468 × (x, y, z) in the head frame; seen through `intrinsics` from `cameraFromHead` it covers the landmarks
 * exactly. All in the millimetres of `headMeshMm`. A vertex that is not before the camera stays where the mesh has it.
 */
export function faceSkin(
  headMeshMm: Float32Array,
  cameraFromHead: Pose,
  landmarks: FaceLandmarks,
  intrinsics: CameraIntrinsics,
): Float32Array {
  const skinMm = headMeshMm.slice();
  const headFromCamera = invertPose(cameraFromHead);
  for (let vertex = 0; vertex * 3 < skinMm.length; vertex += 1) {
    const [, , z]: Vec3 = transformPoint(cameraFromHead, vertexAt(headMeshMm, vertex));
    if (!(z < -1)) continue;
    const [uPx, vPx] = landmarkPx(landmarks, vertex, intrinsics);
    skinMm.set(transformPoint(headFromCamera, backProject(intrinsics, uPx, vPx, -z)), vertex * 3);
  }
  return skinMm;
}
