import type { HandPose } from '../geometry/hand-pose.ts';

/** Reprojection error over the palm's length at which confidence begins to fall, and at which it is gone. */
const soundError = 0.09;
const uselessError = 0.25;

/** How sure a hand's pose is, 1 down to 0, by what the fit leaves. */
export function handConfidence({ relativeError }: Pick<HandPose, 'relativeError'>): number {
  const share = (uselessError - relativeError) / (uselessError - soundError);
  return share > 0 ? Math.min(1, share) : 0;
}
