import { solveCholesky } from './cholesky.ts';
import type { Equations } from './face-fit-equations.ts';
import type { FaceFitProblem, ShapeKnowledge } from './face-fit-problem.ts';
import { poseParameters } from './face-fit-problem.ts';

const depthOriginSdMm = 100;
/**
 * How much larger than the canonical face a shape may be as a whole, share: a picture does not tell a larger face from a
 * nearer one, and the metric scale is found by other means. Chosen on the tuning seeds for the least error in depth.
 */
const sizeSd = 0.005;
/** The step with what is known beforehand added to what the landmarks say. */
export function stepOf(
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
export function toldOf(
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
