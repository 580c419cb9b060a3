import { canonicalHand, fingerCount, ringPhalanx } from './canonical-hand.ts';
import type { CrossEdges, CrossLine, ExpectedEdges } from './cross-edges.ts';
import { palmSight, shownShare } from './palm-sight.ts';

/** The five fingers' edges, thumb first; null where they do not stand out. */
export type HandOutline = readonly (CrossEdges | null)[];

/** Where to look for a finger's edges on the picture: about the ring's place. */
export interface OutlineProbe extends CrossLine {
  /** Half the breadth a finger of a hand of this size has, pixels. */
  readonly radiusPx: number;
}

/** A phalanx that shows less of its length is seen end on. */
const leastShown = 0.3;

/** Of a palm that a card covers in part, the network sets the phalanges so much of their length too far towards the tips. */
const tipwardsUnderCard = 0.2;

/**
 * Where the finger's edges are to be looked for; null when the phalanx or the palm is seen end on. Both sets as in `TrackedHand`; `cardPxPerMm`:
 * pixels a millimetre at a card in this palm, where there is one.
 */
export function outlineProbe(
  landmarks: ArrayLike<number>,
  worldMm: ArrayLike<number>,
  finger: number,
  widthPx: number,
  heightPx: number,
  cardPxPerMm: number | null = null,
): OutlineProbe | null {
  const pixelsPerMm = cardPxPerMm ?? palmSight(landmarks, worldMm, widthPx, heightPx)?.pxPerMm;
  if (pixelsPerMm === undefined) return null;
  const joint = ringPhalanx(finger);
  const [near, far] = [joint * 3, (joint + 1) * 3];
  const [u0, v0] = [(landmarks[near] ?? 0) * widthPx, (landmarks[near + 1] ?? 0) * heightPx];
  const [u1, v1] = [(landmarks[far] ?? 0) * widthPx, (landmarks[far + 1] ?? 0) * heightPx];
  const lengthPx = Math.hypot(u1 - u0, v1 - v0);
  const radiusPx = ((canonicalHand[finger]?.ringBreadthMm ?? 0) / 2) * pixelsPerMm;
  if (!(lengthPx > radiusPx) || !(radiusPx > 2)) return null;
  if (!(shownShare(worldMm, joint, joint + 1) > leastShown)) return null;
  const share = cardPxPerMm === null ? 0.5 : 0.5 - tipwardsUnderCard;
  return {
    uPx: u0 + share * (u1 - u0),
    vPx: v0 + share * (v1 - v0),
    alongU: (u1 - u0) / lengthPx,
    alongV: (v1 - v0) / lengthPx,
    radiusPx,
  };
}

/** What is expected of a finger's edges: the network knows its axis, and fingers of hands of one size differ little. */
export const ofFinger: ExpectedEdges = { centre: 0.3, breadth: 0.2 };

/** An outline on which nothing stands out. */
export const noOutline: HandOutline = Array.from({ length: fingerCount }, () => null);
