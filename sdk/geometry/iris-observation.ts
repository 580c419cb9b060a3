import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { faceLandmark, irisBeforeCornersMm } from './canonical-face.ts';
import type { FaceLandmarks } from './face-landmarks.ts';
import { distancePx, landmarkPx } from './face-landmarks.ts';
import { backProject } from './intrinsics.ts';
import type { IrisObservation } from './iris-scale.ts';
import type { Pose, Vec3 } from './pose.ts';
import {
  lengthOf,
  mixVectors,
  rotateVector,
  scaleVector,
  subtractVectors,
  transformPoint,
} from './pose-algebra.ts';

/** What one frame shows of both irises, everything at the canonical face's scale. */
export interface EyesObservation extends IrisObservation {
  /** Between the middles of the irises, in canonical millimetres. */
  readonly nearPdCanonicalMm: number;
  /** From the camera to between the eyes, in canonical millimetres. */
  readonly distanceCanonicalMm: number;
}

/** Measures irises, lids and the head's turn on one frame, given the pose at the canonical scale. */
export function observeEyes(
  verticesMm: ArrayLike<number>,
  landmarks: FaceLandmarks,
  intrinsics: CameraIntrinsics,
  cameraFromFace: Pose,
): EyesObservation {
  const right = observeIris(
    eyeMiddle(verticesMm, faceLandmark.rightEyeOuter, faceLandmark.rightEyeInner),
    faceLandmark.rightIris,
    landmarks,
    intrinsics,
    cameraFromFace,
  );
  const left = observeIris(
    eyeMiddle(verticesMm, faceLandmark.leftEyeOuter, faceLandmark.leftEyeInner),
    faceLandmark.leftIris,
    landmarks,
    intrinsics,
    cameraFromFace,
  );
  const between = mixVectors(right.middle, left.middle, 0.5);
  const toCamera = scaleVector(between, -1);
  const forward = rotateVector(cameraFromFace.rotation, [0, 0, 1]);
  const cosine =
    (forward[0] * toCamera[0] + forward[1] * toCamera[1] + forward[2] * toCamera[2]) / lengthOf(toCamera);
  return {
    rightCanonicalMm: right.diameterMm,
    leftCanonicalMm: left.diameterMm,
    headAngleRad: Math.acos(Math.min(1, Math.max(-1, cosine))),
    eyeOpenness: Math.min(openness(landmarks, intrinsics, 'right'), openness(landmarks, intrinsics, 'left')),
    nearPdCanonicalMm: lengthOf(subtractVectors(right.middle, left.middle)),
    distanceCanonicalMm: lengthOf(between),
  };
}

/** The middle of an eye's opening in the head frame, brought forward to the iris. */
function eyeMiddle(verticesMm: ArrayLike<number>, outer: number, inner: number): Vec3 {
  const middle = (axis: number): number =>
    ((verticesMm[outer * 3 + axis] ?? 0) + (verticesMm[inner * 3 + axis] ?? 0)) / 2;
  return [middle(0), middle(1), middle(2) + irisBeforeCornersMm];
}

function observeIris(
  eyeInFaceMm: Vec3,
  irisMiddle: number,
  landmarks: FaceLandmarks,
  intrinsics: CameraIntrinsics,
  cameraFromFace: Pose,
): { readonly middle: Vec3; readonly diameterMm: number } {
  const depthMm = -transformPoint(cameraFromFace, eyeInFaceMm)[2];
  const at = (landmark: number): Vec3 => {
    const [uPx, vPx] = landmarkPx(landmarks, landmark, intrinsics);
    return backProject(intrinsics, uPx, vPx, depthMm);
  };
  // Of the four points on the iris's edge the first and third lie across; lids cover the other two.
  const diameterMm = lengthOf(subtractVectors(at(irisMiddle + 1), at(irisMiddle + 3)));
  return { middle: at(irisMiddle), diameterMm };
}

function openness(landmarks: FaceLandmarks, intrinsics: CameraIntrinsics, side: 'left' | 'right'): number {
  const [upper, lower, outer, inner] =
    side === 'right'
      ? [
          faceLandmark.rightLidUpper,
          faceLandmark.rightLidLower,
          faceLandmark.rightEyeOuter,
          faceLandmark.rightEyeInner,
        ]
      : [
          faceLandmark.leftLidUpper,
          faceLandmark.leftLidLower,
          faceLandmark.leftEyeOuter,
          faceLandmark.leftEyeInner,
        ];
  return distancePx(landmarks, upper, lower, intrinsics) / distancePx(landmarks, outer, inner, intrinsics);
}
