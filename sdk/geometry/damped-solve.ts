/**
 * Cholesky on (N + λ·diag N)·step = −g for `size` unknowns: one step of Levenberg–Marquardt. `normal` holds N row by row
 * (symmetric), `lower` is room for its factor. False when the matrix is not positive definite.
 */
export function solveDamped(
  size: number,
  normal: Float64Array,
  gradient: Float64Array,
  damping: number,
  lower: Float64Array,
  step: Float64Array,
): boolean {
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = (normal[i * size + j] ?? 0) * (i === j ? 1 + damping : 1);
      for (let k = 0; k < j; k += 1) sum -= (lower[i * size + k] ?? 0) * (lower[j * size + k] ?? 0);
      if (i === j) {
        if (!(sum > 0)) return false;
        lower[i * size + i] = Math.sqrt(sum);
      } else lower[i * size + j] = sum / (lower[j * size + j] ?? 1);
    }
  }
  for (let i = 0; i < size; i += 1) {
    let sum = -(gradient[i] ?? 0);
    for (let k = 0; k < i; k += 1) sum -= (lower[i * size + k] ?? 0) * (step[k] ?? 0);
    step[i] = sum / (lower[i * size + i] ?? 1);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = step[i] ?? 0;
    for (let k = i + 1; k < size; k += 1) sum -= (lower[k * size + i] ?? 0) * (step[k] ?? 0);
    step[i] = sum / (lower[i * size + i] ?? 1);
  }
  return true;
}
