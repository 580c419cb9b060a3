/** A mean that forgets its extremes. */
export interface TrimmedMean {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly standardError: number;
}

/** The mean of samples without the `perSide` least and greatest; null with fewer than two samples left. */
export function trimmedMean(samples: readonly number[], perSide: number): TrimmedMean | null {
  const kept = samples.toSorted((a, b) => a - b).slice(perSide, samples.length - perSide);
  if (kept.length < 2) return null;
  const mean = kept.reduce((sum, sample) => sum + sample, 0) / kept.length;
  const variance = kept.reduce((sum, sample) => sum + (sample - mean) ** 2, 0) / (kept.length - 1);
  return { mean, standardError: Math.sqrt(variance / kept.length) };
}
