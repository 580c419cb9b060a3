import { canonicalHand, fingerCount, handLandmarkCount, ringPhalanx } from './canonical-hand.ts';

/**
 * Where the edges of one finger were found across its axis at the ring's place, in pixels from the middle of the phalanx's
 * landmarks, along `across`.
 */
export interface FingerEdges {
  readonly lowPx: number;
  readonly highPx: number;
  /** 0 to 1: how clearly both edges stand out. */
  readonly trust: number;
}

/** The five fingers' edges, thumb first; null where they do not stand out. */
export type HandOutline = readonly (FingerEdges | null)[];

/** Where to look for a finger's edges on the picture. */
export interface OutlineProbe {
  /** The ring's place, pixels. */
  readonly uPx: number;
  readonly vPx: number;
  /** Unit vector along the finger towards its tip, in pixels of the picture; across is `(−along.v, along.u)`, to the right of a finger that points up. */
  readonly alongU: number;
  readonly alongV: number;
  /** Half the breadth a finger of a hand of this size has, pixels. */
  readonly radiusPx: number;
}

/** How far across, in radii, a profile reaches on either side. */
export const profileReach = 1.8;
/** How many samples a profile has. */
export const profileLength = 72;

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
  const pixelsPerMm = cardPxPerMm ?? spreadOf(landmarks, widthPx, heightPx) / spreadOf(worldMm, 1, 1);
  const [near, far] = [ringPhalanx(finger) * 3, (ringPhalanx(finger) + 1) * 3];
  const [u0, v0] = [(landmarks[near] ?? 0) * widthPx, (landmarks[near + 1] ?? 0) * heightPx];
  const [u1, v1] = [(landmarks[far] ?? 0) * widthPx, (landmarks[far + 1] ?? 0) * heightPx];
  const lengthPx = Math.hypot(u1 - u0, v1 - v0);
  const radiusPx = ((canonicalHand[finger]?.ringBreadthMm ?? 0) / 2) * pixelsPerMm;
  if (!(lengthPx > radiusPx) || !(radiusPx > 2)) return null;
  const share = cardPxPerMm === null ? 0.5 : 0.5 - tipwardsUnderCard;
  return {
    uPx: u0 + share * (u1 - u0),
    vPx: v0 + share * (v1 - v0),
    alongU: (u1 - u0) / lengthPx,
    alongV: (v1 - v0) / lengthPx,
    radiusPx,
  };
}

function spreadOf(points: ArrayLike<number>, scaleX: number, scaleY: number): number {
  let [meanX, meanY] = [0, 0];
  for (let at = 0; at < handLandmarkCount * 3; at += 3) {
    meanX += ((points[at] ?? 0) * scaleX) / handLandmarkCount;
    meanY += ((points[at + 1] ?? 0) * scaleY) / handLandmarkCount;
  }
  let squares = 0;
  for (let at = 0; at < handLandmarkCount * 3; at += 3) {
    squares += ((points[at] ?? 0) * scaleX - meanX) ** 2 + ((points[at + 1] ?? 0) * scaleY - meanY) ** 2;
  }
  return Math.sqrt(squares);
}

/** An edge is looked for between these shares of the expected radius. */
const nearestEdge = 0.6;
const farthestEdge = 1.5;
/** A step of this many grey levels over the profile's own unrest is as clear as an edge need be. */
const clearStep = 18;
/** How much both edges may lie unevenly about the landmarks' axis, and the breadth off the expected one, as shares of it. */
const centreSpread = 0.3;
const breadthSpread = 0.2;

/**
 * The two edges of a finger in a profile taken across it: `profile` holds `profileLength` × (r, g, b), 0 to 255, from
 * −`profileReach` to +`profileReach` radii. Edges are where the colour changes fastest, to a fraction of a sample; of all
 * pairs the strongest wins that a finger could have. Null when no pair stands out.
 */
export function findFingerEdges(profile: ArrayLike<number>, radiusPx: number): FingerEdges | null {
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
    return [{ radii: radiiAt(sample + shift), slope }];
  });
  const unrest = slopes.toSorted((a, b) => a - b)[Math.floor(slopes.length / 2)] ?? 0;
  let best: FingerEdges | null = null;
  let bestScore = 0;
  for (const low of peaks) {
    for (const high of peaks) {
      if (low.radii >= 0 || high.radii <= 0) continue;
      const clear = Math.max(0, Math.min(low.slope, high.slope) - unrest) / clearStep;
      const offCentre = (low.radii + high.radii) / 2 / centreSpread;
      const offBreadth = ((high.radii - low.radii) / 2 - 1) / breadthSpread;
      const score = Math.min(1, clear) * Math.exp(-0.5 * (offCentre ** 2 + offBreadth ** 2));
      if (score <= bestScore) continue;
      bestScore = score;
      best = { lowPx: low.radii * radiusPx, highPx: high.radii * radiusPx, trust: score };
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
