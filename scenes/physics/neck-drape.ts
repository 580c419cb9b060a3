import type { Vec3 } from '../../sdk/geometry/pose.ts';

/** Where a chain leaves the neck, and how it lies on shoulders and chest: neck base frame (origin in the pit of the neck), mm, left side. */
const nape: Vec3 = [0, 70, -104];
const sideOfNeck: Vec3 = [50, 50, -74];
const overCollarBone: Vec3 = [58, 22, -17];
const besidePit: Vec3 = [34, -6, 8];
/** The chest comes forward below the pit by this much for each millimetre down. */
const chestSlope = 0.22;
/** The chain lies this far off the skin. */
const offSkinMm = 1.2;
const pathPoints = 240;

/** A chain as it lies: places along it from the nape over the wearer's left to the front and back over the right. */
export interface Drape {
  /** pathPoints × (x, y, z). */
  readonly pointsMm: readonly Vec3[];
  /** Where the pendant hangs. */
  readonly lowestMm: Vec3;
  readonly lengthMm: number;
}

/**
 * Lays a closed chain of a length round a neck: behind over the nape, over both collar bones, and down to where its own length ends.
 * Shorter than the neck is round it lies as high as it can.
 */
export function drapeOnNeck(lengthMm: number): Drape {
  let [shortest, longest] = [0, 600];
  // Longer hangs lower: halved until a tenth of a millimetre does not matter.
  for (let round = 0; round < 24; round += 1) {
    const middle = (shortest + longest) / 2;
    if (lengthOf(pathDownTo(middle)) < lengthMm) shortest = middle;
    else longest = middle;
  }
  const pointsMm = pathDownTo((shortest + longest) / 2);
  return { pointsMm, lowestMm: pointsMm[pathPoints / 2] ?? [0, 0, 0], lengthMm: lengthOf(pointsMm) };
}

function pathDownTo(dropMm: number): Vec3[] {
  const lowest: Vec3 = [0, -dropMm, onChest(dropMm)];
  // Down to the pendant a chain runs almost straight, and turns within a centimetre.
  const share = dropMm > 40 ? 0.82 : 0.5;
  const towards: Vec3 = [
    besidePit[0] * (1 - share),
    besidePit[1] + (lowest[1] - besidePit[1]) * share,
    onChest(-(besidePit[1] + (lowest[1] - besidePit[1]) * share)),
  ];
  const left = [nape, sideOfNeck, overCollarBone, besidePit, towards, lowest];
  const right = left.slice(1, -1).map(([x, y, z]): Vec3 => [-x, y, z]);
  return alongSpline([...left, ...right.toReversed()]);
}

function onChest(belowPitMm: number): number {
  return Math.max(-8, chestSlope * belowPitMm) + offSkinMm;
}

/** A closed Catmull-Rom curve with chordal pace, sampled evenly over its spans; the first point is the first control. */
function alongSpline(control: readonly Vec3[]): Vec3[] {
  const dense: Vec3[] = [];
  const count = control.length;
  const at = (index: number): Vec3 => control[(index + count) % count] ?? [0, 0, 0];
  const steps = 24;
  for (let span = 0; span < count; span += 1) {
    const [p0, p1, p2, p3] = [at(span - 1), at(span), at(span + 1), at(span + 2)];
    for (let step = 0; step < steps; step += 1) {
      const t = step / steps;
      dense.push([0, 1, 2].map((axis) => catmullRom(p0, p1, p2, p3, axis, t)) as unknown as Vec3);
    }
  }
  return evenly(dense);
}

function catmullRom(p0: Vec3, p1: Vec3, p2: Vec3, p3: Vec3, axis: number, t: number): number {
  const [a, b, c, d] = [p0[axis] ?? 0, p1[axis] ?? 0, p2[axis] ?? 0, p3[axis] ?? 0];
  // Centripetal tangents keep a short span beside a long one from looping.
  const [da, db, dc] = [apart(p0, p1), apart(p1, p2), apart(p2, p3)].map((mm) =>
    Math.max(1e-6, Math.sqrt(mm)),
  );
  const [ta, tb, tc] = [da ?? 1, db ?? 1, dc ?? 1];
  const m1 = ((b - a) / ta - (c - a) / (ta + tb) + (c - b) / tb) * tb;
  const m2 = ((c - b) / tb - (d - b) / (tb + tc) + (d - c) / tc) * tb;
  const [t2, t3] = [t * t, t * t * t];
  return (2 * t3 - 3 * t2 + 1) * b + (t3 - 2 * t2 + t) * m1 + (-2 * t3 + 3 * t2) * c + (t3 - t2) * m2;
}

function evenly(dense: readonly Vec3[]): Vec3[] {
  const total = lengthOf(dense);
  const points: Vec3[] = [];
  let [segment, before] = [0, 0];
  let span = apart(dense[0] ?? [0, 0, 0], dense[1] ?? [0, 0, 0]);
  for (let point = 0; point < pathPoints; point += 1) {
    const wanted = (total * point) / pathPoints;
    while (before + span < wanted && segment < dense.length - 1) {
      before += span;
      segment += 1;
      span = apart(dense[segment] ?? [0, 0, 0], dense[(segment + 1) % dense.length] ?? [0, 0, 0]);
    }
    const share = span > 0 ? (wanted - before) / span : 0;
    const [from, to] = [dense[segment] ?? [0, 0, 0], dense[(segment + 1) % dense.length] ?? [0, 0, 0]];
    points.push(
      [0, 1, 2].map(
        (axis) => (from[axis] ?? 0) + share * ((to[axis] ?? 0) - (from[axis] ?? 0)),
      ) as unknown as Vec3,
    );
  }
  return points;
}

function apart(one: Vec3, other: Vec3): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** Around a closed path. */
function lengthOf(points: readonly Vec3[]): number {
  return points.reduce((sum, point, at) => sum + apart(point, points[(at + 1) % points.length] ?? point), 0);
}
