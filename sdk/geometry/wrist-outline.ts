import { handLandmark, watchBehindShare, wristBreadthSeen } from './canonical-hand.ts';
import {
  findCrossEdges,
  profileLength,
  profileReach,
  type CrossEdges,
  type CrossLine,
  type ExpectedEdges,
  type FoundEdges,
} from './cross-edges.ts';
import { palmSight } from './palm-sight.ts';

/** What a picture shows of the forearm where a watch is worn, pixels. */
export interface WristOutline {
  /** The middle between its edges there. */
  readonly uPx: number;
  readonly vPx: number;
  /** Half its breadth on the picture, square to `along`; where that is null, square to where the arm was looked for. */
  readonly halfPx: number;
  /** Unit vector along the forearm towards the hand; null where it stood out in one place only. */
  readonly along: readonly [u: number, v: number] | null;
  /** 0 to 1: how clearly the edges stand out. */
  readonly trust: number;
}

/** Where a wrist is on a picture by its hand, pixels. */
export interface WristSight {
  /** The wrist's landmark. */
  readonly uPx: number;
  readonly vPx: number;
  /** From there to the root of the middle finger. */
  readonly palmPx: readonly [u: number, v: number];
  /** Half the breadth that the wrist of a hand of this size has from this side. */
  readonly radiusPx: number;
}

/** A square of a picture, seen small enough to be read: `rgba` has nothing (alpha 0) where there is no picture. */
export interface PicturePatch {
  readonly rgba: ArrayLike<number>;
  readonly sidePx: number;
  /** Its upper left corner in the picture, and how many of the picture's pixels one of its own is. */
  readonly leftPx: number;
  readonly topPx: number;
  readonly scale: number;
}

/** A wrist of fewer pixels has edges that are not its own. */
const leastRadiusPx = 4;

/** Where a wrist is by its hand; null when the hand is seen end on. Both sets as in `TrackedHand`. */
export function wristSight(
  landmarks: ArrayLike<number>,
  worldMm: ArrayLike<number>,
  widthPx: number,
  heightPx: number,
): WristSight | null {
  const palm = palmSight(landmarks, worldMm, widthPx, heightPx);
  if (palm === null) return null;
  const { palmPx, pxPerMm } = palm;
  const { wrist, indexRoot, littleRoot } = handLandmark;
  const knuckle = (axis: number): number =>
    (worldMm[indexRoot * 3 + axis] ?? 0) - (worldMm[littleRoot * 3 + axis] ?? 0);
  const [palmU, palmV] = palmPx;
  // How squarely the back or the palm is seen: the wrist is broader than deep.
  const off = Math.abs(knuckle(1) * palmU - knuckle(0) * palmV) / Math.hypot(palmU, palmV);
  const square = Math.min(1, off / Math.hypot(knuckle(0), knuckle(1), knuckle(2)));
  const radiusPx = (wristBreadthSeen(square, Math.sqrt(1 - square * square)) / 2) * pxPerMm;
  if (!(radiusPx > leastRadiusPx)) return null;
  const uPx = (landmarks[wrist * 3] ?? 0) * widthPx;
  const vPx = (landmarks[wrist * 3 + 1] ?? 0) * heightPx;
  return { uPx, vPx, palmPx, radiusPx };
}

/**
 * The network sets the wrist's landmark anywhere across the wrist, and wrists differ more than fingers do. What lies within an arm, its
 * tendons and the border of its shade, is told from its edges by what is beyond them.
 */
const ofWrist: ExpectedEdges = { centre: 0.4, breadth: 0.4, standsOut };
/** Farther up the arm its breadth is known. */
const ofForearm: ExpectedEdges = { centre: 0.35, breadth: 0.15, standsOut };
/** So much farther up, in palms: far enough to tell a direction, and seldom out of the picture; so much broader an arm is there, by eye. */
const fartherShare = 0.4;
const growth = 1.08;
/** How far a hand bends sideways in its wrist, in which steps that is tried, and its standard deviation. */
const mostBendRad = 0.75;
const bendStepRad = 0.15;
const usualBendRad = 0.4;
/** Standard deviation of the arm's direction from the one in which it was looked for: a step's. What a direction counts that was not seen, chosen on drawn hands. */
const directionSpreadRad = 0.2;
const directionUnseen = 0.35;

/** The broadest arm that is found, over the expected one. */
const broadest = 1.5;

/** How much of the picture around a wrist is looked at: the half side of a square around its landmark, in pixels. */
export function wristReach({ palmPx, radiusPx }: WristSight): number {
  return (
    (watchBehindShare + fartherShare) * Math.hypot(...palmPx) + profileReach * growth * broadest * radiusPx
  );
}

/**
 * The forearm's edges at the watch's place and farther up. As a hand bends in its wrist, the arm is looked for in every direction that it
 * may have, and taken for where it stands out most. Null where it stands out nowhere.
 */
export function findWrist(sight: WristSight, patch: PicturePatch): WristOutline | null {
  let best: WristOutline | null = null;
  let bestScore = 0;
  for (let bendRad = -mostBendRad; bendRad <= mostBendRad + 1e-6; bendRad += bendStepRad) {
    const found = lookAlong(sight, patch, bendRad);
    if (found === null) continue;
    const score = found.score * Math.exp(-0.5 * (bendRad / usualBendRad) ** 2);
    if (score <= bestScore) continue;
    bestScore = score;
    best = found.outline;
  }
  return best;
}

function lookAlong(
  { uPx, vPx, palmPx: [palmU, palmV], radiusPx }: WristSight,
  patch: PicturePatch,
  bendRad: number,
): { readonly outline: WristOutline; readonly score: number } | null {
  const palm = Math.hypot(palmU, palmV);
  const [cos, sin] = [Math.cos(bendRad) / palm, Math.sin(bendRad) / palm];
  const [alongU, alongV] = [palmU * cos - palmV * sin, palmU * sin + palmV * cos];
  const lineAt = (fromU: number, fromV: number, upPx: number): CrossLine => ({
    uPx: fromU - upPx * alongU,
    vPx: fromV - upPx * alongV,
    alongU,
    alongV,
  });
  const watch = lineAt(uPx, vPx, watchBehindShare * palm);
  const edges = edgesAcross(patch, watch, radiusPx, ofWrist);
  if (edges === null) return null;
  const [u, v] = middleOf(watch, edges);
  const half = (edges.highPx - edges.lowPx) / 2;
  const { trust, standsOut: clear } = edges;
  const farther = lineAt(u, v, fartherShare * palm);
  const fartherEdges = edgesAcross(patch, farther, growth * half, ofForearm);
  const alone = { uPx: u, vPx: v, halfPx: half, along: null, trust };
  if (fartherEdges === null) return { outline: alone, score: directionUnseen * clear * trust };
  const [farU, farV] = middleOf(farther, fartherEdges);
  const length = Math.hypot(u - farU, v - farV);
  const along = [(u - farU) / length, (v - farV) / length] as const;
  const square = along[0] * alongU + along[1] * alongV;
  const offRad = Math.acos(Math.min(1, square));
  const isSame = Math.exp(-0.5 * (offRad / directionSpreadRad) ** 2);
  const score = clear * trust * Math.max(directionUnseen, isSame * Math.sqrt(fartherEdges.trust));
  return { outline: { ...alone, halfPx: half * square, along }, score };
}

function edgesAcross(
  patch: PicturePatch,
  line: CrossLine,
  radiusPx: number,
  expected: ExpectedEdges,
): FoundEdges | null {
  const profile = profileAcross(patch, line, radiusPx);
  return profile && findCrossEdges(profile, radiusPx, expected);
}

function middleOf({ uPx, vPx, alongU, alongV }: CrossLine, edges: CrossEdges): readonly [number, number] {
  const atPx = (edges.lowPx + edges.highPx) / 2;
  return [uPx - atPx * alongV, vPx + atPx * alongU];
}

/** Lines side by side whose mean makes one profile, and how far they reach along the arm on either side, in radii: hairs and folds are averaged away. */
const lines = 5;
const alongReach = 0.3;

/** A profile as `findCrossEdges` reads it; null where there is no picture. Beyond the picture it goes on as that ended: its border is no edge. */
function profileAcross(
  { rgba, sidePx, leftPx, topPx, scale }: PicturePatch,
  { uPx, vPx, alongU, alongV }: CrossLine,
  radiusPx: number,
): Float32Array | null {
  const profile = new Float32Array(profileLength * 3);
  const counts = new Uint8Array(profileLength);
  for (let sample = 0; sample < profileLength; sample += 1) {
    const across = radiusPx * (-profileReach + (2 * profileReach * sample) / (profileLength - 1));
    for (let line = 0; line < lines; line += 1) {
      const along = radiusPx * alongReach * ((2 * line) / (lines - 1) - 1);
      const x = Math.floor((uPx - across * alongV + along * alongU - leftPx) / scale);
      const y = Math.floor((vPx + across * alongU + along * alongV - topPx) / scale);
      const at = (y * sidePx + x) * 4;
      if (x < 0 || y < 0 || x >= sidePx || y >= sidePx || (rgba[at + 3] ?? 0) < 255) continue;
      counts[sample] = (counts[sample] ?? 0) + 1;
      for (let channel = 0; channel < 3; channel += 1) {
        profile[sample * 3 + channel] = (profile[sample * 3 + channel] ?? 0) + (rgba[at + channel] ?? 0);
      }
    }
  }
  let seen = profileLength >> 1;
  while (seen < profileLength && counts[seen] === 0) seen += 1;
  if (seen === profileLength) return null;
  fill(profile, counts, seen, 1);
  fill(profile, counts, seen - 1, -1);
  return profile;
}

/** Makes means of sums, outwards from the middle; where nothing was seen, the last that was. */
function fill(profile: Float32Array, counts: Uint8Array, from: number, step: 1 | -1): void {
  for (let sample = from; sample >= 0 && sample < profileLength; sample += step) {
    const count = counts[sample] ?? 0;
    for (let channel = 0; channel < 3; channel += 1) {
      const at = sample * 3 + channel;
      profile[at] = count > 0 ? (profile[at] ?? 0) / count : (profile[at - step * 3] ?? 0);
    }
  }
}

/** Beside an edge, in radii, what is beyond it is looked at from here, where its blur ends, to there. */
const besideFrom = 0.1;
const besideTo = 0.5;
const samplesPerRadius = (profileLength - 1) / (2 * profileReach);

/** How far the colour between two samples is from what lies beyond either, the less of the two, grey levels; squared, for an arm's own shades are clear too. */
function standsOut(profile: ArrayLike<number>, low: number, high: number): number {
  const [near, far] = [besideFrom * samplesPerRadius, besideTo * samplesPerRadius];
  const arm = meanOf(profile, low + near, high - near);
  const squares = [meanOf(profile, low - far, low - near), meanOf(profile, high + near, high + far)].map(
    (beyond) => beyond.reduce((sum, value, channel) => sum + (value - (arm[channel] ?? 0)) ** 2, 0),
  );
  return Math.min(...squares);
}

function meanOf(profile: ArrayLike<number>, from: number, to: number): readonly number[] {
  const [first, last] = [Math.max(0, Math.round(from)), Math.min(profileLength - 1, Math.round(to))];
  const sum = [0, 0, 0];
  for (let sample = first; sample <= last; sample += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      sum[channel] = (sum[channel] ?? 0) + (profile[sample * 3 + channel] ?? 0);
    }
  }
  return sum.map((value) => value / Math.max(1, last - first + 1));
}
