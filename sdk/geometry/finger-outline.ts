import { canonicalHand, fingerCount, ringPhalanx } from './canonical-hand.ts';
import { palmSight } from './palm-sight.ts';

/** Where the edges of a finger, or of the wrist, were found across its axis, in pixels from a probe's place, along `across`. */
export interface CrossEdges {
  readonly lowPx: number;
  readonly highPx: number;
  /** 0 to 1: how clearly both edges stand out. */
  readonly trust: number;
}

/** The five fingers' edges, thumb first; null where they do not stand out. */
export type HandOutline = readonly (CrossEdges | null)[];

/** The pair that was chosen of all there are. */
export interface FoundEdges extends CrossEdges {
  /** How clearly what is between them stands out, as `ExpectedEdges` tells it; 1 where it does not. */
  readonly standsOut: number;
}

/** Where to look for the edges of a finger, or of the wrist, on the picture. */
export interface OutlineProbe {
  /** The place of the ring, or of the watch, pixels. */
  readonly uPx: number;
  readonly vPx: number;
  /** Unit vector towards the finger's tip, or the hand, in pixels of the picture; across is `(−along.v, along.u)`, to the right of a finger that points up. */
  readonly alongU: number;
  readonly alongV: number;
  /** Half the breadth that a hand of this size has there, pixels. */
  readonly radiusPx: number;
}

/** How far across, in radii, a profile reaches on either side. */
export const profileReach = 1.8;
/** How many samples a profile has. */
export const profileLength = 72;

/** A phalanx that shows less of its length is seen end on. */
const leastShown = 0.3;

/** Of a palm that a card covers in part, the network sets the phalanges so much of their length too far towards the tips. */
const tipwardsUnderCard = 0.2;

/**
 * Where the finger's edges are to be looked for; null when the phalanx is seen end on. Both sets as in `TrackedHand`; `cardPxPerMm`:
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
  const pixelsPerMm = cardPxPerMm ?? palmSight(landmarks, worldMm, widthPx, heightPx).pxPerMm;
  const [near, far] = [ringPhalanx(finger) * 3, (ringPhalanx(finger) + 1) * 3];
  const [u0, v0] = [(landmarks[near] ?? 0) * widthPx, (landmarks[near + 1] ?? 0) * heightPx];
  const [u1, v1] = [(landmarks[far] ?? 0) * widthPx, (landmarks[far + 1] ?? 0) * heightPx];
  const lengthPx = Math.hypot(u1 - u0, v1 - v0);
  const radiusPx = ((canonicalHand[finger]?.ringBreadthMm ?? 0) / 2) * pixelsPerMm;
  if (!(lengthPx > radiusPx) || !(radiusPx > 2) || !(shownOf(worldMm, near, far) > leastShown)) return null;
  const share = cardPxPerMm === null ? 0.5 : 0.5 - tipwardsUnderCard;
  return {
    uPx: u0 + share * (u1 - u0),
    vPx: v0 + share * (v1 - v0),
    alongU: (u1 - u0) / lengthPx,
    alongV: (v1 - v0) / lengthPx,
    radiusPx,
  };
}

/** What is shown of a phalanx's length, 0 (end on) to 1. */
function shownOf(worldMm: ArrayLike<number>, near: number, far: number): number {
  const between = (axis: number): number => (worldMm[far + axis] ?? 0) - (worldMm[near + axis] ?? 0);
  const [x, y, z] = [between(0), between(1), between(2)];
  return Math.hypot(x, y) / Math.hypot(x, y, z);
}

/** An edge is looked for between these shares of the expected radius. */
const nearestEdge = 0.6;
const farthestEdge = 1.5;
/** A step of this many grey levels over the profile's own unrest is as clear as an edge need be. */
const clearStep = 18;
/** What is expected of a pair of edges. */
export interface ExpectedEdges {
  /** How much both may lie unevenly about the landmarks' axis, and the breadth off the expected one, as shares of it. */
  readonly centre: number;
  readonly breadth: number;
  /** How clearly what is between a pair, at these samples, stands out from what lies beside it: of two pairs one is preferred by it. */
  readonly standsOut?: (profile: ArrayLike<number>, low: number, high: number) => number;
}
const ofFinger: ExpectedEdges = { centre: 0.3, breadth: 0.2 };

/**
 * The two edges of a finger, or of what is expected, in a profile taken across it: `profile` holds `profileLength` × (r, g, b), 0 to 255, from
 * −`profileReach` to +`profileReach` radii. Edges are where the colour changes fastest, to a fraction of a sample; of all
 * pairs the strongest wins that it could have. Null when no pair stands out.
 */
export function findCrossEdges(
  profile: ArrayLike<number>,
  radiusPx: number,
  expected = ofFinger,
): FoundEdges | null {
  const slopes = slopesOf(profile);
  const step = (2 * profileReach) / (profileLength - 1);
  const radiiAt = (sample: number): number => -profileReach + sample * step;
  const peaks = slopes.flatMap((slope, sample) => {
    const [before, after] = [slopes[sample - 1] ?? Infinity, slopes[sample + 1] ?? Infinity];
    const distance = Math.abs(radiiAt(sample));
    const isPeak = slope > before && slope >= after && distance >= nearestEdge && distance <= farthestEdge;
    if (!isPeak) return [];
    // The vertex of the parabola through the peak and its neighbours.
    const shift = (0.5 * (before - after)) / (before - 2 * slope + after);
    return [{ sample, radii: radiiAt(sample + shift), slope }];
  });
  const unrest = slopes.toSorted((a, b) => a - b)[Math.floor(slopes.length / 2)] ?? 0;
  let best: FoundEdges | null = null;
  let bestScore = 0;
  for (const low of peaks) {
    for (const high of peaks) {
      if (low.radii >= 0 || high.radii <= 0) continue;
      const clear = Math.max(0, Math.min(low.slope, high.slope) - unrest) / clearStep;
      const offCentre = (low.radii + high.radii) / 2 / expected.centre;
      const offBreadth = ((high.radii - low.radii) / 2 - 1) / expected.breadth;
      const trust = Math.min(1, clear) * Math.exp(-0.5 * (offCentre ** 2 + offBreadth ** 2));
      const standsOut = expected.standsOut?.(profile, low.sample, high.sample) ?? 1;
      if (trust * standsOut <= bestScore) continue;
      bestScore = trust * standsOut;
      best = { lowPx: low.radii * radiusPx, highPx: high.radii * radiusPx, trust, standsOut };
    }
  }
  return best;
}

/** How fast the colour changes at each sample, grey levels over two samples, lightly smoothed. */
function slopesOf(profile: ArrayLike<number>): number[] {
  const smooth = (sample: number, channel: number): number => {
    const at = (index: number): number =>
      profile[Math.min(profileLength - 1, Math.max(0, index)) * 3 + channel] ?? 0;
    return (at(sample - 1) + 2 * at(sample) + at(sample + 1)) / 4;
  };
  return Array.from({ length: profileLength }, (_, sample) =>
    Math.hypot(
      smooth(sample + 1, 0) - smooth(sample - 1, 0),
      smooth(sample + 1, 1) - smooth(sample - 1, 1),
      smooth(sample + 1, 2) - smooth(sample - 1, 2),
    ),
  );
}

/** An outline on which nothing stands out. */
export const noOutline: HandOutline = Array.from({ length: fingerCount }, () => null);
