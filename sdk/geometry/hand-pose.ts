import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { canonicalHand, fingerRoot, handLandmark, handLandmarkCount } from './canonical-hand.ts';
import { solveDamped } from './damped-solve.ts';
import { anglesPerFinger, createPosedHand, jointHabits, poseHand } from './hand-kinematics.ts';
import type { LeftHandSight } from './hand-landmarks.ts';
import type { HandPosture } from './hand-problem.ts';
import { HandProblem, unknownCount } from './hand-problem.ts';
import { backProject, projectPoint } from './intrinsics.ts';
import type { Pose, Vec3 } from './pose.ts';
import {
  addVectors,
  conjugate,
  lengthOf,
  multiplyQuaternions,
  normaliseQuaternion,
  quaternionFromRotationVector,
  rotateVector,
  transformPoint,
} from './pose-algebra.ts';
import { fitRigid } from './rigid-fit.ts';

/** Where a left hand is and how it is bent, if its size is the canonical one. */
export interface HandPose {
  readonly posture: HandPosture;
  /** 21 × (x, y, z), camera frame, canonical millimetres; each joint on the ray on which it is seen. */
  readonly jointsMm: Float64Array;
  /** Unit vectors out of the back of the 5 × 3 phalanges, camera frame. */
  readonly backs: Float64Array;
  /** Reprojection error of the bent hand before its joints were put on their rays, over the palm's length on the picture. */
  readonly relativeError: number;
}

const maxIterations = 15;
/** Less gain than this share of the cost ends the search: far below what shows. */
const enoughGain = 1e-4;
/** How far a joint goes from where the canonical hand has it to the ray on which the network sees it. */
const rayShare = 1;
/** Wrist and the roots of the four fingers: what of a hand is stiff. */
const stiffLandmarks: readonly number[] = [
  handLandmark.wrist,
  handLandmark.indexRoot,
  handLandmark.middleRoot,
  handLandmark.ringRoot,
  handLandmark.littleRoot,
];

/**
 * The place and the posture of a left hand (a right one comes as its mirror picture): the canonical hand is bent within the
 * limits of its joints until it appears where the network sees it, with the calibrated focal length, its bones leaning as
 * the network's depths say. That keeps bones at their lengths, which neither the picture nor the network's own world
 * landmarks do. At last every joint is put on the very ray on which it is seen, so that a ring stays on the finger.
 * `near` is the posture of the frame before: the better one of both starts wins. Null when there is no hand before the camera.
 */
export function solveHandPose(
  sight: LeftHandSight,
  intrinsics: CameraIntrinsics,
  near: HandPosture | null = null,
): HandPose | null {
  const problem = new HandProblem(sight, intrinsics);
  const starts = [roughPosture(sight, intrinsics), near].flatMap((start) => start ?? []);
  const best = starts
    .flatMap((start) => descend(problem, start) ?? [])
    .toSorted((a, b) => a.cost - b.cost)[0];
  return best === undefined ? null : finish(best.posture, sight, intrinsics);
}

function descend(problem: HandProblem, start: HandPosture): { posture: HandPosture; cost: number } | null {
  const factor = new Float64Array(unknownCount * unknownCount);
  const step = new Float64Array(unknownCount);
  let posture = start;
  let cost = problem.linearise(posture);
  if (cost === null) return null;
  let damping = 1e-2;
  for (let iteration = 0; iteration < maxIterations; iteration += 1) {
    if (!solveDamped(unknownCount, problem.normal, problem.gradient, damping, factor, step)) return null;
    const candidate = moved(posture, step);
    const candidateCost = problem.costOf(candidate);
    if (candidateCost !== null && candidateCost < cost) {
      const gain = cost - candidateCost;
      posture = candidate;
      damping = Math.max(damping * 0.2, 1e-6);
      cost = problem.linearise(posture) ?? candidateCost;
      if (gain < cost * enoughGain) break;
    } else {
      damping *= 8;
      if (damping > 1e6) break;
    }
  }
  return { posture, cost };
}

function moved({ cameraFromHand, anglesRad }: HandPosture, step: Float64Array): HandPosture {
  const [wx = 0, wy = 0, wz = 0, tx = 0, ty = 0, tz = 0] = step;
  return {
    cameraFromHand: {
      rotation: normaliseQuaternion(
        multiplyQuaternions(quaternionFromRotationVector([wx, wy, wz]), cameraFromHand.rotation),
      ),
      translationMm: addVectors(cameraFromHand.translationMm, [tx, ty, tz]),
    },
    anglesRad: anglesRad.map((angle, index) => angle + (step[6 + index] ?? 0)),
  };
}

/** The stiff palm laid onto the world landmarks, the fingers bent as those are, the distance from the size on the picture. */
function roughPosture(sight: LeftHandSight, intrinsics: CameraIntrinsics): HandPosture | null {
  const anglesRad = Float64Array.from(jointHabits, ({ restRad }) => restRad);
  const posed = createPosedHand();
  poseHand(anglesRad, posed);
  const weights = Float64Array.from({ length: handLandmarkCount }, (_, landmark) =>
    stiffLandmarks.includes(landmark) ? 1 : 0,
  );
  const onWorld = fitRigid(posed.jointsMm, sight.worldMm, weights, false);
  if (onWorld === null) return null;
  const { rotation } = onWorld.pose;
  bendLike(sight.worldMm, rotation, anglesRad);
  poseHand(anglesRad, posed);
  return placeOnPicture(rotation, anglesRad, posed.jointsMm, sight.pixels, intrinsics);
}

/** Takes the angles of the world landmarks' bones over, each within its joint's limits. */
function bendLike(worldMm: Float64Array, rotation: Pose['rotation'], anglesRad: Float64Array): void {
  const handFromCamera = conjugate(rotation);
  canonicalHand.forEach(({ along, back }, finger) => {
    const bend: Vec3 = [
      along[1] * back[2] - along[2] * back[1],
      along[2] * back[0] - along[0] * back[2],
      along[0] * back[1] - along[1] * back[0],
    ];
    const first = finger * anglesPerFinger;
    let bentRad = 0;
    for (let bone = 0; bone < 3; bone += 1) {
      const [a, b] = [fingerRoot(finger) + bone, fingerRoot(finger) + bone + 1];
      const direction = rotateVector(handFromCamera, [
        (worldMm[b * 3] ?? 0) - (worldMm[a * 3] ?? 0),
        (worldMm[b * 3 + 1] ?? 0) - (worldMm[a * 3 + 1] ?? 0),
        (worldMm[b * 3 + 2] ?? 0) - (worldMm[a * 3 + 2] ?? 0),
      ]);
      const [forward, up, aside] = [dot(direction, along), dot(direction, back), dot(direction, bend)];
      const angleRad = Math.atan2(-up, forward);
      if (bone === 0) anglesRad[first] = withinLimits(first, Math.atan2(aside, Math.hypot(forward, up)));
      anglesRad[first + 1 + bone] = withinLimits(first + 1 + bone, angleRad - bentRad);
      bentRad += anglesRad[first + 1 + bone] ?? 0;
    }
  });
}

function withinLimits(angle: number, valueRad: number): number {
  const habit = jointHabits[angle];
  if (habit === undefined) return valueRad;
  const turnedRad = valueRad < -Math.PI / 2 - 1 ? valueRad + 2 * Math.PI : valueRad;
  return Math.min(habit.mostRad, Math.max(habit.leastRad, turnedRad));
}

function placeOnPicture(
  rotation: Pose['rotation'],
  anglesRad: Float64Array,
  jointsMm: Float64Array,
  pixels: Float64Array,
  intrinsics: CameraIntrinsics,
): HandPosture | null {
  const turned = Array.from({ length: handLandmarkCount }, (_, landmark) =>
    rotateVector(rotation, [
      jointsMm[landmark * 3] ?? 0,
      jointsMm[landmark * 3 + 1] ?? 0,
      jointsMm[landmark * 3 + 2] ?? 0,
    ]),
  );
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(turned.map(([x]) => x)), mean(turned.map(([, y]) => y))];
  const us = turned.map((_, landmark) => pixels[landmark * 2] ?? 0);
  const vs = turned.map((_, landmark) => pixels[landmark * 2 + 1] ?? 0);
  const [meanU, meanV] = [mean(us), mean(vs)];
  const spread = (a: readonly number[], b: readonly number[], c: number, d: number): number =>
    Math.sqrt(a.reduce((sum, value, index) => sum + (value - c) ** 2 + ((b[index] ?? 0) - d) ** 2, 0));
  const ofHandMm = spread(
    turned.map(([x]) => x),
    turned.map(([, y]) => y),
    meanX,
    meanY,
  );
  const onPicturePx = spread(us, vs, meanU, meanV);
  if (!(ofHandMm > 0) || !(onPicturePx > 0)) return null;
  const depthMm = (intrinsics.fxPx * ofHandMm) / onPicturePx;
  const middle = backProject(intrinsics, meanU, meanV, depthMm);
  const meanZ = mean(turned.map(([, , z]) => z));
  return {
    cameraFromHand: {
      rotation,
      translationMm: [middle[0] - meanX, middle[1] - meanY, middle[2] - meanZ],
    },
    anglesRad,
  };
}

function finish(posture: HandPosture, sight: LeftHandSight, intrinsics: CameraIntrinsics): HandPose {
  const posed = createPosedHand();
  poseHand(posture.anglesRad, posed);
  const { rotation } = posture.cameraFromHand;
  const jointsMm = new Float64Array(handLandmarkCount * 3);
  let squares = 0;
  for (let landmark = 0; landmark < handLandmarkCount; landmark += 1) {
    const at = landmark * 3;
    const place = transformPoint(posture.cameraFromHand, [
      posed.jointsMm[at] ?? 0,
      posed.jointsMm[at + 1] ?? 0,
      posed.jointsMm[at + 2] ?? 0,
    ]);
    const [uPx, vPx] = projectPoint(intrinsics, place);
    const [du, dv] = [(sight.pixels[landmark * 2] ?? 0) - uPx, (sight.pixels[landmark * 2 + 1] ?? 0) - vPx];
    squares += du * du + dv * dv;
    jointsMm.set(backProject(intrinsics, uPx + rayShare * du, vPx + rayShare * dv, -place[2]), at);
  }
  const backs = new Float64Array(posed.backs.length);
  for (let at = 0; at < backs.length; at += 3) {
    backs.set(
      rotateVector(rotation, [posed.backs[at] ?? 0, posed.backs[at + 1] ?? 0, posed.backs[at + 2] ?? 0]),
      at,
    );
  }
  const palmMm = lengthOf(canonicalHand[2]?.rootMm ?? [0, 0, 0]);
  const palmPx = (palmMm * intrinsics.fxPx) / -posture.cameraFromHand.translationMm[2];
  return {
    posture,
    jointsMm,
    backs,
    relativeError: Math.sqrt(squares / handLandmarkCount) / palmPx,
  };
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
