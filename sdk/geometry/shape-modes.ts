import { faceVertexCount } from './canonical-face.ts';
import { smoothModes } from './smooth-modes.ts';

/** The ways in which a client's face may differ from the canonical one, each with weights of unit variance. */
export interface ShapeModes {
  readonly count: number;
  /** Modes × 468 × (x, y, z) in canonical millimetres, head frame. */
  readonly modesMm: Float64Array;
  /** By what share a mode of weight one makes the whole face larger. */
  readonly sizeShares: Float64Array;
}

/** Features of a face vary together over about this distance. */
const reachMm = 30;
/** Standard deviation of one feature's place along one axis, once size and proportions are accounted for. */
const featureSdMm = 2;
const smoothCount = 16;
/** Standard deviations of breadth, height and depth of adult faces, shares (ANSUR II: 4 to 5 %, less what they share). */
const breadthSd = 0.04;
const heightSd = 0.025;
const depthSd = 0.025;

/** Smooth displacements along each axis, and breadth, height and depth as a whole. No shape was learnt for them. */
export function shapeModesOf(verticesMm: ArrayLike<number>): ShapeModes {
  const smooth = smoothModes(verticesMm, reachMm, smoothCount);
  const count = smoothCount * 3 + 3;
  const modesMm = new Float64Array(count * faceVertexCount * 3);
  for (let mode = 0; mode < smoothCount; mode += 1) {
    for (let axis = 0; axis < 3; axis += 1) {
      const row = (mode * 3 + axis) * faceVertexCount * 3;
      for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
        modesMm[row + vertex * 3 + axis] = featureSdMm * (smooth[mode * faceVertexCount + vertex] ?? 0);
      }
    }
  }
  [breadthSd, heightSd, depthSd].forEach((sd, axis) => {
    const row = (smoothCount * 3 + axis) * faceVertexCount * 3;
    let mean = 0;
    for (let vertex = 0; vertex < faceVertexCount; vertex += 1)
      mean += (verticesMm[vertex * 3 + axis] ?? 0) / faceVertexCount;
    for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
      modesMm[row + vertex * 3 + axis] = sd * ((verticesMm[vertex * 3 + axis] ?? 0) - mean);
    }
  });
  return { count, modesMm, sizeShares: sizeSharesOf(verticesMm, modesMm, count) };
}

/** The share of a pure enlargement about the face's middle in each mode, by least squares. */
function sizeSharesOf(verticesMm: ArrayLike<number>, modesMm: Float64Array, count: number): Float64Array {
  const size = faceVertexCount * 3;
  const offsets = new Float64Array(size);
  for (let axis = 0; axis < 3; axis += 1) {
    let mean = 0;
    for (let at = axis; at < size; at += 3) mean += (verticesMm[at] ?? 0) / faceVertexCount;
    for (let at = axis; at < size; at += 3) offsets[at] = (verticesMm[at] ?? 0) - mean;
  }
  const spread = offsets.reduce((sum, value) => sum + value * value, 0);
  return Float64Array.from({ length: count }, (_, mode) => {
    let along = 0;
    for (let at = 0; at < size; at += 1) along += (offsets[at] ?? 0) * (modesMm[mode * size + at] ?? 0);
    return along / spread;
  });
}
