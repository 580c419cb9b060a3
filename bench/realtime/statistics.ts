/**
 * The `share` quantile (0..1) of `values` by nearest rank; values need not be sorted.
 *
 * @throws {RangeError} where there is no value
 */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('There is no quantile of nothing.');
  return found;
}
