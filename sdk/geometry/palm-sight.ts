import { canonicalHand, handLandmark } from './canonical-hand.ts';

/** How a picture shows a palm, from the wrist to the root of the middle finger. */
export interface PalmSight {
  /** Along it, pixels of the picture. */
  readonly palmPx: readonly [u: number, v: number];
  /** What is shown of its length, 0 (end on) to 1. */
  readonly shown: number;
  /** Pixels of a millimetre of the canonical hand. */
  readonly pxPerMm: number;
}

const canonicalPalmMm = Math.hypot(...(canonicalHand[2]?.rootMm ?? []));

/**
 * Both sets as in `TrackedHand`. The network's millimetres are the hand's in their proportions only: how large it is they tell badly, so
 * the scale is taken from the palm, whose bones cannot bend.
 */
export function palmSight(
  landmarks: ArrayLike<number>,
  worldMm: ArrayLike<number>,
  widthPx: number,
  heightPx: number,
): PalmSight {
  const between = (points: ArrayLike<number>, axis: number): number =>
    (points[handLandmark.middleRoot * 3 + axis] ?? 0) - (points[handLandmark.wrist * 3 + axis] ?? 0);
  const palmPx = [between(landmarks, 0) * widthPx, between(landmarks, 1) * heightPx] as const;
  const [x, y, z] = [between(worldMm, 0), between(worldMm, 1), between(worldMm, 2)];
  const shown = Math.hypot(x, y) / Math.hypot(x, y, z);
  return { palmPx, shown, pxPerMm: Math.hypot(...palmPx) / (shown * canonicalPalmMm) };
}
