import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeMachine, type BenchResult, type BenchRow } from '../../../bench/bench-result.ts';
import { wilson } from '../../../bench/wilson.ts';

/** Where the figures of the suite lie. */
export const faultResultsDir = join(import.meta.dirname, '../results');

/** Collects what one fault came to, prints it and keeps it for `docs/reliability.md`. */
export class Figures {
  readonly #name: string;
  readonly #rows: BenchRow[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  /** A count that must be nought: how many of how many, with what that many observations can say. */
  none(what: string, found: number, of: number, note?: string): void {
    const bound = `95 % of the time below ${(wilson(found, of).high * 100).toPrecision(2)} %`;
    this.#add({
      what,
      unit: 'count',
      ours: found,
      reference: null,
      goal: '0',
      samples: of,
      note: note ? `${bound}; ${note}` : bound,
    });
  }

  /** A time or a size. */
  of(
    what: string,
    unit: string,
    value: number,
    samples: number,
    more: { goal?: string; note?: string } = {},
  ): void {
    this.#add({ what, unit, ours: value, reference: null, samples, ...more });
  }

  /** Writes the figures down. */
  keep(): void {
    const result: BenchResult = {
      name: this.#name,
      at: new Date().toISOString(),
      machine: describeMachine(),
      reference: 'none',
      rows: this.#rows,
    };
    mkdirSync(faultResultsDir, { recursive: true });
    writeFileSync(join(faultResultsDir, `${this.#name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  }

  #add(row: BenchRow): void {
    this.#rows.push(row);
    const { what, ours, unit, samples, note } = row;
    console.log(
      `  ${this.#name}: ${what}: ${Number((ours ?? 0).toPrecision(3))} ${unit} (n = ${samples})${note ? `; ${note}` : ''}`,
    );
  }
}

/** The middle of a sample. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.floor(sorted.length / 2)];
  if (found === undefined) throw new RangeError('There is no median of nothing.');
  return found;
}
