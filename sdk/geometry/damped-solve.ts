import { solveCholesky } from './cholesky.ts';

/**
 * One step of Levenberg–Marquardt: (N + λ·diag N)·step = −g for `size` unknowns. `normal` holds N row by row (symmetric),
 * `factor` is room as large. False when the matrix is not positive definite.
 */
export function solveDamped(
  size: number,
  normal: Float64Array,
  gradient: Float64Array,
  damping: number,
  factor: Float64Array,
  step: Float64Array,
): boolean {
  factor.set(normal);
  for (let i = 0; i < size; i += 1) {
    factor[i * size + i] = (normal[i * size + i] ?? 0) * (1 + damping);
    step[i] = -(gradient[i] ?? 0);
  }
  return solveCholesky(factor, step, size, 1);
}
