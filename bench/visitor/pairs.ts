import type { BenchRow } from '../bench-result.ts';
import { quantile } from '../quantile.ts';

/** Figures of both sides on the same pictures. */
export interface Pairs {
  readonly ours: number[];
  readonly reference: number[];
}

export function noPairs(): Pairs {
  return { ours: [], reference: [] };
}

/** The value below which a share of each side lies, as a row. */
export function rowOf(what: string, unit: string, pairs: Pairs, share: number, goal?: string): BenchRow {
  return {
    what,
    unit,
    ours: quantile(pairs.ours, share),
    reference: quantile(pairs.reference, share),
    samples: pairs.ours.length,
    ...(goal === undefined ? {} : { goal }),
  };
}
