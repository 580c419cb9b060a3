import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';

/** How far the scripts let the mannequin stand, and how much of the room one sees there across the view. */
const DISTANCE_MM = 620;
const SEEN_WIDTH_MM = 290;
const SEEN_HEIGHT_MM = 400;

/** Where the middle of the head lies in what is free of the view's height. */
const MIDDLE = 0.49;

/**
 * A portrait lens for the mannequin in a view of this size, of whose height this share is covered from below: head and neck fill what is
 * left.
 */
export function portraitIntrinsics(
  widthPx: number,
  heightPx: number,
  coveredShare: number,
): CameraIntrinsics {
  const [width, height] = [Math.max(1, widthPx), Math.max(1, heightPx)];
  const freePx = height * (1 - coveredShare);
  const focalPx = DISTANCE_MM * Math.min(width / SEEN_WIDTH_MM, freePx / SEEN_HEIGHT_MM);
  return {
    widthPx: width,
    heightPx: height,
    fxPx: focalPx,
    fyPx: focalPx,
    cxPx: width / 2,
    cyPx: freePx * MIDDLE,
    source: 'default',
  };
}
