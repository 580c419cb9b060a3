import type { FacePose } from '../geometry/face-pose.ts';

/** Reprojection error over face height at which confidence begins to fall, and at which it is gone. */
const soundError = 0.025;
const uselessError = 0.06;
/**
 * Turn of the face away from the camera at which confidence begins to fall, and at which it is gone. On drawn heads of a
 * tuning seed the bridge is off by 0.8 % of the face's height up to 40°, 1.2 % to 50°, 2.2 % to 60° and 2.8 % beyond
 * (medians), and past 70° hardly any face is found: half is left at 60°.
 */
const soundAngleRad = (45 * Math.PI) / 180;
const uselessAngleRad = (75 * Math.PI) / 180;

/** How sure a pose is, 1 down to 0: it fades with what the fit leaves and with the face's turn away, whichever is worse. */
export function faceConfidence({
  relativeError,
  viewAngleRad,
}: Pick<FacePose, 'relativeError' | 'viewAngleRad'>): number {
  return Math.min(
    fade(relativeError, soundError, uselessError),
    fade(viewAngleRad, soundAngleRad, uselessAngleRad),
  );
}

/** 1 up to `from`, 0 past `to`, never rising between; 0 for what is no number. */
function fade(value: number, from: number, to: number): number {
  const share = (to - value) / (to - from);
  return share > 0 ? Math.min(1, share) : 0;
}
