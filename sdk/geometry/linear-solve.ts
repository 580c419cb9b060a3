/**
 * The solution x of `matrix · x = right` by Gaussian elimination with partial pivoting; `matrix` is size × size, row by
 * row. Neither argument is changed. Null when the equations do not settle x.
 */
export function solveLinear(matrix: ArrayLike<number>, right: ArrayLike<number>): Float64Array | null {
  const size = right.length;
  const a = Float64Array.from(matrix);
  const x = Float64Array.from(right);
  const at = (row: number, column: number): number => a[row * size + column] ?? 0;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    }
    const divisor = at(pivot, column);
    if (!(Math.abs(divisor) > 0) || !Number.isFinite(divisor)) return null;
    if (pivot !== column) {
      for (let k = column; k < size; k += 1) {
        const kept = at(column, k);
        a[column * size + k] = at(pivot, k);
        a[pivot * size + k] = kept;
      }
      const kept = x[column] ?? 0;
      x[column] = x[pivot] ?? 0;
      x[pivot] = kept;
    }
    for (let row = column + 1; row < size; row += 1) {
      const factor = at(row, column) / divisor;
      if (factor === 0) continue;
      for (let k = column; k < size; k += 1) a[row * size + k] = at(row, k) - factor * at(column, k);
      x[row] = (x[row] ?? 0) - factor * (x[column] ?? 0);
    }
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = x[row] ?? 0;
    for (let k = row + 1; k < size; k += 1) sum -= at(row, k) * (x[k] ?? 0);
    x[row] = sum / at(row, row);
  }
  return x.every((value) => Number.isFinite(value)) ? x : null;
}
