import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { solveDamped } from './damped-solve.ts';
import type { Pose, Vec3 } from './pose.ts';
import {
  addVectors,
  multiplyQuaternions,
  normaliseQuaternion,
  quaternionFromRotationVector,
  rotateVector,
  subtractVectors,
} from './pose-algebra.ts';

/**
 * What a landmark network says about depth: how much farther than the weighted mean each point lies along the line of
 * sight, on the picture's own scale. It settles the tilt, which a nearly flat body's outline alone leaves vague.
 */
export interface DepthCues {
  /** Unit vector from the camera to the body, camera frame: the network looks at a crop around it, not along −z. */
  readonly lineOfSight: Vec3;
  /** Pixels a millimetre at the body's distance. */
  readonly pixelsPerMm: number;
  /** N depths in pixels, growing away from the camera, from any origin. */
  readonly depthsPx: ArrayLike<number>;
  /** How much a pixel of depth counts against a pixel on the picture. */
  readonly trust: number;
}

/** What is known of a rigid set of points and where a calibrated camera saw them. */
export interface PnpProblem {
  readonly intrinsics: CameraIntrinsics;
  /** N × (x, y, z) in the body's frame, millimetres. */
  readonly pointsMm: ArrayLike<number>;
  /** N × (u, v) in pixels of `intrinsics`. */
  readonly pixels: ArrayLike<number>;
  /** N weights; 0 leaves a point out. */
  readonly weights: ArrayLike<number>;
  /** Beyond this reprojection error a point counts linearly instead of squared (Huber). */
  readonly robustPx: number;
  readonly initialCameraFromBody: Pose;
  readonly depthCues?: DepthCues;
}

/** Where the body is. */
export interface PnpSolution {
  readonly cameraFromBody: Pose;
  /** Weighted root mean square of the reprojection error, in pixels, outliers included. */
  readonly rmsPx: number;
  readonly iterations: number;
}

const maxIterations = 24;
const smallestStep = 1e-7;
/** A point nearer than a millimetre, or behind the camera, has no picture. */
const nearestMm = -1;

/**
 * Refines a pose by Levenberg–Marquardt on the reprojection error (and on depth cues, if given), with Huber's weights. It minimises what is seen on the
 * screen with the true focal length, so a body off the optical axis gets no bias in yaw. Null when the initial pose puts
 * a weighted point behind the camera or the equations have no solution.
 * Sources: Levenberg 1944, Marquardt 1963; Huber 1964; the left perturbation of SE(3).
 */
export function refinePnp(problem: PnpProblem): PnpSolution | null {
  let pose = problem.initialCameraFromBody;
  const depths = depthsOf(problem);
  const normal = new Float64Array(36);
  const gradient = new Float64Array(6);
  const factor = new Float64Array(36);
  const step = new Float64Array(6);
  let cost = linearise(problem, depths, pose, normal, gradient);
  if (cost === null) return null;
  let damping = 1e-3;
  let iterations = 0;
  for (; iterations < maxIterations; iterations += 1) {
    if (!solveDamped(6, normal, gradient, damping, factor, step)) return null;
    const candidate = moved(pose, step);
    const candidateCost = robustCost(problem, depths, candidate);
    if (candidateCost !== null && candidateCost <= cost) {
      const gain = cost - candidateCost;
      pose = candidate;
      damping = Math.max(damping * 0.2, 1e-9);
      cost = linearise(problem, depths, pose, normal, gradient) ?? candidateCost;
      if (gain <= cost * 1e-10 || isSmall(step, pose)) break;
    } else {
      damping *= 8;
      if (damping > 1e9) break;
    }
  }
  return { cameraFromBody: pose, rmsPx: rmsPx(problem, pose), iterations };
}

/** Depth cues brought into the form of the equations: relative to their means, along one row of millimetres. */
interface CentredDepths {
  readonly cues: DepthCues;
  readonly meanPointMm: Vec3;
  readonly meanDepthPx: number;
}

function depthsOf({ depthCues, pointsMm, weights }: PnpProblem): CentredDepths | null {
  if (depthCues === undefined) return null;
  let [x, y, z, depth, total] = [0, 0, 0, 0, 0];
  for (let point = 0; point < weights.length; point += 1) {
    const weight = weights[point] ?? 0;
    const at = pointAt(pointsMm, point);
    x += weight * at[0];
    y += weight * at[1];
    z += weight * at[2];
    depth += weight * (depthCues.depthsPx[point] ?? 0);
    total += weight;
  }
  if (!(total > 0)) return null;
  return { cues: depthCues, meanPointMm: [x / total, y / total, z / total], meanDepthPx: depth / total };
}

/** How much farther the posed point lies than its cue says, in weighted pixels, and the lever from which it hangs. */
function depthResidual(
  { cues, meanPointMm, meanDepthPx }: CentredDepths,
  pose: Pose,
  pointMm: Vec3,
  point: number,
): { readonly residualPx: number; readonly lever: Vec3 } {
  const lever = rotateVector(pose.rotation, subtractVectors(pointMm, meanPointMm));
  const [sx, sy, sz] = cues.lineOfSight;
  const fartherMm = lever[0] * sx + lever[1] * sy + lever[2] * sz;
  const cuePx = (cues.depthsPx[point] ?? 0) - meanDepthPx;
  return { residualPx: cues.trust * (fartherMm * cues.pixelsPerMm - cuePx), lever };
}

/** Fills the normal equations of the weighted, robust problem at `pose`; returns its cost, null when it has none. */
function linearise(
  problem: PnpProblem,
  depths: CentredDepths | null,
  pose: Pose,
  normal: Float64Array,
  gradient: Float64Array,
): number | null {
  normal.fill(0);
  gradient.fill(0);
  const { fxPx, fyPx, cxPx, cyPx } = problem.intrinsics;
  const { robustPx } = problem;
  const row = new Float64Array(6);
  const accumulate = (weight: number, residual: number): void => {
    for (let i = 0; i < 6; i += 1) {
      const scaled = weight * (row[i] ?? 0);
      if (scaled === 0) continue;
      gradient[i] = (gradient[i] ?? 0) + scaled * residual;
      for (let j = i; j < 6; j += 1) normal[i * 6 + j] = (normal[i * 6 + j] ?? 0) + scaled * (row[j] ?? 0);
    }
  };
  let cost = 0;
  for (let point = 0; point < problem.weights.length; point += 1) {
    const weight = problem.weights[point] ?? 0;
    if (weight <= 0) continue;
    const pointMm = pointAt(problem.pointsMm, point);
    const turned = rotateVector(pose.rotation, pointMm);
    const [x, y, z] = addVectors(turned, pose.translationMm);
    if (!(z < nearestMm)) return null;
    const inverse = -1 / z;
    const ru = cxPx + fxPx * x * inverse - (problem.pixels[point * 2] ?? 0);
    const rv = cyPx - fyPx * y * inverse - (problem.pixels[point * 2 + 1] ?? 0);
    const error = Math.hypot(ru, rv);
    cost += weight * huber(error, robustPx);
    const robust = weight * huberWeight(error, robustPx);

    // The motion turns the point about the body's origin by ω (camera axes), then shifts it by τ: dp = ω × turned + τ.
    const ux = fxPx * inverse;
    const uz = fxPx * x * inverse * inverse;
    row.set([uz * turned[1], ux * turned[2] - uz * turned[0], -ux * turned[1], ux, 0, uz]);
    accumulate(robust, ru);
    const vy = -fyPx * inverse;
    const vz = -fyPx * y * inverse * inverse;
    row.set([vz * turned[1] - vy * turned[2], -vz * turned[0], vy * turned[0], 0, vy, vz]);
    accumulate(robust, rv);

    if (depths === null) continue;
    const { residualPx, lever } = depthResidual(depths, pose, pointMm, point);
    cost += weight * huber(Math.abs(residualPx), robustPx);
    const [sx, sy, sz] = depths.cues.lineOfSight;
    const k = depths.cues.trust * depths.cues.pixelsPerMm;
    row.set([
      k * (lever[1] * sz - lever[2] * sy),
      k * (lever[2] * sx - lever[0] * sz),
      k * (lever[0] * sy - lever[1] * sx),
      0,
      0,
      0,
    ]);
    accumulate(weight * huberWeight(Math.abs(residualPx), robustPx), residualPx);
  }
  for (let i = 0; i < 6; i += 1) for (let j = 0; j < i; j += 1) normal[i * 6 + j] = normal[j * 6 + i] ?? 0;
  return cost;
}

function robustCost(problem: PnpProblem, depths: CentredDepths | null, pose: Pose): number | null {
  let cost = 0;
  for (let point = 0; point < problem.weights.length; point += 1) {
    const weight = problem.weights[point] ?? 0;
    if (weight <= 0) continue;
    const errorPx = reprojectionPx(problem, pose, point);
    if (errorPx === null) return null;
    cost += weight * huber(errorPx, problem.robustPx);
    if (depths === null) continue;
    const { residualPx } = depthResidual(depths, pose, pointAt(problem.pointsMm, point), point);
    cost += weight * huber(Math.abs(residualPx), problem.robustPx);
  }
  return cost;
}

function rmsPx(problem: PnpProblem, pose: Pose): number {
  let sum = 0;
  let total = 0;
  for (let point = 0; point < problem.weights.length; point += 1) {
    const weight = problem.weights[point] ?? 0;
    if (weight <= 0) continue;
    sum += weight * (reprojectionPx(problem, pose, point) ?? 0) ** 2;
    total += weight;
  }
  return total > 0 ? Math.sqrt(sum / total) : 0;
}

function reprojectionPx(problem: PnpProblem, pose: Pose, point: number): number | null {
  const { cxPx, cyPx, fxPx, fyPx } = problem.intrinsics;
  const [x, y, z] = addVectors(
    rotateVector(pose.rotation, pointAt(problem.pointsMm, point)),
    pose.translationMm,
  );
  if (!(z < nearestMm)) return null;
  return Math.hypot(
    cxPx - (fxPx * x) / z - (problem.pixels[point * 2] ?? 0),
    cyPx + (fyPx * y) / z - (problem.pixels[point * 2 + 1] ?? 0),
  );
}

function huber(errorPx: number, robustPx: number): number {
  return errorPx <= robustPx ? errorPx * errorPx : robustPx * (2 * errorPx - robustPx);
}

function huberWeight(errorPx: number, robustPx: number): number {
  return errorPx <= robustPx ? 1 : robustPx / errorPx;
}

function pointAt(points: ArrayLike<number>, point: number): Vec3 {
  return [points[point * 3] ?? 0, points[point * 3 + 1] ?? 0, points[point * 3 + 2] ?? 0];
}

function moved(pose: Pose, step: Float64Array): Pose {
  const [wx = 0, wy = 0, wz = 0, tx = 0, ty = 0, tz = 0] = step;
  return {
    rotation: normaliseQuaternion(
      multiplyQuaternions(quaternionFromRotationVector([wx, wy, wz]), pose.rotation),
    ),
    translationMm: addVectors(pose.translationMm, [tx, ty, tz]),
  };
}

function isSmall(step: Float64Array, pose: Pose): boolean {
  const [wx = 0, wy = 0, wz = 0, tx = 0, ty = 0, tz = 0] = step;
  return (
    Math.hypot(wx, wy, wz) < smallestStep &&
    Math.hypot(tx, ty, tz) < smallestStep * Math.abs(pose.translationMm[2])
  );
}
