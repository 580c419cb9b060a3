import type { DistanceMm } from './signed-distance.ts';

/** A point that a fitted solid must pass at a wanted signed distance. */
export interface FitTarget {
  readonly atMm: readonly [x: number, y: number, z: number];
  /** The signed distance wanted there; 0 puts the point on the surface, 2 leaves it 2 mm outside. */
  readonly distanceMm: number;
  /** How far the fit may miss that, roughly; the wider, the smoother the surface around it. */
  readonly toleranceMm: number;
}

/** One scale of the fit: a kernel's reach, and how much it may miss its targets to stay smooth. */
export interface FitScale {
  readonly reachMm: number;
  /** Times a target's squared tolerance: what is added to the kernel matrix's unit diagonal; 0 interpolates. */
  readonly ridge: number;
}

/**
 * A smooth field that, added to `base`, brings its distance at every target to the wanted value: radial basis functions
 * of compact support (Wendland C2, 1995), solved coarse to fine. Solid and targets are mirror-symmetric in x and given by
 * their half x ≥ 0; the field is built from mirrored kernel pairs, so it has no crease at the midline.
 */
export function fitCorrection(
  base: DistanceMm,
  targets: readonly FitTarget[],
  scales: readonly FitScale[],
): DistanceMm {
  const layers: DistanceMm[] = [];
  for (const scale of scales) {
    const residual = targets.map((target) => {
      const [x, y, z] = target.atMm;
      return target.distanceMm - layers.reduce((sum, layer) => sum + layer(x, y, z), base(x, y, z));
    });
    layers.push(solveLayer(targets, residual, scale));
  }
  return (x, y, z) => {
    let sum = 0;
    for (const layer of layers) sum += layer(x, y, z);
    return sum;
  };
}

function solveLayer(targets: readonly FitTarget[], residual: readonly number[], scale: FitScale): DistanceMm {
  const count = targets.length;
  const ridges = targets.map((target) => scale.ridge * target.toleranceMm ** 2);
  const xs = Float64Array.from(targets, (target) => target.atMm[0]);
  const ys = Float64Array.from(targets, (target) => target.atMm[1]);
  const zs = Float64Array.from(targets, (target) => target.atMm[2]);
  const matrix = new Float64Array(count * count);
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      const dy = (ys[row] ?? 0) - (ys[column] ?? 0);
      const dz = (zs[row] ?? 0) - (zs[column] ?? 0);
      const near = (xs[row] ?? 0) - (xs[column] ?? 0);
      const far = (xs[row] ?? 0) + (xs[column] ?? 0);
      const across = dy * dy + dz * dz;
      matrix[row * count + column] =
        wendland(across + near * near, scale.reachMm) +
        wendland(across + far * far, scale.reachMm) +
        (row === column ? (ridges[row] ?? 0) : 0);
    }
  }
  const weights = solveSymmetric(matrix, Float64Array.from(residual));
  const reachSquared = scale.reachMm * scale.reachMm;
  return (x, y, z) => {
    let sum = 0;
    const side = Math.abs(x);
    for (let i = 0; i < count; i += 1) {
      const dy = y - (ys[i] ?? 0);
      const dz = z - (zs[i] ?? 0);
      const across = dy * dy + dz * dz;
      if (across >= reachSquared) continue;
      const near = side - (xs[i] ?? 0);
      const far = side + (xs[i] ?? 0);
      const weight = weights[i] ?? 0;
      if (across + near * near < reachSquared) {
        sum += weight * wendland(across + near * near, scale.reachMm);
        if (across + far * far < reachSquared) sum += weight * wendland(across + far * far, scale.reachMm);
      }
    }
    return sum;
  };
}

function wendland(squaredMm: number, reachMm: number): number {
  const r = Math.sqrt(squaredMm) / reachMm;
  if (r >= 1) return 0;
  const falling = (1 - r) * (1 - r);
  return falling * falling * (4 * r + 1);
}

/** Solves A x = b for a symmetric positive definite A (row-major) by Cholesky; A is overwritten. */
function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const at = (row: number, column: number): number => a[row * n + column] ?? 0;
  for (let column = 0; column < n; column += 1) {
    for (let row = column; row < n; row += 1) {
      let sum = at(row, column);
      for (let k = 0; k < column; k += 1) sum -= at(row, k) * at(column, k);
      // The kernel is positive definite, so a pivot this small means that two targets coincide.
      if (row === column && sum < 1e-10) throw new RangeError('Two fit targets coincide.');
      a[row * n + column] = row === column ? Math.sqrt(sum) : sum / at(column, column);
    }
  }
  const x = Float64Array.from(b);
  for (let row = 0; row < n; row += 1) {
    let sum = x[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= at(row, k) * (x[k] ?? 0);
    x[row] = sum / at(row, row);
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    let sum = x[row] ?? 0;
    for (let k = row + 1; k < n; k += 1) sum -= at(k, row) * (x[k] ?? 0);
    x[row] = sum / at(row, row);
  }
  return x;
}
