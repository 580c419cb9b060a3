/** Where the edges of a finger, or of the wrist, were found across its axis, in pixels from the middle of a profile, along it. */
export interface CrossEdges {
  readonly lowPx: number;
  readonly highPx: number;
  /** 0 to 1: how clearly both edges stand out. */
  readonly trust: number;
}

/** A line across a finger or a forearm on the picture. */
export interface CrossLine {
  /** Its middle, pixels. */
  readonly uPx: number;
  readonly vPx: number;
  /** Unit vector along the limb towards the hand's tips, in pixels of the picture; across is `(−along.v, along.u)`, to the right of one that points up. */
  readonly alongU: number;
  readonly alongV: number;
}

/** The pair that was chosen of all there are. */
export interface FoundEdges extends CrossEdges {
  /** By how much what is between them stands out, as `ExpectedEdges` tells it; 1 where that does not ask. */
  readonly standsOut: number;
}

/** What is expected of a pair of edges. */
export interface ExpectedEdges {
  /** Standard deviations, in expected radii: of their middle from where it was looked for, and of half their distance from a radius. */
  readonly centre: number;
  readonly breadth: number;
  /** By how much what is between a pair, at these samples, stands out from what lies beside it: 0 and more, in any unit; the greater wins. */
  readonly standsOut?: (profile: ArrayLike<number>, low: number, high: number) => number;
}

/** How far across, in radii, a profile reaches on either side. */
export const profileReach = 1.8;
/** How many samples a profile has. */
export const profileLength = 72;

/** An edge is looked for between these shares of the expected radius. */
const nearestEdge = 0.6;
const farthestEdge = 1.5;
/** A step of this many grey levels over the profile's own unrest is as clear as an edge need be. */
const clearStep = 18;

/**
 * The two edges of a limb in a profile taken across it: `profile` holds `profileLength` × (r, g, b), 0 to 255, from
 * −`profileReach` to +`profileReach` radii. Edges are where the colour changes fastest, to a fraction of a sample; of all
 * pairs the strongest wins that it could have. Null when no pair stands out.
 */
export function findCrossEdges(
  profile: ArrayLike<number>,
  radiusPx: number,
  expected: ExpectedEdges,
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
