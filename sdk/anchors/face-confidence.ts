import type { FacePose } from '../geometry/face-pose.ts';

/** Reprojection error over face height at which confidence begins to fall, and at which it is gone. */
const soundError = 0.025;
const uselessError = 0.06;
/**
 * Turn of the face away from the camera at which confidence begins to fall, and at which it is gone: half of it is left
 * where, on drawn heads, one bridge in ten is plainly off (the registration bench's range past its goal, other heads).
 */
const soundAngleRad = (50 * Math.PI) / 180;
const uselessAngleRad = (78 * Math.PI) / 180;

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
