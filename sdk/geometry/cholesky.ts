/**
 * Solves `A x = b` in place for a symmetric positive definite `A` (n × n, row by row; only its lower half is read and is
 * replaced by its factor). `columns` right sides lie in `b`, n × columns, row by row, and are replaced by the solutions.
 * False when `A` is not positive definite; then both hold rubbish.
 */
export function solveCholesky(a: Float64Array, b: Float64Array, n: number, columns: number): boolean {
  for (let row = 0; row < n; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = a[row * n + column] ?? 0;
      for (let k = 0; k < column; k += 1) sum -= (a[row * n + k] ?? 0) * (a[column * n + k] ?? 0);
      if (row > column) a[row * n + column] = sum / (a[column * n + column] ?? 1);
      else if (sum > 0) a[row * n + row] = Math.sqrt(sum);
      else return false;
    }
  }
  for (let column = 0; column < columns; column += 1) {
    for (let row = 0; row < n; row += 1) {
      let sum = b[row * columns + column] ?? 0;
      for (let k = 0; k < row; k += 1) sum -= (a[row * n + k] ?? 0) * (b[k * columns + column] ?? 0);
      b[row * columns + column] = sum / (a[row * n + row] ?? 1);
    }
    for (let row = n - 1; row >= 0; row -= 1) {
      let sum = b[row * columns + column] ?? 0;
      for (let k = row + 1; k < n; k += 1) sum -= (a[k * n + row] ?? 0) * (b[k * columns + column] ?? 0);
      b[row * columns + column] = sum / (a[row * n + row] ?? 1);
    }
  }
  return true;
}
