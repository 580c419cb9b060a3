import { canonicalHand, handLandmark } from './canonical-hand.ts';

/** How a picture shows a palm, from the wrist to the root of the middle finger. */
export interface PalmSight {
  /** Along it, pixels of the picture. */
  readonly palmPx: readonly [u: number, v: number];
  /** Pixels of a millimetre of the canonical hand. */
  readonly pxPerMm: number;
}

const canonicalPalmMm = Math.hypot(...(canonicalHand[2]?.rootMm ?? []));
/** Of a palm that shows less of its length the network's noise is as large as what is shown, and no scale can be taken from it. */
const leastShown = 0.4;

/**
 * Both sets as in `TrackedHand`; null for a palm that is seen end on. The network's millimetres are the hand's in their proportions only:
 * how large it is they tell badly, so the scale is taken from the palm, whose bones cannot bend.
 */
export function palmSight(
  landmarks: ArrayLike<number>,
  worldMm: ArrayLike<number>,
  widthPx: number,
  heightPx: number,
): PalmSight | null {
  const { wrist, middleRoot } = handLandmark;
  const shown = shownShare(worldMm, wrist, middleRoot);
  if (!(shown > leastShown)) return null;
  const along = (axis: number, sizePx: number): number =>
    ((landmarks[middleRoot * 3 + axis] ?? 0) - (landmarks[wrist * 3 + axis] ?? 0)) * sizePx;
  const palmPx = [along(0, widthPx), along(1, heightPx)] as const;
  return { palmPx, pxPerMm: Math.hypot(...palmPx) / (shown * canonicalPalmMm) };
}

/** What is shown of the way from one joint to another, 0 (end on) to 1, by the network's millimetres. */
export function shownShare(worldMm: ArrayLike<number>, from: number, to: number): number {
  const between = (axis: number): number => (worldMm[to * 3 + axis] ?? 0) - (worldMm[from * 3 + axis] ?? 0);
  const [x, y, z] = [between(0), between(1), between(2)];
  return Math.hypot(x, y) / Math.hypot(x, y, z);
}
