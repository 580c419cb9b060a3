import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { cardCornersMm, onCard } from './card.ts';
import type { Quad } from './homography.ts';
import { solveLinear } from './linear-solve.ts';
import type { Pose } from './pose.ts';
import {
  addVectors,
  multiplyQuaternions,
  normaliseQuaternion,
  quaternionFromRotationVector,
  rotateVector,
} from './pose-algebra.ts';

/** A focal length and every card's pose, together of least reprojection error. */
export interface FocalSolution {
  readonly focalPx: number;
  /** Standard deviation of the focal length, as a share of it. */
  readonly focalSd: number;
  readonly rmsPx: number;
  /** The same of each view. */
  readonly viewRmsPx: readonly number[];
  readonly cameraFromCards: readonly Pose[];
}

const maxIterations = 40;
/** No detector of corners is better than this: the interval never claims that the noise seen was all there is. */
const leastNoisePx = 0.05;

/** One view's share of the normal equations: 6 for its pose, one for the logarithm of the focal length. */
interface ViewEquations {
  readonly poseNormal: Float64Array;
  readonly poseGradient: Float64Array;
  readonly mixed: Float64Array;
  focalNormal: number;
  focalGradient: number;
  cost: number;
}

/**
 * Levenberg–Marquardt over the focal length (its logarithm) and every pose. A pose meets only its own view, so each is
 * eliminated by itself and one equation is left for the focal length; what is left of its normal matrix is the inverse of
 * its variance. Null when a card is behind the camera or the equations have no solution.
 * Source: Triggs et al., Bundle adjustment, a modern synthesis (2000), section 6 (Schur complement).
 */
export function refineFocal(
  views: readonly Quad[],
  intrinsics: CameraIntrinsics,
  initialCameraFromCards: readonly Pose[],
): FocalSolution | null {
  let poses = initialCameraFromCards;
  let focalPx = intrinsics.fxPx;
  let equations = linearise(views, intrinsics, focalPx, poses);
  if (equations === null) return null;
  let damping = 1e-3;
  for (let iteration = 0; iteration < maxIterations; iteration += 1) {
    const step = solveStep(equations, damping);
    if (step === null) return null;
    const nextFocalPx = focalPx * Math.exp(Math.max(-0.5, Math.min(0.5, step.focal)));
    const nextPoses = poses.map((pose, view) => moved(pose, step.poses[view] ?? new Float64Array(6)));
    const next = linearise(views, intrinsics, nextFocalPx, nextPoses);
    const [cost, nextCost] = [costOf(equations), next === null ? Number.POSITIVE_INFINITY : costOf(next)];
    if (next !== null && nextCost <= cost) {
      [poses, focalPx, equations] = [nextPoses, nextFocalPx, next];
      damping = Math.max(damping * 0.2, 1e-9);
      if (cost - nextCost <= cost * 1e-10) break;
    } else {
      damping *= 8;
      if (damping > 1e9) break;
    }
  }
  const information = solveStep(equations, 0)?.focalInformation ?? 0;
  const cost = costOf(equations);
  const freedom = Math.max(1, 2 * views.length - 1);
  const noisePx = Math.max(leastNoisePx, Math.sqrt(cost / freedom));
  return {
    focalPx,
    focalSd: information > 0 ? noisePx / Math.sqrt(information) : Number.POSITIVE_INFINITY,
    rmsPx: Math.sqrt(cost / (4 * views.length)),
    viewRmsPx: equations.map((view) => Math.sqrt(view.cost / 4)),
    cameraFromCards: poses,
  };
}

function costOf(equations: readonly ViewEquations[]): number {
  return equations.reduce((sum, view) => sum + view.cost, 0);
}

function linearise(
  views: readonly Quad[],
  { cxPx, cyPx }: CameraIntrinsics,
  focalPx: number,
  poses: readonly Pose[],
): ViewEquations[] | null {
  const all: ViewEquations[] = [];
  for (const [index, corners] of views.entries()) {
    const pose = poses[index];
    if (pose === undefined) return null;
    const view: ViewEquations = {
      poseNormal: new Float64Array(36),
      poseGradient: new Float64Array(6),
      mixed: new Float64Array(6),
      focalNormal: 0,
      focalGradient: 0,
      cost: 0,
    };
    for (const [corner, [u, v]] of corners.entries()) {
      const turned = rotateVector(pose.rotation, onCard(cardCornersMm[corner] ?? [0, 0]));
      const [x, y, z] = addVectors(turned, pose.translationMm);
      if (!(z < -1)) return null;
      const inverse = -1 / z;
      const [du, dv] = [focalPx * x * inverse, -focalPx * y * inverse];
      // The same derivatives as in `refinePnp`: the motion turns the point about the card's middle, then shifts it.
      const [ux, uz] = [focalPx * inverse, du * inverse];
      const [vy, vz] = [-focalPx * inverse, dv * inverse];
      accumulate(view, cxPx + du - u, du, [
        uz * turned[1],
        ux * turned[2] - uz * turned[0],
        -ux * turned[1],
        ux,
        0,
        uz,
      ]);
      accumulate(view, cyPx + dv - v, dv, [
        vz * turned[1] - vy * turned[2],
        -vz * turned[0],
        vy * turned[0],
        0,
        vy,
        vz,
      ]);
    }
    all.push(view);
  }
  return all;
}

function accumulate(view: ViewEquations, residual: number, byFocal: number, byPose: readonly number[]): void {
  view.cost += residual * residual;
  view.focalNormal += byFocal * byFocal;
  view.focalGradient += byFocal * residual;
  byPose.forEach((derivative, i) => {
    view.poseGradient[i] = (view.poseGradient[i] ?? 0) + derivative * residual;
    view.mixed[i] = (view.mixed[i] ?? 0) + derivative * byFocal;
    byPose.forEach((other, j) => {
      view.poseNormal[i * 6 + j] = (view.poseNormal[i * 6 + j] ?? 0) + derivative * other;
    });
  });
}

interface Step {
  readonly focal: number;
  /** What the poses leave of the focal length's normal matrix. */
  readonly focalInformation: number;
  readonly poses: readonly Float64Array[];
}

function solveStep(equations: readonly ViewEquations[], damping: number): Step | null {
  let [information, gradient] = [0, 0];
  const eliminated: { readonly byGradient: Float64Array; readonly byFocal: Float64Array }[] = [];
  for (const view of equations) {
    const normal = view.poseNormal.slice();
    for (let i = 0; i < 6; i += 1) normal[i * 7] = (normal[i * 7] ?? 0) * (1 + damping);
    const byGradient = solveLinear(normal, view.poseGradient);
    const byFocal = solveLinear(normal, view.mixed);
    if (byGradient === null || byFocal === null) return null;
    information += view.focalNormal * (1 + damping) - dot(view.mixed, byFocal);
    gradient += view.focalGradient - dot(view.mixed, byGradient);
    eliminated.push({ byGradient, byFocal });
  }
  // Without any tilt nothing is left: the focal length then stays where it is.
  const focal = information > 0 ? -gradient / information : 0;
  const poses = eliminated.map(({ byGradient, byFocal }) =>
    byGradient.map((value, i) => -value - (byFocal[i] ?? 0) * focal),
  );
  return { focal, focalInformation: information, poses };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function moved(pose: Pose, [wx = 0, wy = 0, wz = 0, tx = 0, ty = 0, tz = 0]: Float64Array): Pose {
  return {
    rotation: normaliseQuaternion(
      multiplyQuaternions(quaternionFromRotationVector([wx, wy, wz]), pose.rotation),
    ),
    translationMm: addVectors(pose.translationMm, [tx, ty, tz]),
  };
}
