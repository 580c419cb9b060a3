import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { faceVertexCount } from './canonical-face.ts';
import type { FaceLandmarks } from './face-landmarks.ts';
import { faceHeightPx, landmarkPx, landmarkWeakPerspective } from './face-landmarks.ts';
import { backProject } from './intrinsics.ts';
import { refinePnp } from './pnp.ts';
import type { Pose } from './pose.ts';
import { fitRigid } from './rigid-fit.ts';

/** A rigid face to look for: its points and how much each is to be trusted. */
export interface FaceModel {
  /** 468 × (x, y, z) in the head frame, canonical millimetres. */
  readonly verticesMm: ArrayLike<number>;
  /** 468 weights. */
  readonly fitWeights: ArrayLike<number>;
}

/** Where the face is, if its size is the canonical one. */
export interface FacePose {
  /** Canonical millimetres: multiply the translation by the metric scale for true ones. */
  readonly cameraFromFace: Pose;
  /** Reprojection error over the face's height on the picture. */
  readonly relativeError: number;
}

/** Reprojection errors beyond this share of the face's height are an expression or a slip, not noise. */
const robustShareOfFaceHeight = 0.015;

/**
 * The pose of a face from its landmarks: a similarity fit to the landmarks' own depth under weak perspective, once more
 * with every point on its true ray, then least reprojection error with the calibrated focal length.
 * Null when the landmarks describe no face before the camera.
 */
export function solveFacePose(
  model: FaceModel,
  landmarks: FaceLandmarks,
  intrinsics: CameraIntrinsics,
): FacePose | null {
  const initial = roughFacePose(model, landmarks, intrinsics);
  const heightPx = faceHeightPx(landmarks, intrinsics);
  if (initial === null || !(heightPx > 0)) return null;
  const pixels = new Float64Array(faceVertexCount * 2);
  for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
    const [uPx, vPx] = landmarkPx(landmarks, vertex, intrinsics);
    pixels[vertex * 2] = uPx;
    pixels[vertex * 2 + 1] = vPx;
  }
  const solution = refinePnp({
    intrinsics,
    pointsMm: model.verticesMm,
    pixels,
    weights: model.fitWeights,
    robustPx: robustShareOfFaceHeight * heightPx,
    initialCameraFromBody: initial,
  });
  if (solution === null) return null;
  return { cameraFromFace: solution.cameraFromBody, relativeError: solution.rmsPx / heightPx };
}

function roughFacePose(
  model: FaceModel,
  landmarks: FaceLandmarks,
  intrinsics: CameraIntrinsics,
): Pose | null {
  const targets = new Float64Array(faceVertexCount * 3);
  for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
    targets.set(landmarkWeakPerspective(landmarks, vertex, intrinsics), vertex * 3);
  }
  const weak = fitRigid(model.verticesMm, targets, model.fitWeights, false);
  if (weak === null) return null;
  const depthMm = intrinsics.fyPx / weak.scale;
  for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
    const [uPx, vPx] = landmarkPx(landmarks, vertex, intrinsics);
    // The fit's shift along z is where the canonical origin lies on the landmarks' own, arbitrary, zero of depth.
    const nearerMm = ((targets[vertex * 3 + 2] ?? 0) - weak.pose.translationMm[2]) / weak.scale;
    const pointDepthMm = Math.max(depthMm - nearerMm, 0.2 * depthMm);
    targets.set(backProject(intrinsics, uPx, vPx, pointDepthMm), vertex * 3);
  }
  return fitRigid(model.verticesMm, targets, model.fitWeights, true)?.pose ?? null;
}
