import type { Vec3 } from '../../sdk/geometry/pose.ts';
import { lengthOf, scaleVector, subtractVectors } from '../../sdk/geometry/pose-algebra.ts';
import { neckFieldMm } from './neck-field.ts';

/** The chain lies this far off the skin. */
const offSkinMm = 1.2;
/** Round the slimmest of a neck of average size. */
const shortestMm = 372;
/** Longer ones hang off the chest, of which nothing is known here, and would be drawn through the neck. */
const longestMm = 950;
/** From the nape over the left side, above where it will lie: near enough for the chain to slide from there to where it lies. */
const nape: Vec3 = [0, 84, -104];
const overMuscle: Vec3 = [52, 72, -86];
const sideOfNeck: Vec3 = [62, 56, -56];
const overCollarBone: Vec3 = [58, 24, -14];
/** Half a chain is laid by a few points first, and once more by many. */
const fewPoints = 25;
const manyPoints = 81;
/** A chain is let slide a few times, then its points are spread evenly again and its weight is put right; and so on. */
const slides = 6;
const fewTimes = 160;
const manyTimes = 24;
/** How readily the weight follows where the length is not what it should be. */
const eagerness = 4;
const firstWeightMm = 0.02;
/** The skin holds a chain behind this depth, and lets it slide before the other. */
const heldBehindMm = -70;
const hangsBeforeMm = -20;
/** What is held behind is drawn to the skin by so many times its weight. */
const heldMm = 10;
/** A pendant weighs as much as this length of chain. */
const usualPendantMm = 120;
/** Share of the way to the middle of its neighbours that a point is pulled at a time. */
const pull = 0.8;

/** A chain as it lies: places along it from the nape over the wearer's left to the front and back over the right. */
export interface Drape {
  readonly pointsMm: readonly Vec3[];
  /** The way out of the skin at each of them. */
  readonly outwards: readonly Vec3[];
  /** Which of them is the lowest in front, where a pendant hangs. */
  readonly lowest: number;
}

type Point = [x: number, y: number, z: number];

/**
 * Lets a closed chain slide over neck and chest until it lies still: the skin holds it behind, its weight and a pendant's draw it down
 * in front. Neck base frame, millimetres. A chain that is shorter than a neck is round lies as if it were just long enough, one that is longer
 * than a chest is high as if it ended there.
 *
 * @param lengthMm - of the whole chain
 * @param hasPendant - whether one pulls it down in the middle
 * @param size - of the neck, of one of average size
 */
export function drapeOnNeck(lengthMm: number, hasPendant: boolean, size = 1): Drape {
  const half = settled(
    Math.min(longestMm, Math.max(shortestMm, lengthMm / size)),
    hasPendant ? usualPendantMm : 0,
  );
  const left = half.map((point) => {
    const outwards: Point = [0, 0, 1];
    neckFieldMm(point, outwards);
    return { pointMm: scaleVector(point, size), outwards };
  });
  const right = left.slice(1, -1).map(({ pointMm, outwards }) => ({
    pointMm: mirrored(pointMm),
    outwards: mirrored(outwards),
  }));
  const whole = [...left, ...right.toReversed()];
  return {
    pointsMm: whole.map(({ pointMm }) => pointMm),
    outwards: whole.map(({ outwards }) => outwards),
    lowest: left.length - 1,
  };
}

function mirrored([x, y, z]: Vec3): Vec3 {
  return [-x, y, z];
}

/**
 * The left half of a chain on a neck of average size, from the nape to the front. A taut line pulls every point to the middle of its
 * neighbours, its weight pulls it down: the heavier, the longer it lies. So the weight is sought at which it is as long as it is.
 */
function settled(lengthMm: number, pendantMm: number): readonly Point[] {
  const free = Math.max(8, (lengthMm - 340) / 2);
  const line = [nape, overMuscle, sideOfNeck, overCollarBone, [0, -free, 0.22 * free]] as const;
  let half = spread(line, fewPoints);
  let weightMm = firstWeightMm;
  const slide = (times: number): void => {
    const pendantLinks = (pendantMm * (half.length - 1)) / lengthMm;
    for (let time = 0; time < times; time += 1) {
      for (let at = 0; at < slides; at += 1) letSlide(half, weightMm, pendantLinks, at % 2 === 0);
      weightMm *= (lengthMm / 2 / pathMm(half)) ** eagerness;
      half = spread(half, half.length);
      for (const end of [half[0], half.at(-1)]) if (end) end[0] = 0;
    }
  };
  slide(fewTimes);
  half = spread(half, manyPoints);
  // Neighbours are nearer: a point is pulled less, by their squares, and weighs less by as much.
  weightMm *= ((fewPoints - 1) / (manyPoints - 1)) ** 2;
  slide(manyTimes);
  return half;
}

function letSlide(half: readonly Point[], weightMm: number, pendantLinks: number, isForwards: boolean): void {
  const last = half.length - 1;
  for (let step = 0; step <= last; step += 1) {
    const at = isForwards ? step : last - step;
    const point = half[at] ?? nowhere;
    // Each end has its mirror image beyond it.
    const one = half[at === 0 ? 1 : at - 1] ?? point;
    const other = half[at === last ? last - 1 : at + 1] ?? point;
    const isEnd = at === 0 || at === last;
    const weight = weightMm * hanging(point) * (at === last ? 1 + pendantLinks : 1);
    point[0] = isEnd ? 0 : Math.max(0, point[0] + pull * ((one[0] + other[0]) / 2 - point[0]));
    point[1] += pull * ((one[1] + other[1]) / 2 - point[1]) - weight;
    point[2] += pull * ((one[2] + other[2]) / 2 - point[2]);
    keepOut(point, heldMm * weightMm * (1 - hanging(point)));
  }
}

const nowhere: Point = [0, 0, 0];

/** How much of its weight draws a point down, 0 to 1: behind, hair and skin hold the chain where it lies. */
function hanging([, , z]: Point): number {
  return Math.max(0, Math.min(1, (z - heldBehindMm) / (hangsBeforeMm - heldBehindMm)));
}

const out: Point = [0, 0, 0];

/** Out of the skin; a point that is off it is drawn to it, by so much at most. */
function keepOut(point: Point, drawnMm: number): void {
  const inside = Math.max(-drawnMm, offSkinMm - neckFieldMm(point, out));
  // Ends stay in the middle: there the skin looks to neither side.
  if (point[0] > 0) point[0] += out[0] * inside;
  point[1] += out[1] * inside;
  point[2] += out[2] * inside;
}

/** As many points evenly along a line of points. */
function spread(line: readonly Vec3[], count: number): Point[] {
  const total = pathMm(line);
  const points: Point[] = [];
  let [segment, before] = [0, 0];
  for (let at = 0; at < count; at += 1) {
    const wanted = (total * at) / (count - 1);
    let span = apart(line[segment] ?? nape, line[segment + 1] ?? nape);
    while (before + span < wanted && segment < line.length - 2) {
      before += span;
      segment += 1;
      span = apart(line[segment] ?? nape, line[segment + 1] ?? nape);
    }
    const [from, to] = [line[segment] ?? nape, line[segment + 1] ?? nape];
    const share = span > 0 ? Math.min(1, (wanted - before) / span) : 0;
    points.push([
      from[0] + share * (to[0] - from[0]),
      from[1] + share * (to[1] - from[1]),
      from[2] + share * (to[2] - from[2]),
    ]);
  }
  return points;
}

function pathMm(line: readonly Vec3[]): number {
  return line.reduce((sum, point, at) => sum + apart(line[at - 1] ?? point, point), 0);
}

function apart(one: Vec3, other: Vec3): number {
  return lengthOf(subtractVectors(one, other));
}
