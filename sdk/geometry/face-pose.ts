import type { CameraIntrinsics } from './camera-intrinsics.ts';
import type { CanonicalFace } from './canonical-face.ts';
import { faceLandmark, faceVertexCount } from './canonical-face.ts';
import type { ShapeKnowledge } from './face-fit-problem.ts';
import { fitFace } from './face-fit.ts';
import type { FaceLandmarks } from './face-landmarks.ts';
import { faceHeightPx, landmarkPx, landmarkWeakPerspective } from './face-landmarks.ts';
import { backProject } from './intrinsics.ts';
import type { NetworkSlips } from './network-slips.ts';
import type { DepthCues } from './pnp.ts';
import { refinePnp } from './pnp.ts';
import type { Pose } from './pose.ts';
import { lengthOf, rotateVector, scaleVector } from './pose-algebra.ts';
import { fitRigid } from './rigid-fit.ts';
import type { ShapeModes } from './shape-modes.ts';
import { shapeModesOf } from './shape-modes.ts';

/** A face to look for: its canonical shape, how it may differ from that, and how its landmarks are found. */
export interface FaceModel {
  /** 468 × (x, y, z) in the head frame, canonical millimetres. */
  readonly verticesMm: Float32Array;
  /** 468 weights for a first, rigid fit. */
  readonly fitWeights: ArrayLike<number>;
  readonly shapeModes: ShapeModes;
  readonly slips: NetworkSlips;
}

/** Where the face is, if its size is the canonical one. */
export interface FacePose {
  /** Canonical millimetres: multiply the translation by the metric scale for true ones. */
  readonly cameraFromFace: Pose;
  /** Reprojection error over the face's height on the picture. */
  readonly relativeError: number;
  /** Angle between the face's forward axis and the line to the camera. */
  readonly viewAngleRad: number;
  /** Likeliest weights of the model's shape modes. */
  readonly shape: Float64Array;
  /** What this frame alone tells about them. */
  readonly told: ShapeKnowledge;
}

/** Reprojection errors beyond this share of the face's height are an expression or a slip, not noise. */
const robustShareOfFaceHeight = 0.015;

/**
 * A pixel of the network's depth against a pixel on the picture, in the first fit. Chosen on drawn heads (the registration
 * bench, with other heads than it measures): without depth the head's tilt is a third farther off, above 1 unusual heads suffer.
 */
const depthTrust = 0.6;
/** Below this height on the canonical face, mouth and jaw move with speech and smiles. */
const movingBelowMm = -25;
const movingWeight = 0.1;

/** The model of a face whose landmarks come with the given slips. */
export function faceModelOf(
  face: Pick<CanonicalFace, 'verticesMm' | 'fitWeights'>,
  slips: NetworkSlips,
): FaceModel {
  return {
    verticesMm: face.verticesMm,
    // The bundle's fit weights are made for still faces.
    fitWeights: face.fitWeights.map((weight, vertex) =>
      (face.verticesMm[vertex * 3 + 1] ?? 0) < movingBelowMm ? weight * movingWeight : weight,
    ),
    shapeModes: shapeModesOf(face.verticesMm),
    slips,
  };
}

/**
 * The pose of a face from its landmarks: a similarity fit to the landmarks' own depth under weak perspective, once more
 * with every point on its true ray, then least reprojection error of the rigid canonical face with the calibrated focal
 * length; from there the likeliest pose and shape, given how the network errs and what earlier frames told (`known`).
 * Null when the landmarks describe no face before the camera.
 */
export function solveFacePose(
  model: FaceModel,
  landmarks: FaceLandmarks,
  intrinsics: CameraIntrinsics,
  known: ShapeKnowledge | null = null,
): FacePose | null {
  const initial = rigidFacePose(model, landmarks, intrinsics);
  if (initial === null) return null;
  const fit = fitFace({
    verticesMm: model.verticesMm,
    shapeModes: model.shapeModes,
    slips: model.slips,
    landmarks,
    intrinsics,
    initialCameraFromFace: initial,
    known,
  });
  if (fit === null) return null;
  const forward = rotateVector(fit.cameraFromFace.rotation, [0, 0, 1]);
  const [x, y, z] = fit.cameraFromFace.translationMm;
  const cosine = -(forward[0] * x + forward[1] * y + forward[2] * z) / Math.hypot(x, y, z);
  return {
    ...fit,
    relativeError: fit.rmsMm / heightMmOf(model),
    viewAngleRad: Math.acos(Math.min(1, Math.max(-1, cosine))),
  };
}

function heightMmOf({ verticesMm }: FaceModel): number {
  return (verticesMm[faceLandmark.foreheadTop * 3 + 1] ?? 0) - (verticesMm[faceLandmark.chin * 3 + 1] ?? 0);
}

/** The pose if the face were the canonical one and the network made no mistakes of its own. */
function rigidFacePose(
  model: FaceModel,
  landmarks: FaceLandmarks,
  intrinsics: CameraIntrinsics,
): Pose | null {
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
    depthCues: depthCuesOf(landmarks, intrinsics, initial),
  });
  return solution === null ? null : solution.cameraFromBody;
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
