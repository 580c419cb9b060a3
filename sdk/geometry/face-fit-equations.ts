import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { faceVertexCount } from './canonical-face.ts';
import type { FaceFitProblem } from './face-fit-problem.ts';
import { poseParameters } from './face-fit-problem.ts';
import type { FaceLandmarks } from './face-landmarks.ts';
import { landmarkPx } from './face-landmarks.ts';
import { biasFactors } from './network-slips.ts';
import type { Vec3 } from './pose.ts';
import { conjugate, rotateVector } from './pose-algebra.ts';
import type { HeadView } from './view-frame.ts';

/** Errors beyond this are an expression or a slip, not noise: they count linearly. On the picture, and in depth. */
const robustMm = 2.5;
const robustDepthMm = 6;
/** Below this height on the canonical face, mouth and jaw move with speech and smiles: by about this much. */
const movingBelowMm = -25;
const movingSdMm = 1.5;
/** A landmark is never surer than a share of a pixel. */
const pixelSd = 0.1;

/** `normal · step = −gradient`, of the landmarks alone. */
export interface Equations {
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

/** Of a problem with so many unknowns. */
export function newEquations(size: number): Equations {
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

/** Sets up the equations at a view and weights; false where a point does not lie before the camera. */
export function linearise(
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
