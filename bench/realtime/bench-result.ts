import { cpus, totalmem } from 'node:os';
import process from 'node:process';

/** One line of a benchmark's table. `value` is null where it could not be measured, and `note` says why. */
export interface BenchRow {
  readonly name: string;
  readonly unit: string;
  readonly value: number | null;
  /** The reference measured in the same run. */
  readonly reference: number | null;
  /** `value / reference`. */
  readonly ratio: number | null;
  readonly note: string;
}

/** What a benchmark found, as it is written to `bench/results/<name>.json`. */
export interface BenchResult {
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
  readonly machine: string;
  readonly rows: readonly BenchRow[];
}

/** The host in words, for comparing runs. */
export function machineWords(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() || 'unnamed processor';
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${processors.length} × ${model}, ${gibibytes} GiB, Node ${process.versions.node}`;
}

/** The value below which the share `quantile` of `sorted` lies. */
export function quantileOf(sorted: readonly number[], quantile: number): number {
  const index = Math.min(sorted.length - 1, Math.max(0, Math.ceil(quantile * sorted.length) - 1));
  return sorted[index] ?? Number.NaN;
}
