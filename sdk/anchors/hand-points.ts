import { handLandmark } from '../geometry/canonical-hand.ts';
import type { HandPose } from '../geometry/hand-pose.ts';
import type { Vec3 } from '../geometry/pose.ts';
import { rotateVector } from '../geometry/pose-algebra.ts';
import type { Side } from './hand-anchors.ts';

/** A solved hand of either side in true millimetres: what its anchors are made of. Camera frame throughout. */
export interface HandPoints {
  readonly side: Side;
  /** 21 × (x, y, z), in the hand landmarker's order. */
  readonly jointsMm: Float32Array;
  /** Unit vectors out of the back of the 5 × 3 phalanges. */
  readonly backs: Float32Array;
  /** Unit vectors from the wrist to the fingers and out of the back of the hand. */
  readonly along: Vec3;
  readonly back: Vec3;
  /** True millimetres per millimetre of the canonical hand. */
  readonly scale: number;
}

/** The points of a hand that was solved as a left one: a right one is turned back into what the picture shows. */
export function handPointsOf(pose: HandPose, side: Side, scale: number): HandPoints {
  const mirror = side === 'left' ? 1 : -1;
  const turned = (values: Float64Array, factor: number): Float32Array =>
    Float32Array.from(values, (value, at) => value * factor * (at % 3 === 0 ? mirror : 1));
  const direction = (axis: Vec3): Vec3 => {
    const [x, y, z] = rotateVector(pose.posture.cameraFromHand.rotation, axis);
    return [mirror * x, y, z];
  };
  return {
    side,
    jointsMm: turned(pose.jointsMm, scale),
    backs: turned(pose.backs, 1),
    along: direction([0, 1, 0]),
    back: direction([0, 0, 1]),
    scale,
  };
}

/** One joint of a hand. */
export function jointAt(jointsMm: ArrayLike<number>, landmark: number): Vec3 {
  return [jointsMm[landmark * 3] ?? 0, jointsMm[landmark * 3 + 1] ?? 0, jointsMm[landmark * 3 + 2] ?? 0];
}

/** From the wrist to the root of the middle finger, true millimetres. */
export function palmLengthMm(jointsMm: ArrayLike<number>): number {
  const [wrist, root] = [jointAt(jointsMm, handLandmark.wrist), jointAt(jointsMm, handLandmark.middleRoot)];
  return Math.hypot(root[0] - wrist[0], root[1] - wrist[1], root[2] - wrist[2]);
}
