import os from 'node:os';

/** One measured figure beside the reference that was measured in the same run. */
export interface BenchRow {
  readonly what: string;
  readonly unit: string;
  /** Null where it could not be measured; `note` says why. */
  readonly ours: number | null;
  readonly reference: number | null;
  /** What the figure should reach, in words. */
  readonly goal?: string;
  /** How many observations stand behind it. */
  readonly samples?: number;
  readonly note?: string;
}

/** What one benchmark found, as kept in `bench/results/`. */
export interface BenchResult {
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
  readonly machine: string;
  /** What the reference is. */
  readonly reference: string;
  readonly rows: readonly BenchRow[];
}

/** This machine in words, as far as it bears on a figure. */
export function describeMachine(): string {
  const cpus = os.cpus();
  const memoryGib = Math.round(os.totalmem() / 2 ** 30);
  return `${cpus.length} × ${cpus[0]?.model.trim() ?? 'unknown CPU'}, ${memoryGib} GiB, Node ${process.versions.node}`;
}

/** The table that a run prints. */
export function tableOf({ rows }: BenchResult): string {
  const figure = (value: number | null) => (value === null ? '—' : String(Number(value.toPrecision(3))));
  const cells = rows.map((row) => [
    row.what,
    figure(row.ours),
    figure(row.reference),
    row.ours !== null && row.reference !== null && row.reference !== 0
      ? `${(row.ours / row.reference).toFixed(2)} ×`
      : '—',
    row.unit,
    row.goal ?? '',
    row.samples === undefined ? '' : String(row.samples),
    row.note ?? '',
  ]);
  const table = [['', 'ours', 'reference', 'ratio', 'unit', 'goal', 'n', 'note'], ...cells];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? [];
  return table
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
