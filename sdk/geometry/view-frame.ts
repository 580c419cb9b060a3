import type { Pose, Quaternion } from './pose.ts';
import {
  conjugate,
  identityRotation,
  lengthOf,
  multiplyQuaternions,
  quaternionFromRotationVector,
  rotateVector,
} from './pose-algebra.ts';

/**
 * How a head is seen: the frame of a camera that is turned so as to look straight at the head's origin and rolled with it,
 * as a landmark network sees a face that it has cropped and set upright. A view's z axis points from the head to the camera.
 */
export interface HeadView {
  /** Turns directions of the view into those of the camera. */
  readonly cameraFromView: Quaternion;
  readonly viewFromFace: Quaternion;
  /** Turn of the head against the line of sight, about the view's vertical and then about the head's own ear to ear axis. */
  readonly yawRad: number;
  readonly pitchRad: number;
  /** From the camera to the head's origin. */
  readonly distanceMm: number;
}

/** The view of a head before the camera. */
export function headViewOf({ rotation, translationMm }: Pose): HeadView {
  const distanceMm = lengthOf(translationMm);
  const [sx, sy, sz] = [
    translationMm[0] / distanceMm,
    translationMm[1] / distanceMm,
    translationMm[2] / distanceMm,
  ];
  // From −z to the line of sight on the shortest way: about −z × s.
  const sine = Math.hypot(sx, sy);
  const angleRad = Math.atan2(sine, -sz);
  const aim =
    sine < 1e-12
      ? identityRotation
      : quaternionFromRotationVector([(sy / sine) * angleRad, (-sx / sine) * angleRad, 0]);
  const aimed = multiplyQuaternions(conjugate(aim), rotation);
  const across = rotateVector(aimed, [1, 0, 0]);
  const upright = quaternionFromRotationVector([0, 0, Math.atan2(across[1], across[0])]);
  const viewFromFace = multiplyQuaternions(conjugate(upright), aimed);
  const ears = rotateVector(viewFromFace, [1, 0, 0]);
  const up = rotateVector(viewFromFace, [0, 1, 0]);
  const forward = rotateVector(viewFromFace, [0, 0, 1]);
  return {
    cameraFromView: multiplyQuaternions(aim, upright),
    viewFromFace,
    yawRad: Math.atan2(-ears[2], ears[0]),
    pitchRad: Math.atan2(-forward[1], up[1]),
    distanceMm,
  };
}
