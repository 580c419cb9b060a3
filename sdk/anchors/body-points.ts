import { bodyPoint } from '../geometry/body-landmarks.ts';
import type { Pose, Quaternion, Vec3 } from '../geometry/pose.ts';
import {
  addVectors,
  crossVectors,
  dotVectors,
  lengthOf,
  mixVectors,
  quaternionFromMatrix,
  rotateVector,
  scaleVector,
  subtractVectors,
} from '../geometry/pose-algebra.ts';

/**
 * Where things hang on a body, as shares of the distance between the shoulder joints (about 330 mm). The pit of the neck
 * lies a little above the line between the joints and before it, the top of a shoulder above its joint and towards the neck.
 * From ANSUR II (Gordon et al. 2014), means of both sexes: suprasternale 15 mm below acromion, the joint some 40 mm below
 * acromion, half the chest's depth 120 mm of which the joint lies before the middle.
 */
const pitOfNeck = { up: 0.08, forward: 0.17 } as const;
const topOfShoulder = { up: 0.13, inwards: 0.12 } as const;
/** Crown above the nose's tip and sole below the ankle's middle, as shares of the height (ANSUR II, means). */
const crownAboveNose = 0.095;
const soleBelowAnkle = 0.039;

/** The torso's frame: origin between the shoulder joints, +x to the wearer's left, +y up, +z out of the chest. */
export function torsoOf(points: readonly Vec3[], hipsSeen: number): Pose | null {
  const [left, right] = [points[bodyPoint.leftShoulder], points[bodyPoint.rightShoulder]];
  const [leftHip, rightHip] = [points[bodyPoint.leftHip], points[bodyPoint.rightHip]];
  if (!left || !right || !leftHip || !rightHip) return null;
  const originMm = mixVectors(left, right, 0.5);
  const across = subtractVectors(left, right);
  const spine = subtractVectors(originMm, mixVectors(leftHip, rightHip, 0.5));
  // Where the hips are not in the picture a person stands as people do before a mirror: upright.
  const up = mixVectors([0, 1, 0], unit(spine), Math.min(1, Math.max(0, hipsSeen * 2 - 1)));
  const rotation = frameFrom(across, up);
  return rotation && { rotation, translationMm: originMm };
}

/** The pit of the neck and the tops of the shoulders in the torso's frame, for shoulders so far apart. */
export function torsoPlaces(shoulderWidthMm: number): {
  readonly neckBase: Vec3;
  readonly leftShoulder: Vec3;
  readonly rightShoulder: Vec3;
} {
  const side = shoulderWidthMm * (0.5 - topOfShoulder.inwards);
  const up = shoulderWidthMm * topOfShoulder.up;
  return {
    neckBase: [0, shoulderWidthMm * pitOfNeck.up, shoulderWidthMm * pitOfNeck.forward],
    leftShoulder: [side, up, 0],
    rightShoulder: [-side, up, 0],
  };
}

/** A forearm's frame: origin in its middle, +y towards the hand, +z to the side that faces up when it is held level. */
export function forearmOf(elbow: Vec3, wrist: Vec3, torso: Quaternion): Pose | null {
  const along = subtractVectors(wrist, elbow);
  if (!(lengthOf(along) > 1)) return null;
  const y = unit(along);
  const [up, forward] = [rotateVector(torso, [0, 1, 0]), rotateVector(torso, [0, 0, 1])];
  // A forearm that hangs has no upper side: then its back, which faces forward, takes over little by little.
  const hanging = Math.abs(dotVectors(y, up)) ** 4;
  const towards = mixVectors(up, forward, hanging);
  const z = unit(subtractVectors(towards, scaleVector(y, dotVectors(towards, y))));
  const x = crossVectors(y, z);
  return { rotation: fromAxes(x, y, z), translationMm: mixVectors(elbow, wrist, 0.5) };
}

/** Crown to sole of a person who stands upright, from nose and ankles; the points' own millimetres. */
export function heightOf(points: readonly Vec3[]): number | null {
  const [nose, left, right] = [
    points[bodyPoint.nose],
    points[bodyPoint.leftAnkle],
    points[bodyPoint.rightAnkle],
  ];
  if (!nose || !left || !right) return null;
  const span = lengthOf(subtractVectors(nose, mixVectors(left, right, 0.5)));
  return span / (1 - crownAboveNose - soleBelowAnkle);
}

function frameFrom(across: Vec3, up: Vec3): Quaternion | null {
  if (!(lengthOf(across) > 1)) return null;
  const x = unit(across);
  const upright = subtractVectors(up, scaleVector(x, dotVectors(up, x)));
  if (!(lengthOf(upright) > 1e-3)) return null;
  const y = unit(upright);
  return fromAxes(x, y, crossVectors(x, y));
}

function fromAxes(x: Vec3, y: Vec3, z: Vec3): Quaternion {
  return quaternionFromMatrix([x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]]);
}

function unit(v: Vec3): Vec3 {
  const length = lengthOf(v);
  return length > 0 ? scaleVector(v, 1 / length) : addVectors(v, [0, 1, 0]);
}
