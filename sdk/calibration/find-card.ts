import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { CardPose } from '../geometry/card-pose.ts';
import { cardPose } from '../geometry/card-pose.ts';
import { cardCornersMm } from '../geometry/card.ts';
import type { Point2, Quad } from '../geometry/homography.ts';
import { homographyOf, isConvexClockwise, turnOf } from '../geometry/homography.ts';
import type { EdgeLine, FineEdge } from './edge-line.ts';
import { findEdgeLines, refineEdge } from './edge-line.ts';
import type { LumaPicture } from './luma-picture.ts';

/** A card in a picture. */
export interface CardSighting {
  /** Where its straight edges meet, in pixels, in the order of `cardCornersMm`. */
  readonly corners: Quad;
  readonly pose: CardPose;
  /** The share of its edges that was seen, the least of the four: fingers cover the rest. */
  readonly support: number;
}

/**
 * How a card is held. `by-two-sides`: hands hide much of two opposite sides, before a background of hair and skin that is darker here and
 * brighter there than the card; for whoever knows from elsewhere where the card must be, as less is asked of those sides.
 */
export type CardHeld = 'freely' | 'by-two-sides';

/** How far from the guide an edge is looked for, as a share of the card's shorter side on the picture. */
const reachShare = 0.3;
const linesPerSide = 4;
/** How far two sides' scale and angle may be off a card's when the focal length is only guessed. */
const greatestSkew = 0.16;
/** Focal lengths over the default that an unknown camera may have: 60° to 30° across the shorter side. */
const focalRatios = [0.7, 0.84, 1, 1.22, 1.5];
/** Against support: an outline of the right shape wins over a slightly better seen one of another. */
const skewWeight = 1.5;
/** Against support, by the logarithm of the area: print along an edge looks like one, so the outer of two counts. */
const outerWeight = 1.2;
/** Below these an outline is a chance alignment. */
const leastSupport = 0.42;
const leastMeanSupport = 0.6;
const leastClarity = 1.6;
const greatestEdgeRmsPx = 0.6;
/** Greatest reprojection error of the four corners as a share of the card's shorter side: not a card's shape. */
const greatestMissShare = 0.02;
const smallestSidePx = 40;

/**
 * Looks for a card near an expected outline: the straight edges along each side, the four of them that best make a card
 * under perspective, each then to a fraction of a pixel; its corners are where edges meet, as those of the card are round. Null
 * unless edges, contrast and shape all say card. Where the focal length is only the default, a card as any usual lens would show it is one; the pose is
 * then of the lens that fits best.
 */
export function findCard(
  picture: LumaPicture,
  expected: Quad,
  intrinsics: CameraIntrinsics,
  held: CardHeld = 'freely',
): CardSighting | null {
  const rough = roughOutline(picture, expected, intrinsics);
  if (rough === null) return null;
  let outline = rough;
  let support = 0;
  // Once around the rough corners, once more around the fine ones.
  for (let pass = 0; pass < 2; pass += 1) {
    const edges = sidesOf(outline).map(([from, to]) =>
      refineEdge(picture, from, to, held === 'by-two-sides'),
    );
    const [top, right, bottom, left] = edges;
    if (!top || !right || !bottom || !left) return null;
    const sides = [top, right, bottom, left];
    support = Math.min(...sides.map((edge) => edge.support));
    const mean = sides.reduce((sum, edge) => sum + edge.support, 0) / 4;
    if (pass === 1 && (support < leastSupport || mean < leastMeanSupport || !areClear(sides, held)))
      return null;
    const corners = cornersOf(sides.map((edge) => [edge.from, edge.to] as const));
    if (corners === null || !isConvexClockwise(corners)) return null;
    outline = corners;
  }
  const pose = bestPose(outline, camerasOf(intrinsics));
  if (pose === null || pose.rmsPx > greatestMissShare * shorterSidePx(outline)) return null;
  return { corners: outline, pose, support };
}

/** Whoever holds a card by two opposite sides hides much of these; the other two must be the clearer. */
function areClear(sides: readonly FineEdge[], held: CardHeld): boolean {
  const [top, right, bottom, left] = sides.map(({ clarity }) => clarity >= leastClarity);
  if (sides.some(({ rmsPx }) => rmsPx > greatestEdgeRmsPx)) return false;
  const [isOnePair, isOtherPair] = [top === true && bottom === true, right === true && left === true];
  return held === 'freely' ? isOnePair && isOtherPair : isOnePair || isOtherPair;
}

/** The first of several guides near which there is a card. */
export function findCardNearAny(
  picture: LumaPicture,
  guides: readonly Quad[],
  intrinsics: CameraIntrinsics,
  held: CardHeld = 'freely',
): CardSighting | null {
  for (const guide of guides) {
    const found = findCard(picture, guide, intrinsics, held);
    if (found !== null) return found;
  }
  return null;
}

function roughOutline(picture: LumaPicture, expected: Quad, intrinsics: CameraIntrinsics): Quad | null {
  if (!isConvexClockwise(expected)) return null;
  const cameras = camerasOf(intrinsics);
  const shortPx = shorterSidePx(expected);
  if (shortPx < smallestSidePx) return null;
  const reachPx = Math.max(8, reachShare * shortPx);
  const found = sidesOf(expected).map(([from, to]) =>
    findEdgeLines(picture, from, to, reachPx, linesPerSide).map((line) => ({
      line,
      ends: endsOf(from, to, line),
    })),
  );
  let best: { readonly score: number; readonly corners: Quad } | null = null;
  const [tops = [], rights = [], bottoms = [], lefts = []] = found;
  for (const top of tops) {
    for (const right of rights) {
      for (const bottom of bottoms) {
        for (const left of lefts) {
          const sides = [top, right, bottom, left];
          const support = sides.reduce((sum, side) => sum + side.line.support, 0);
          const corners = cornersOf(sides.map((side) => side.ends));
          if (corners === null || !isConvexClockwise(corners)) continue;
          const skew = Math.min(...cameras.map((camera) => skewOf(corners, camera)));
          if (skew > greatestSkew) continue;
          const score =
            support - skewWeight * skew + outerWeight * Math.log(areaPx(corners) / areaPx(expected));
          if (best === null || score > best.score) best = { score, corners };
        }
      }
    }
  }
  return best?.corners ?? null;
}

/** The cameras that may have made the picture. */
function camerasOf(intrinsics: CameraIntrinsics): readonly CameraIntrinsics[] {
  if (intrinsics.source !== 'default') return [intrinsics];
  return focalRatios.map((ratio) => ({
    ...intrinsics,
    fxPx: intrinsics.fxPx * ratio,
    fyPx: intrinsics.fyPx * ratio,
  }));
}

function bestPose(corners: Quad, cameras: readonly CameraIntrinsics[]): CardPose | null {
  return cameras.reduce<CardPose | null>((best, camera) => {
    const pose = cardPose(corners, camera);
    return pose !== null && (best === null || pose.rmsPx < best.rmsPx) ? pose : best;
  }, null);
}

type Segment = readonly [from: Point2, to: Point2];

function sidesOf([a, b, c, d]: Quad): readonly Segment[] {
  return [
    [a, b],
    [b, c],
    [c, d],
    [d, a],
  ];
}

function shorterSidePx(quad: Quad): number {
  return Math.min(...sidesOf(quad).map(([[ax, ay], [bx, by]]) => Math.hypot(bx - ax, by - ay)));
}

function areaPx([a, b, c, d]: Quad): number {
  return (turnOf(a, b, c) + turnOf(a, c, d)) / 2;
}

function endsOf([ax, ay]: Point2, [bx, by]: Point2, { startPx, endPx }: EdgeLine): Segment {
  const lengthPx = Math.hypot(bx - ax, by - ay);
  const outward: Point2 = [(by - ay) / lengthPx, -(bx - ax) / lengthPx];
  return [
    [ax + outward[0] * startPx, ay + outward[1] * startPx],
    [bx + outward[0] * endPx, by + outward[1] * endPx],
  ];
}

/** Where top and left, top and right, bottom and right, bottom and left meet. */
function cornersOf(sides: readonly Segment[]): Quad | null {
  const [top, right, bottom, left] = sides;
  if (!top || !right || !bottom || !left) return null;
  const corners = [meet(left, top), meet(top, right), meet(right, bottom), meet(bottom, left)];
  const [a, b, c, d] = corners;
  return a && b && c && d ? [a, b, c, d] : null;
}

function meet([[ax, ay], [bx, by]]: Segment, [[cx, cy], [dx, dy]]: Segment): Point2 | null {
  const cross = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  const scale = Math.hypot(bx - ax, by - ay) * Math.hypot(dx - cx, dy - cy);
  if (Math.abs(cross) < 0.1 * scale) return null;
  const share = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / cross;
  return [ax + share * (bx - ax), ay + share * (by - ay)];
}

/** How far an outline's sides are from a card's in length and angle, were the focal length right; 0 for a card. */
function skewOf([a, b, c, d]: Quad, { fxPx, cxPx, cyPx }: CameraIntrinsics): number {
  const ray = ([u, v]: Point2): Point2 => [(u - cxPx) / fxPx, (cyPx - v) / fxPx];
  const h = homographyOf(cardCornersMm, [ray(a), ray(b), ray(c), ray(d)]);
  if (h === null) return Number.POSITIVE_INFINITY;
  const [x, y] = [Math.hypot(h[0], h[3], h[6]), Math.hypot(h[1], h[4], h[7])];
  const cosine = (h[0] * h[1] + h[3] * h[4] + h[6] * h[7]) / (x * y);
  return Math.hypot(Math.log(x / y), cosine);
}
