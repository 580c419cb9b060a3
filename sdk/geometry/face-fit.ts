import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { faceVertexCount } from './canonical-face.ts';
import { solveCholesky } from './cholesky.ts';
import type { FaceLandmarks } from './face-landmarks.ts';
import { landmarkPx } from './face-landmarks.ts';
import type { NetworkSlips } from './network-slips.ts';
import { biasFactors } from './network-slips.ts';
import type { Pose, Vec3 } from './pose.ts';
import {
  conjugate,
  multiplyQuaternions,
  normaliseQuaternion,
  quaternionFromRotationVector,
  rotateVector,
} from './pose-algebra.ts';
import type { ShapeModes } from './shape-modes.ts';
import type { HeadView } from './view-frame.ts';
import { headViewOf } from './view-frame.ts';

/** What earlier frames told about a face's shape: a quadratic in the weights of the shape modes. */
export interface ShapeKnowledge {
  /** Modes × modes. */
  readonly information: Float64Array;
  /** Information times the weights it speaks for. */
  readonly vector: Float64Array;
}

/** Landmarks to fit and what is known beforehand. */
export interface FaceFitProblem {
  /** 468 × (x, y, z), canonical millimetres. */
  readonly verticesMm: ArrayLike<number>;
  readonly shapeModes: ShapeModes;
  readonly slips: NetworkSlips;
  readonly landmarks: FaceLandmarks;
  readonly intrinsics: CameraIntrinsics;
  readonly initialCameraFromFace: Pose;
  readonly known: ShapeKnowledge | null;
}

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
/** Turn (3), shift across (2), nearness in percent, origin of the landmarks' depth. */
const poseParameters = 7;
const depthOriginSdMm = 100;
/** Errors beyond this are an expression or a slip, not noise: they count linearly. On the picture, and in depth. */
const robustMm = 2.5;
const robustDepthMm = 6;
/** Below this height on the canonical face, mouth and jaw move with speech and smiles: by about this much. */
const movingBelowMm = -25;
const movingSdMm = 1.5;
/**
 * How much larger than the canonical face a shape may be as a whole, share: a picture does not tell a larger face from a
 * nearer one, and the metric scale is found by other means. Chosen on the tuning seeds for the least error in depth.
 */
const sizeSd = 0.005;
/** A landmark is never surer than a share of a pixel. */
const pixelSd = 0.1;

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

/** `normal · step = −gradient`, of the landmarks alone. */
interface Equations {
  readonly size: number;
  readonly normal: Float64Array;
  readonly gradient: Float64Array;
  /** One landmark's three observations: a row each, with its weight and how much it should be less by. */
  readonly rows: Float64Array;
  readonly rowWeights: Float64Array;
  readonly residuals: Float64Array;
  /** Sum of squares across the view of what pose, shape and the network's mean error leave. */
  unexplainedMm2: number;
}

function newEquations(size: number): Equations {
  return {
    size,
    normal: new Float64Array(size * size),
    gradient: new Float64Array(size),
    rows: new Float64Array(3 * size),
    rowWeights: new Float64Array(3),
    residuals: new Float64Array(3),
    unexplainedMm2: 0,
  };
}

/**
 * Adds one landmark's observations: `row · weights` should be less by the residual, for each of the three. Only the lower half of
 * `normal` is kept. All three at once, as most of a fit's time is spent on reading and writing `normal`.
 */
function accumulate({ size, normal, gradient, rows, rowWeights, residuals }: Equations): void {
  const [across = 0, up = 0, near = 0] = rowWeights;
  const [offAcross = 0, offUp = 0, offNear = 0] = residuals;
  for (let i = 0; i < size; i += 1) {
    const a = across * (rows[i] ?? 0);
    const b = up * (rows[size + i] ?? 0);
    const c = near * (rows[2 * size + i] ?? 0);
    gradient[i] = (gradient[i] ?? 0) + a * offAcross + b * offUp + c * offNear;
    const at = i * size;
    for (let j = 0; j <= i; j += 1) {
      normal[at + j] =
        (normal[at + j] ?? 0) +
        a * (rows[j] ?? 0) +
        b * (rows[size + j] ?? 0) +
        c * (rows[2 * size + j] ?? 0);
    }
  }
}

function linearise(
  { verticesMm, shapeModes, slips, landmarks, intrinsics }: FaceFitProblem,
  view: HeadView,
  weights: Float64Array,
  equations: Equations,
): boolean {
  const { size, rows, rowWeights, residuals } = equations;
  equations.normal.fill(0);
  equations.gradient.fill(0);
  equations.unexplainedMm2 = 0;
  const { distanceMm } = view;
  const viewFromCamera = conjugate(view.cameraFromView);
  const factors = biasFactors(view);
  const mmPerPixel = distanceMm / intrinsics.fxPx;
  const pixelVariance = (pixelSd * mmPerPixel) ** 2;
  const shapeAt = poseParameters + slips.modeCount;
  const used = slips.vertices.length;
  const point: [number, number, number] = [0, 0, 0];
  for (let index = 0; index < used; index += 1) {
    const vertex = slips.vertices[index] ?? 0;
    for (let axis = 0; axis < 3; axis += 1) {
      let value = verticesMm[vertex * 3 + axis] ?? 0;
      for (let mode = 0; mode < shapeModes.count; mode += 1) {
        value +=
          (weights[shapeAt + mode] ?? 0) *
          (shapeModes.modesMm[(mode * faceVertexCount + vertex) * 3 + axis] ?? 0);
      }
      point[axis] = value;
    }
    const [x, y, z] = rotateVector(view.viewFromFace, point);
    const depthMm = distanceMm - z;
    if (!(depthMm > 1)) return false;
    const zoom = distanceMm / depthMm;
    const seen = seenInView(landmarks, vertex, intrinsics, viewFromCamera, view);
    const moving = (verticesMm[vertex * 3 + 1] ?? 0) < movingBelowMm ? movingSdMm ** 2 : 0;
    for (let axis = 0; axis < 3; axis += 1) {
      const row = axis * size;
      const at = index * 3 + axis;
      let expected = axis === 2 ? z + (weights[6] ?? 0) : (axis === 0 ? x : y) * zoom;
      for (let term = 0; term < factors.length; term += 1) {
        expected += (factors[term] ?? 0) * (slips.biasMm[term * used * 3 + at] ?? 0);
      }
      if (axis < 2) equations.unexplainedMm2 += (expected - (seen[axis] ?? 0)) ** 2;
      for (let mode = 0; mode < slips.modeCount; mode += 1) {
        const slip = slips.modesMm[mode * used * 3 + at] ?? 0;
        expected += (weights[poseParameters + mode] ?? 0) * slip;
        rows[row + poseParameters + mode] = slip;
      }
      const residual = expected - (seen[axis] ?? 0);
      // How the expected coordinate changes with the point's place in the view.
      const gx = axis === 0 ? zoom : 0;
      const gy = axis === 1 ? zoom : 0;
      const gz = axis === 2 ? 1 : ((axis === 0 ? x : y) * zoom) / depthMm;
      rows[row] = gz * y - gy * z;
      rows[row + 1] = gx * z - gz * x;
      rows[row + 2] = gy * x - gx * y;
      rows[row + 3] = gx;
      rows[row + 4] = gy;
      // The whole head's nearness does not show in the network's depth, whose origin is its own.
      rows[row + 5] = axis === 2 ? 0 : (gz * distanceMm) / 100;
      rows[row + 6] = axis === 2 ? 1 : 0;
      const inFace = rotateVector(conjugate(view.viewFromFace), [gx, gy, gz]);
      for (let mode = 0; mode < shapeModes.count; mode += 1) {
        const from = (mode * faceVertexCount + vertex) * 3;
        rows[row + shapeAt + mode] =
          inFace[0] * (shapeModes.modesMm[from] ?? 0) +
          inFace[1] * (shapeModes.modesMm[from + 1] ?? 0) +
          inFace[2] * (shapeModes.modesMm[from + 2] ?? 0);
      }
      const variance = (slips.noiseMm[at] ?? 1) ** 2 + pixelVariance + moving;
      const limit = axis === 2 ? robustDepthMm : robustMm;
      const robust = Math.min(1, limit / Math.abs(residual));
      rowWeights[axis] = robust / variance;
      residuals[axis] = residual;
    }
    accumulate(equations);
  }
  return true;
}

/** A landmark in the axes of a view: across and up at the head's distance, and towards the camera, millimetres. */
function seenInView(
  landmarks: FaceLandmarks,
  vertex: number,
  intrinsics: CameraIntrinsics,
  viewFromCamera: readonly [number, number, number, number],
  { distanceMm }: HeadView,
): Vec3 {
  const [uPx, vPx] = landmarkPx(landmarks, vertex, intrinsics);
  const ray = rotateVector(viewFromCamera, [
    (uPx - intrinsics.cxPx) / intrinsics.fxPx,
    -(vPx - intrinsics.cyPx) / intrinsics.fyPx,
    -1,
  ]);
  const depthPx = (landmarks[vertex * 3 + 2] ?? 0) * intrinsics.widthPx;
  return [
    (ray[0] / -ray[2]) * distanceMm,
    (ray[1] / -ray[2]) * distanceMm,
    (-depthPx * distanceMm) / intrinsics.fxPx,
  ];
}

/** The step with what is known beforehand added to what the landmarks say. */
function stepOf(
  { slips, shapeModes, known }: FaceFitProblem,
  weights: Float64Array,
  { size, normal, gradient }: Equations,
): Float64Array | null {
  const a = normal.slice();
  const b = new Float64Array(size);
  for (let k = 0; k < size; k += 1) b[k] = -(gradient[k] ?? 0);
  const shapeAt = poseParameters + slips.modeCount;
  for (let k = poseParameters; k < size; k += 1) {
    a[k * size + k] = (a[k * size + k] ?? 0) + 1;
    b[k] = (b[k] ?? 0) - (weights[k] ?? 0);
  }
  let enlarged = 0;
  for (let i = 0; i < shapeModes.count; i += 1) {
    enlarged += (shapeModes.sizeShares[i] ?? 0) * (weights[shapeAt + i] ?? 0);
  }
  for (let i = 0; i < shapeModes.count; i += 1) {
    const scaled = (shapeModes.sizeShares[i] ?? 0) / sizeSd ** 2;
    b[shapeAt + i] = (b[shapeAt + i] ?? 0) - scaled * enlarged;
    for (let j = 0; j <= i; j += 1) {
      const at = (shapeAt + i) * size + shapeAt + j;
      a[at] = (a[at] ?? 0) + scaled * (shapeModes.sizeShares[j] ?? 0);
    }
  }
  const origin = depthOriginSdMm ** -2;
  a[6 * size + 6] = (a[6 * size + 6] ?? 0) + origin;
  b[6] = (b[6] ?? 0) - origin * (weights[6] ?? 0);
  if (known !== null) {
    for (let i = 0; i < shapeModes.count; i += 1) {
      let pull = known.vector[i] ?? 0;
      for (let j = 0; j < shapeModes.count; j += 1) {
        const information = known.information[i * shapeModes.count + j] ?? 0;
        pull -= information * (weights[shapeAt + j] ?? 0);
        if (j <= i) {
          const at = (shapeAt + i) * size + shapeAt + j;
          a[at] = (a[at] ?? 0) + information;
        }
      }
      b[shapeAt + i] = (b[shapeAt + i] ?? 0) + pull;
    }
  }
  return solveCholesky(a, b, size, 1) ? b : null;
}

/** Pose and slips taken out of the equations (Schur's complement): what is left speaks of the shape alone. */
function toldOf(
  { slips, shapeModes }: FaceFitProblem,
  weights: Float64Array,
  { size, normal, gradient }: Equations,
): ShapeKnowledge | null {
  const others = poseParameters + slips.modeCount;
  const { count } = shapeModes;
  const a = new Float64Array(others * others);
  const cross = new Float64Array(others * (count + 1));
  for (let i = 0; i < others; i += 1) {
    for (let j = 0; j <= i; j += 1) a[i * others + j] = normal[i * size + j] ?? 0;
    const prior = i === 6 ? depthOriginSdMm ** -2 : i < poseParameters ? 0 : 1;
    a[i * others + i] = (a[i * others + i] ?? 0) + prior;
    for (let j = 0; j < count; j += 1) cross[i * (count + 1) + j] = normal[(others + j) * size + i] ?? 0;
    cross[i * (count + 1) + count] = (gradient[i] ?? 0) + prior * (weights[i] ?? 0);
  }
  const solved = cross.slice();
  if (!solveCholesky(a, solved, others, count + 1)) return null;
  const information = new Float64Array(count * count);
  const vector = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    let pull = gradient[others + i] ?? 0;
    for (let k = 0; k < others; k += 1) {
      pull -= (cross[k * (count + 1) + i] ?? 0) * (solved[k * (count + 1) + count] ?? 0);
    }
    for (let j = 0; j <= i; j += 1) {
      let sum = normal[(others + i) * size + others + j] ?? 0;
      for (let k = 0; k < others; k += 1) {
        sum -= (cross[k * (count + 1) + i] ?? 0) * (solved[k * (count + 1) + j] ?? 0);
      }
      information[i * count + j] = sum;
      information[j * count + i] = sum;
    }
    vector[i] = -pull;
  }
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j < count; j += 1) {
      vector[i] = (vector[i] ?? 0) + (information[i * count + j] ?? 0) * (weights[others + j] ?? 0);
    }
  }
  return { information, vector };
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
