import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { faceVertexCount } from './canonical-face.ts';
import type { FaceLandmarks } from './face-landmarks.ts';
import { faceHeightPx, landmarkPx, landmarkWeakPerspective } from './face-landmarks.ts';
import { backProject } from './intrinsics.ts';
import type { DepthCues } from './pnp.ts';
import { refinePnp } from './pnp.ts';
import type { Pose } from './pose.ts';
import { lengthOf, scaleVector } from './pose-algebra.ts';
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
 * A pixel of the network's depth against a pixel on the picture. Chosen on drawn heads (the registration bench, with other
 * heads than it measures): without depth the head's tilt is a third farther off, above 1 unusual heads suffer.
 */
const depthTrust = 0.6;
/** Below this height on the canonical face, mouth and jaw move with speech and smiles. */
const movingBelowMm = -25;
const movingWeight = 0.1;

/** The bundle's fit weights, made for still faces, less the parts that move when a person speaks or smiles. */
export function steadyFitWeights(model: FaceModel): Float32Array {
  return Float32Array.from(model.fitWeights, (weight, vertex) =>
    (model.verticesMm[vertex * 3 + 1] ?? 0) < movingBelowMm ? weight * movingWeight : weight,
  );
}

/**
 * The pose of a face from its landmarks: a similarity fit to the landmarks' own depth under weak perspective, once more
 * with every point on its true ray, then least reprojection error with the calibrated focal length, steadied by the
 * landmarks' depth along the line of sight.
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
  let pose = initial;
  let rmsPx = 0;
  // The depth cues' scale comes from the distance, which the first pass finds.
  for (let pass = 0; pass < 2; pass += 1) {
    const solution = refinePnp({
      intrinsics,
      pointsMm: model.verticesMm,
      pixels,
      weights: model.fitWeights,
      robustPx: robustShareOfFaceHeight * heightPx,
      initialCameraFromBody: pose,
      depthCues: depthCuesOf(landmarks, intrinsics, pose),
    });
    if (solution === null) return null;
    pose = solution.cameraFromBody;
    ({ rmsPx } = solution);
  }
  return { cameraFromFace: pose, relativeError: rmsPx / heightPx };
}

function depthCuesOf(landmarks: FaceLandmarks, intrinsics: CameraIntrinsics, near: Pose): DepthCues {
  const distanceMm = lengthOf(near.translationMm);
  return {
    lineOfSight: scaleVector(near.translationMm, 1 / distanceMm),
    pixelsPerMm: intrinsics.fxPx / distanceMm,
    depthsPx: Float64Array.from(
      { length: faceVertexCount },
      (_, vertex) => (landmarks[vertex * 3 + 2] ?? 0) * intrinsics.widthPx,
    ),
    trust: depthTrust,
  };
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
