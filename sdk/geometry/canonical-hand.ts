import type { Vec3 } from './pose.ts';

/** How many landmarks a tracked hand has: the wrist, then four from root to tip of each finger, thumb first. */
export const handLandmarkCount = 21;

/** Numbers of the hand landmarks that the kit names. The finger `n` (0 is the thumb) begins at `fingerRoot(n)`. */
export const handLandmark = { wrist: 0, indexRoot: 5, middleRoot: 9, ringRoot: 13, littleRoot: 17 } as const;

/** How many fingers a hand has, the thumb first. */
export const fingerCount = 5;

/** The landmark of a finger's first joint (of the thumb's, at the wrist); the next three go towards its tip. */
export function fingerRoot(finger: number): number {
  return 1 + finger * 4;
}

/**
 * The first landmark of the phalanx on which the finger's ring sits: the proximal one. The thumb has a joint more before
 * it, its metacarpal being free.
 */
export function ringPhalanx(finger: number): number {
  return finger === 0 ? 2 : fingerRoot(finger);
}

/**
 * Wrist crease to the tip of the middle finger: the mean of 193 mm (men) and 181 mm (women), and the standard deviation
 * over both (10 mm within each sex, 12 mm between them).
 * Source: ANSUR II, Gordon et al. 2014, NATICK/TR-15/007.
 */
export const handLengthMm = 187;
/** One standard deviation of `handLengthMm` over adults. */
export const handLengthSdMm = 11.7;

/** How one finger of the canonical hand is made, at rest: flat hand, fingers straight. */
export interface CanonicalFinger {
  /** Where its first joint lies in the hand's frame, millimetres. */
  readonly rootMm: Vec3;
  /** Its direction at rest and what is the back of it; unit vectors, square to each other. */
  readonly along: Vec3;
  readonly back: Vec3;
  /** From joint to joint, root to tip, millimetres. */
  readonly lengthsMm: Vec3;
  /** Breadth at the ring's place, then at the four landmarks from root to tip, millimetres. */
  readonly ringBreadthMm: number;
  readonly breadthsMm: readonly [root: number, second: number, third: number, tip: number];
}

function unit(v: Vec3): Vec3 {
  const length = Math.hypot(v[0], v[1], v[2]);
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** `back` made square to `along`. */
function squareTo(along: Vec3, back: Vec3): Vec3 {
  const share = along[0] * back[0] + along[1] * back[1] + along[2] * back[2];
  return unit([back[0] - share * along[0], back[1] - share * along[1], back[2] - share * along[2]]);
}

interface FingerShape {
  readonly rootMm: Vec3;
  readonly along: Vec3;
  readonly back: Vec3;
  /** Shares of the hand's length. */
  readonly lengths: Vec3;
  readonly ringBreadthMm: number;
  readonly breadthsMm: readonly [number, number, number, number];
}

function finger({ rootMm, along, back, lengths, ...breadths }: FingerShape): CanonicalFinger {
  const direction = unit(along);
  return {
    rootMm,
    along: direction,
    back: squareTo(direction, back),
    lengthsMm: [lengths[0] * handLengthMm, lengths[1] * handLengthMm, lengths[2] * handLengthMm],
    ...breadths,
  };
}

/**
 * The average adult left hand to which every hand is compared; a right hand is its mirror picture. Frame: origin at the
 * wrist's landmark, +y towards the root of the middle finger, +z out of the back of the hand, +x towards the thumb.
 *
 * Segment lengths are shares of the hand's length (Buchholz, Armstrong, Goldstein, Ergonomics 35, 1992). Where the roots
 * lie across the palm follows the landmark network's own hands, whose landmarks this hand is to explain. Breadths are
 * rounded means over both sexes; the ring finger's agrees with the commonest ring sizes of women (EU 53) and men (EU 62).
 */
export const canonicalHand: readonly CanonicalFinger[] = [
  finger({
    rootMm: [24, 27, -9],
    along: [0.6, 0.75, -0.28],
    back: [0.72, -0.3, 0.62],
    lengths: [0.2, 0.196, 0.15],
    ringBreadthMm: 20.5,
    breadthsMm: [32, 25, 21, 17],
  }),
  finger({
    rootMm: [26, 88, -2],
    along: [0.1, 1, 0],
    back: [0.12, 0, 1],
    lengths: [0.245, 0.143, 0.097],
    ringBreadthMm: 18.8,
    breadthsMm: [22, 19.5, 16.8, 14],
  }),
  finger({
    rootMm: [4, 89, 0],
    along: [0, 1, 0],
    back: [0, 0, 1],
    lengths: [0.266, 0.17, 0.108],
    ringBreadthMm: 18.6,
    breadthsMm: [22, 19.3, 16.8, 14],
  }),
  finger({
    rootMm: [-15, 83, -2],
    along: [-0.08, 1, 0],
    back: [-0.1, 0, 1],
    lengths: [0.244, 0.165, 0.107],
    ringBreadthMm: 17.7,
    breadthsMm: [21, 18.2, 15.8, 13.2],
  }),
  finger({
    rootMm: [-33, 72, -6],
    along: [-0.2, 1, 0],
    back: [-0.25, 0, 1],
    lengths: [0.204, 0.117, 0.093],
    ringBreadthMm: 15.7,
    breadthsMm: [19, 16.2, 14.2, 12],
  }),
];

/**
 * Across and through the wrist where a watch sits: an ellipse of about 165 mm around, the mean of both sexes.
 * Source: ANSUR II, wrist circumference (men 176 mm, women 154 mm); the ratio of its axes after adult wrist surveys.
 */
export const wristBreadthMm = 59;
/** Through the wrist, from palm side to back. */
export const wristDepthMm = 44;
/** How broad the wrist looks from a side to which its breadth and its depth lie by these shares (cosines). */
export function wristBreadthSeen(ofBreadth: number, ofDepth: number): number {
  return Math.hypot(wristBreadthMm * ofBreadth, wristDepthMm * ofDepth);
}
/** How far behind the wrist's landmark a watch sits, as a share of the palm's length. */
export const watchBehindShare = 0.3;
