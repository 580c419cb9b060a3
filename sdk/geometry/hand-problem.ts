import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { canonicalHand, fingerRoot, handLandmark, handLandmarkCount } from './canonical-hand.ts';
import type { PosedHand } from './hand-kinematics.ts';
import {
  anglesPerFinger,
  createPosedHand,
  jointAngleCount,
  jointHabits,
  poseHand,
} from './hand-kinematics.ts';
import type { LeftHandSight } from './hand-landmarks.ts';
import { handBones } from './hand-landmarks.ts';
import type { Pose, Vec3 } from './pose.ts';
import { lengthOf, rotateVector } from './pose-algebra.ts';

/** A hand's place before the camera and its 21 joint angles. */
export interface HandPosture {
  readonly cameraFromHand: Pose;
  readonly anglesRad: Float64Array;
}

/** Six numbers for the place (turn about the wrist, then shift), then the joint angles. */
export const unknownCount = 6 + jointAngleCount;

/**
 * A network's landmark against the truth, one standard deviation as a share of the palm's length. Chosen on 64 drawn hands (the
 * hand bench, with another seed than it measures): at 0.03 the rings' axes are a sixth farther off, at 0.02 twice that.
 */
const landmarkShare = 0.045;
/** Beyond this many standard deviations a landmark slipped, and counts linearly (Huber). */
const robustSigmas = 2;
/** One standard deviation of a bone's lean (a sine) as the network tells it. */
const leanSigma = 0.25;
/** A joint beyond its limit is drawn back as hard as a landmark is drawn by this angle. */
const limitSigmaRad = 0.05;
/** The last joint of a finger bends along with the one before: by two thirds of it, give or take this. */
const lastJointShare = 0.67;
const lastJointSigmaRad = 0.35;
/** The palm's length on the canonical hand. */
const palmMm = lengthOf(canonicalHand[2]?.rootMm ?? [0, 89, 0]);

/**
 * What the picture, the network's depths and a hand's build say together, as equations to be minimised: where each landmark
 * is seen, how far each bone leans away, how joints use to bend.
 */
export class HandProblem {
  /** 27 × 27, row by row, and the gradient, of the last `linearise`. */
  readonly normal = new Float64Array(unknownCount * unknownCount);
  readonly gradient = new Float64Array(unknownCount);
  readonly #sight: LeftHandSight;
  readonly #intrinsics: CameraIntrinsics;
  readonly #posed: PosedHand = createPosedHand();
  /** The derivatives of one landmark: three rows, the unknowns it depends on. */
  readonly #motions = new Float64Array(handLandmarkCount * 3 * unknownCount);
  readonly #cameraMm = new Float64Array(handLandmarkCount * 3);
  readonly #row = new Float64Array(unknownCount);

  constructor(sight: LeftHandSight, intrinsics: CameraIntrinsics) {
    this.#sight = sight;
    this.#intrinsics = intrinsics;
  }

  /** Fills `normal` and `gradient` at a posture and returns its cost; null when a landmark lies behind the camera. */
  linearise(posture: HandPosture): number | null {
    this.normal.fill(0);
    this.gradient.fill(0);
    return this.#pass(posture, true);
  }

  /** The cost of a posture; null when a landmark lies behind the camera. */
  costOf(posture: HandPosture): number | null {
    return this.#pass(posture, false);
  }

  #pass(posture: HandPosture, withSlopes: boolean): number | null {
    poseHand(posture.anglesRad, this.#posed);
    if (!this.#toCamera(posture.cameraFromHand)) return null;
    if (withSlopes) this.#findMotions(posture.cameraFromHand);
    return (
      this.#landmarkCost(posture.cameraFromHand, withSlopes) +
      this.#leanCost(withSlopes) +
      this.#habitCost(posture.anglesRad, withSlopes)
    );
  }

  #toCamera({ rotation, translationMm }: Pose): boolean {
    const { jointsMm } = this.#posed;
    for (let at = 0; at < jointsMm.length; at += 3) {
      const turned = rotateVector(rotation, vectorAt(jointsMm, at));
      for (let axis = 0; axis < 3; axis += 1) {
        this.#cameraMm[at + axis] = (turned[axis] ?? 0) + (translationMm[axis] ?? 0);
      }
      if (!((this.#cameraMm[at + 2] ?? 0) < -1)) return false;
    }
    return true;
  }

  /** How every landmark moves with every unknown: a turn about an axis moves a point by axis × lever. */
  #findMotions({ rotation, translationMm }: Pose): void {
    this.#motions.fill(0);
    const turn = (landmark: number, unknown: number, axis: Vec3, hinge: Vec3, sign: number): void => {
      const point = vectorAt(this.#cameraMm, landmark * 3);
      const [x, y, z] = [point[0] - hinge[0], point[1] - hinge[1], point[2] - hinge[2]];
      const at = landmark * 3 * unknownCount + unknown;
      this.#motions[at] = sign * (axis[1] * z - axis[2] * y);
      this.#motions[at + unknownCount] = sign * (axis[2] * x - axis[0] * z);
      this.#motions[at + 2 * unknownCount] = sign * (axis[0] * y - axis[1] * x);
    };
    for (let landmark = 0; landmark < handLandmarkCount; landmark += 1) {
      turn(landmark, 0, [1, 0, 0], translationMm, 1);
      turn(landmark, 1, [0, 1, 0], translationMm, 1);
      turn(landmark, 2, [0, 0, 1], translationMm, 1);
      for (let axis = 0; axis < 3; axis += 1) {
        this.#motions[(landmark * 3 + axis) * unknownCount + 3 + axis] = 1;
      }
    }
    canonicalHand.forEach((shape, finger) => {
      const root = fingerRoot(finger);
      const first = 6 + finger * anglesPerFinger;
      const side = rotateVector(rotation, vectorAt(this.#posed.sideAxes, finger * 3));
      const bend = rotateVector(rotation, vectorAt(this.#posed.bendAxes, finger * 3));
      for (let joint = 1; joint < 4; joint += 1) {
        turn(root + joint, first, side, vectorAt(this.#cameraMm, root * 3), 1);
        for (let hinge = 0; hinge < joint; hinge += 1) {
          turn(root + joint, first + 1 + hinge, bend, vectorAt(this.#cameraMm, (root + hinge) * 3), -1);
        }
        if (finger > 0) continue;
        const along = rotateVector(rotation, shape.along);
        turn(root + joint, unknownCount - 1, along, vectorAt(this.#cameraMm, root * 3), 1);
      }
    });
  }

  #landmarkCost({ translationMm }: Pose, withSlopes: boolean): number {
    const { fxPx, fyPx, cxPx, cyPx } = this.#intrinsics;
    const sigmaPx = (landmarkShare * palmMm * fxPx) / -translationMm[2];
    let cost = 0;
    for (let landmark = 0; landmark < handLandmarkCount; landmark += 1) {
      const [x, y, z] = vectorAt(this.#cameraMm, landmark * 3);
      const inverse = -1 / z;
      const ru = (cxPx + fxPx * x * inverse - (this.#sight.pixels[landmark * 2] ?? 0)) / sigmaPx;
      const rv = (cyPx - fyPx * y * inverse - (this.#sight.pixels[landmark * 2 + 1] ?? 0)) / sigmaPx;
      const error = Math.hypot(ru, rv);
      cost += error <= robustSigmas ? error * error : robustSigmas * (2 * error - robustSigmas);
      if (!withSlopes) continue;
      const weight = error <= robustSigmas ? 1 : robustSigmas / error;
      const [ux, uz] = [(fxPx * inverse) / sigmaPx, (fxPx * x * inverse * inverse) / sigmaPx];
      const [vy, vz] = [(-fyPx * inverse) / sigmaPx, (-fyPx * y * inverse * inverse) / sigmaPx];
      const at = landmark * 3 * unknownCount;
      for (let k = 0; k < unknownCount; k += 1) {
        this.#row[k] = ux * this.#motion(at + k) + uz * this.#motion(at + 2 * unknownCount + k);
      }
      this.#accumulate(weight, ru);
      for (let k = 0; k < unknownCount; k += 1) {
        this.#row[k] =
          vy * this.#motion(at + unknownCount + k) + vz * this.#motion(at + 2 * unknownCount + k);
      }
      this.#accumulate(weight, rv);
    }
    return cost;
  }

  #leanCost(withSlopes: boolean): number {
    // The network looks at a crop around the hand: its depth runs along the line of sight to it.
    const middle = vectorAt(this.#cameraMm, handLandmark.middleRoot * 3);
    const distanceMm = lengthOf(middle);
    const [sx, sy, sz] = [middle[0] / distanceMm, middle[1] / distanceMm, middle[2] / distanceMm];
    let cost = 0;
    handBones.forEach(([from, to], bone) => {
      const [a, b] = [vectorAt(this.#cameraMm, from * 3), vectorAt(this.#cameraMm, to * 3)];
      const [x, y, z] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
      const scale = 1 / (Math.hypot(x, y, z) * leanSigma);
      const residual = (sx * x + sy * y + sz * z) * scale - (this.#sight.leans[bone] ?? 0) / leanSigma;
      const size = Math.abs(residual);
      cost += size <= robustSigmas ? size * size : robustSigmas * (2 * size - robustSigmas);
      if (!withSlopes) return;
      const [near, far] = [from * 3 * unknownCount, to * 3 * unknownCount];
      for (let k = 0; k < unknownCount; k += 1) {
        this.#row[k] =
          scale *
          (sx * (this.#motion(far + k) - this.#motion(near + k)) +
            sy * (this.#motion(far + unknownCount + k) - this.#motion(near + unknownCount + k)) +
            sz * (this.#motion(far + 2 * unknownCount + k) - this.#motion(near + 2 * unknownCount + k)));
      }
      this.#accumulate(size <= robustSigmas ? 1 : robustSigmas / size, residual);
    });
    return cost;
  }

  #habitCost(anglesRad: Float64Array, withSlopes: boolean): number {
    let cost = 0;
    const pull = (angle: number, residual: number, slope: number): void => {
      cost += residual * residual;
      if (!withSlopes) return;
      this.#row.fill(0);
      this.#row[6 + angle] = slope;
      this.#accumulate(1, residual);
    };
    jointHabits.forEach(({ restRad, spreadRad, leastRad, mostRad }, angle) => {
      const value = anglesRad[angle] ?? 0;
      pull(angle, (value - restRad) / spreadRad, 1 / spreadRad);
      const beyond = value < leastRad ? value - leastRad : Math.max(0, value - mostRad);
      if (beyond !== 0) pull(angle, beyond / limitSigmaRad, 1 / limitSigmaRad);
    });
    for (let finger = 1; finger < canonicalHand.length; finger += 1) {
      const [middle, last] = [finger * anglesPerFinger + 2, finger * anglesPerFinger + 3];
      const residual =
        ((anglesRad[last] ?? 0) - lastJointShare * (anglesRad[middle] ?? 0)) / lastJointSigmaRad;
      cost += residual * residual;
      if (!withSlopes) continue;
      this.#row.fill(0);
      this.#row[6 + last] = 1 / lastJointSigmaRad;
      this.#row[6 + middle] = -lastJointShare / lastJointSigmaRad;
      this.#accumulate(1, residual);
    }
    return cost;
  }

  #motion(at: number): number {
    return this.#motions[at] ?? 0;
  }

  #accumulate(weight: number, residual: number): void {
    for (let i = 0; i < unknownCount; i += 1) {
      const scaled = weight * (this.#row[i] ?? 0);
      if (scaled === 0) continue;
      this.gradient[i] = (this.gradient[i] ?? 0) + scaled * residual;
      for (let j = 0; j < unknownCount; j += 1) {
        const slope = this.#row[j] ?? 0;
        if (slope !== 0)
          this.normal[i * unknownCount + j] = (this.normal[i * unknownCount + j] ?? 0) + scaled * slope;
      }
    }
  }
}

function vectorAt(values: ArrayLike<number>, at: number): Vec3 {
  return [values[at] ?? 0, values[at + 1] ?? 0, values[at + 2] ?? 0];
}
