import { faceVertexCount } from './canonical-face.ts';

/**
 * Smooth ways in which a face may differ from the canonical one along one axis: `count` × 468 shares, so that a sum of
 * them with independent weights of unit variance varies by one at every vertex (a little less far from all pivots) and
 * alike at vertices nearer to each other than `reachMm`. These are the columns of an incomplete Cholesky decomposition,
 * largest pivots first, of a squared-exponential covariance.
 * Source: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), chapters 4 and 8.
 */
export function smoothModes(verticesMm: ArrayLike<number>, reachMm: number, count: number): Float64Array {
  const modes = new Float64Array(count * faceVertexCount);
  const left = new Float64Array(faceVertexCount).fill(1);
  const at = (vertex: number, axis: number): number => verticesMm[vertex * 3 + axis] ?? 0;
  for (let mode = 0; mode < count; mode += 1) {
    let pivot = 0;
    for (let vertex = 1; vertex < faceVertexCount; vertex += 1) {
      if ((left[vertex] ?? 0) > (left[pivot] ?? 0)) pivot = vertex;
    }
    const root = Math.sqrt(left[pivot] ?? 0);
    if (!(root > 1e-6)) break;
    for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
      const squaredMm =
        (at(vertex, 0) - at(pivot, 0)) ** 2 +
        (at(vertex, 1) - at(pivot, 1)) ** 2 +
        (at(vertex, 2) - at(pivot, 2)) ** 2;
      let value = Math.exp(-squaredMm / (2 * reachMm * reachMm));
      for (let earlier = 0; earlier < mode; earlier += 1) {
        const row = earlier * faceVertexCount;
        value -= (modes[row + vertex] ?? 0) * (modes[row + pivot] ?? 0);
      }
      const share = value / root;
      modes[mode * faceVertexCount + vertex] = share;
      left[vertex] = Math.max(0, (left[vertex] ?? 0) - share * share);
    }
  }
  return modes;
}
