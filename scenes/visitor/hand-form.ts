import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';
import {
  addVectors,
  multiplyQuaternions,
  quaternionFromRotationVector,
  quaternionFromYawPitchRoll,
  rotateVector,
  scaleVector,
} from '../../sdk/geometry/pose-algebra.ts';
import { frameOf } from '../../sdk/geometry/vector-products.ts';
import type { PalmCard, PalmCardHold } from './palm-card.ts';
import { layCard } from './palm-card.ts';

/** Whose hand it is, how it is bent and held. Angles in radians, lengths in millimetres, camera frame. */
export interface HandHold {
  readonly side: 'left' | 'right';
  readonly shows: 'back' | 'palm';
  readonly yawRad: number;
  readonly pitchRad: number;
  readonly rollRad: number;
  /** Of the middle of the palm. */
  readonly positionMm: readonly [x: number, y: number, z: number];
  /** Hand's size over the average adult's. */
  readonly size: number;
  /** Each finger's own lengths and breadths over its average, thumb first. */
  readonly lengths: readonly number[];
  readonly breadths: readonly number[];
  readonly palmWidth: number;
  /** Sideways, and the bend of the three joints, for each finger, thumb first; and each finger's own twist. */
  readonly bends: readonly (readonly [side: number, first: number, second: number, third: number])[];
  readonly twists: readonly number[];
  /** The wrist's bend towards the palm, and sideways. */
  readonly wristRad: readonly [bend: number, side: number];
  /** A card that lies in the palm; none unless told. */
  readonly card?: PalmCardHold;
}

/** A tapered capsule of flesh, camera frame, mm. */
export interface Flesh {
  readonly from: Vec3;
  readonly to: Vec3;
  readonly fromRadiusMm: number;
  readonly toRadiusMm: number;
  /** Out of the back of it. */
  readonly back: Vec3;
}

/** A hand to be drawn: its flesh and what is true of it, camera frame, mm. */
export interface HandForm {
  /** 5 × 3 phalanges, thumb first, root to tip. */
  readonly phalanges: readonly Flesh[];
  /** Metacarpals and the balls of thumb and little finger. */
  readonly palm: readonly Flesh[];
  readonly forearm: Flesh;
  readonly rings: readonly Pose[];
  /** Half the breadth of each finger at its ring's place. */
  readonly radiiMm: readonly number[];
  readonly watch: Pose;
  /** The card in the palm; null without one. */
  readonly card: PalmCard | null;
}

/** An average hand of our own, drawn from life and not the solver's: a left hand, thumb at +x, back at +z, mm. */
const roots: readonly Vec3[] = [
  [21, 22, -10],
  [25, 86, -1],
  [3, 90, 1],
  [-16, 85, -1],
  [-33, 74, -6],
];
const alongs: readonly Vec3[] = [
  [0.62, 0.72, -0.3],
  [0.09, 1, 0],
  [0.01, 1, 0],
  [-0.07, 1, 0],
  [-0.19, 1, 0],
];
const backsAtRest: readonly Vec3[] = [
  [0.7, -0.35, 0.62],
  [0.1, 0, 1],
  [0, 0, 1],
  [-0.1, 0, 1],
  [-0.22, 0, 1],
];
const boneLengthsMm: readonly Vec3[] = [
  [40, 35, 25],
  [44, 26, 19],
  [48, 30, 20],
  [45, 29, 20],
  [36, 21, 18],
];
/** Radii at the four joints of each finger, mm. */
const jointRadiiMm: readonly (readonly [number, number, number, number])[] = [
  [14, 11.5, 10.6, 8.2],
  [10.6, 9.5, 8.3, 6.6],
  [10.6, 9.5, 8.4, 6.7],
  [10.2, 9, 7.9, 6.4],
  [9, 7.9, 7.1, 5.8],
];
const palmMiddle: Vec3 = [0, 60, 0];
/** Where the watch sits: as far behind the wrist as three tenths of the palm's length. */
const watchBehindMm = 27;

/** A held hand as flesh before the camera, with the truth about its rings and its watch. */
export function handForm(hold: HandHold): HandForm {
  const mirror = hold.side === 'left' ? 1 : -1;
  const held = quaternionFromYawPitchRoll(hold.yawRad, hold.pitchRad, hold.rollRad);
  const rotation = hold.shows === 'back' ? held : multiplyQuaternions(held, [0, 1, 0, 0]);
  const cameraFromHand: Pose = {
    rotation,
    translationMm: addVectors(
      hold.positionMm,
      scaleVector(rotateVector(rotation, scaleVector(palmMiddle, hold.size)), -1),
    ),
  };
  // The left hand is modelled; a right one is its mirror picture, before the hand is turned.
  const place = (v: Vec3): Vec3 => scaleVector([v[0] * mirror, v[1], v[2]], hold.size);
  const toCamera = (v: Vec3): Vec3 =>
    addVectors(rotateVector(cameraFromHand.rotation, place(v)), cameraFromHand.translationMm);
  const turnToCamera = (v: Vec3): Vec3 => rotateVector(cameraFromHand.rotation, [v[0] * mirror, v[1], v[2]]);
  const wide = (v: Vec3): Vec3 => [v[0] * hold.palmWidth, v[1], v[2]];
  const flesh = (
    from: Vec3,
    to: Vec3,
    fromRadiusMm: number,
    toRadiusMm: number,
    back: Vec3 = [0, 0, 1],
  ): Flesh => ({
    from: toCamera(from),
    to: toCamera(to),
    fromRadiusMm: fromRadiusMm * hold.size,
    toRadiusMm: toRadiusMm * hold.size,
    back: turnToCamera(back),
  });

  const phalanges = roots.flatMap((root, finger) => fingerFlesh(hold, wide(root), finger, flesh));
  const palm = [1, 2, 3, 4].map((finger) => {
    const root = wide(roots[finger] ?? [0, 0, 0]);
    return flesh([root[0] * 0.55, 6, -5], [root[0], root[1] - 4, root[2] - 3], 14.5, 11.5);
  });
  // The webs between the fingers reach half way along their first phalanges.
  for (const finger of [1, 2, 3]) {
    const [a, b] = [wide(roots[finger] ?? [0, 0, 0]), wide(roots[finger + 1] ?? [0, 0, 0])];
    const middle: Vec3 = [(a[0] + b[0]) / 2, Math.min(a[1], b[1]), (a[2] + b[2]) / 2 - 3];
    palm.push(
      flesh([middle[0], middle[1] - 6, middle[2]], [middle[0], middle[1] + 15, middle[2] - 2], 8, 4.5),
    );
  }
  palm.push(flesh(wide([13, 16, -10]), wide([25, 44, -13]), 14, 13));
  palm.push(flesh(wide([-17, 14, -9]), wide([-27, 52, -9]), 13.5, 12));

  const [bend, aside] = hold.wristRad;
  const forearmTurn = multiplyQuaternions(
    quaternionFromRotationVector([bend, 0, 0]),
    quaternionFromRotationVector([0, 0, aside]),
  );
  const forearmPoint = (v: Vec3): Vec3 => rotateVector(forearmTurn, v);
  const forearmBack = forearmPoint([0, 0, 1]);
  const forearm = flesh(forearmPoint([0, 2, -3]), forearmPoint([0, -220, -6]), 28.5, 42, forearmBack);
  const rings = [0, 1, 2, 3, 4].flatMap(
    (finger) => ringOf(phalanges[finger * 3 + (finger === 0 ? 1 : 0)]) ?? [],
  );
  const watch = frameOf(
    toCamera(forearmPoint([0, -watchBehindMm, -4])),
    turnToCamera(forearmPoint([0, 1, 0])),
    turnToCamera(forearmBack),
  );
  if (watch === null) throw new Error('the forearm has no direction');
  return {
    phalanges,
    palm,
    forearm,
    rings: rings.map(({ pose }) => pose),
    radiiMm: rings.map(({ radiusMm }) => radiusMm),
    watch,
    card:
      hold.card === undefined ? null : layCard(hold.card, cameraFromHand, [...palm, ...phalanges], hold.size),
  };
}

function ringOf(phalanx: Flesh | undefined): { readonly pose: Pose; readonly radiusMm: number } | null {
  if (phalanx === undefined) return null;
  const { from, to, back, fromRadiusMm, toRadiusMm } = phalanx;
  const pose = frameOf(scaleVector(addVectors(from, to), 0.5), addVectors(to, scaleVector(from, -1)), back);
  return pose === null ? null : { pose, radiusMm: (fromRadiusMm + toRadiusMm) / 2 };
}

function fingerFlesh(
  hold: HandHold,
  root: Vec3,
  finger: number,
  flesh: (from: Vec3, to: Vec3, fromRadiusMm: number, toRadiusMm: number, back: Vec3) => Flesh,
): Flesh[] {
  const [side = 0, ...joints] = hold.bends[finger] ?? [];
  const rest = frameOf(root, alongs[finger] ?? [0, 1, 0], backsAtRest[finger] ?? [0, 0, 1]);
  const radii = jointRadiiMm[finger] ?? [10, 10, 9, 7];
  const breadth = hold.breadths[finger] ?? 1;
  if (rest === null) return [];
  // The frame's +y runs along the finger, so its twist is about y, sideways about z and bending about −x.
  let rotation = multiplyQuaternions(
    multiplyQuaternions(rest.rotation, quaternionFromRotationVector([0, hold.twists[finger] ?? 0, 0])),
    quaternionFromRotationVector([0, 0, side]),
  );
  let from = root;
  return joints.map((bendRad, bone) => {
    rotation = multiplyQuaternions(rotation, quaternionFromRotationVector([-bendRad, 0, 0]));
    const lengthMm = (boneLengthsMm[finger]?.[bone] ?? 0) * (hold.lengths[finger] ?? 1);
    const to = addVectors(from, rotateVector(rotation, [0, lengthMm, 0]));
    const made = flesh(
      from,
      to,
      (radii[bone] ?? 0) * breadth,
      (radii[bone + 1] ?? 0) * breadth,
      rotateVector(rotation, [0, 0, 1]),
    );
    from = to;
    return made;
  });
}
