import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';

/** How far the scripts let the mannequin stand, and how much of the room one sees there across the view. */
const DISTANCE_MM = 620;
const SEEN_WIDTH_MM = 290;
const SEEN_HEIGHT_MM = 360;

/**
 * A portrait lens for the mannequin in a view of this size: head and neck fill it, with the middle of the head at
 * `middle` (0 is the upper edge, 1 the lower).
 */
export function portraitIntrinsics(widthPx: number, heightPx: number, middle: number): CameraIntrinsics {
  const [width, height] = [Math.max(1, widthPx), Math.max(1, heightPx)];
  const focalPx = DISTANCE_MM * Math.min(width / SEEN_WIDTH_MM, height / SEEN_HEIGHT_MM);
  return {
    widthPx: width,
    heightPx: height,
    fxPx: focalPx,
    fyPx: focalPx,
    cxPx: width / 2,
    cyPx: height * middle,
    source: 'default',
  };
}
