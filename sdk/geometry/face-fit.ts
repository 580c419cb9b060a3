import { linearise, newEquations } from './face-fit-equations.ts';
import { stepOf, toldOf } from './face-fit-priors.ts';
import type { FaceFitProblem, ShapeKnowledge } from './face-fit-problem.ts';
import { poseParameters } from './face-fit-problem.ts';
import type { Pose } from './pose.ts';
import {
  multiplyQuaternions,
  normaliseQuaternion,
  quaternionFromRotationVector,
  rotateVector,
} from './pose-algebra.ts';
import type { HeadView } from './view-frame.ts';
import { headViewOf } from './view-frame.ts';

/** The likeliest pose and shape. */
export interface FaceFit {
  readonly cameraFromFace: Pose;
  /** Weights of the shape modes. */
  readonly shape: Float64Array;
  /** Root mean square of what neither pose nor shape nor the network's mean error explains, across the view. */
  readonly rmsMm: number;
  /** What this frame alone tells about the shape, whatever the pose. */
  readonly told: ShapeKnowledge;
}

const iterations = 2;

/**
 * The likeliest pose and shape of a face: least reprojection error with the calibrated focal length, where each landmark
 * counts by what is known of the network's errors (their mean in this view, the ways in which landmarks err together, the
 * rest of each) and the shape stays near the canonical face or what earlier frames told. Gauss–Newton on all of it at
 * once, with Huber's weights. Null when the equations have no solution or a point comes to lie behind the camera.
 */
export function fitFace(problem: FaceFitProblem): FaceFit | null {
  const { slips, shapeModes } = problem;
  const size = poseParameters + slips.modeCount + shapeModes.count;
  const equations = newEquations(size);
  const weights = new Float64Array(size);
  let pose = problem.initialCameraFromFace;
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const view = headViewOf(pose);
    if (!linearise(problem, view, weights, equations)) return null;
    const step = stepOf(problem, weights, equations);
    if (step === null) return null;
    pose = moved(pose, view, step);
    weights[6] = (weights[6] ?? 0) + (step[6] ?? 0);
    for (let k = poseParameters; k < size; k += 1) weights[k] = (weights[k] ?? 0) + (step[k] ?? 0);
    if (!isBeforeCamera(pose)) return null;
  }
  if (!linearise(problem, headViewOf(pose), weights, equations)) return null;
  const told = toldOf(problem, weights, equations);
  if (told === null) return null;
  return {
    cameraFromFace: pose,
    shape: weights.slice(poseParameters + slips.modeCount),
    rmsMm: Math.sqrt(equations.unexplainedMm2 / (2 * slips.vertices.length)),
    told,
  };
}

function moved(pose: Pose, view: HeadView, step: Float64Array): Pose {
  const [wx = 0, wy = 0, wz = 0, tx = 0, ty = 0, nearer = 0] = step;
  const turned = multiplyQuaternions(quaternionFromRotationVector([wx, wy, wz]), view.viewFromFace);
  const shift = rotateVector(view.cameraFromView, [tx, ty, (nearer * view.distanceMm) / 100]);
  return {
    rotation: normaliseQuaternion(multiplyQuaternions(view.cameraFromView, turned)),
    translationMm: [
      pose.translationMm[0] + shift[0],
      pose.translationMm[1] + shift[1],
      pose.translationMm[2] + shift[2],
    ],
  };
}

function isBeforeCamera({ rotation, translationMm }: Pose): boolean {
  return [...rotation, ...translationMm].every((value) => Number.isFinite(value)) && translationMm[2] < -1;
}
