import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { BenchResult, BenchRow } from './bench-result.ts';

const rootDir = path.join(import.meta.dirname, '..');
const pagePath = path.join(rootDir, 'docs/precision.md');
// A mark without its end never reaches into the next block, whose words would be lost.
const block = /<!-- figures: ([a-z-]+) -->\n(?:(?:(?!<!-- figures: )[^])*?<!-- end of figures -->\n)?/g;

/** `docs/precision.md` with the tables of the newest results in it: no figure on the page is typed by hand. */
export async function precisionPage(): Promise<string> {
  const filled = readFileSync(pagePath, 'utf8').replaceAll(
    block,
    (_, name: string) => `<!-- figures: ${name} -->\n\n${tableOf(name)}\n\n<!-- end of figures -->\n`,
  );
  return await format(filled, { ...(await resolveConfig(pagePath)), parser: 'markdown' });
}

/** Brings the page up to date with the results. */
export async function writePrecisionPage(): Promise<void> {
  writeFileSync(pagePath, await precisionPage());
}

function tableOf(name: string): string {
  const file = path.join(rootDir, `bench/results/${name}.json`);
  if (!existsSync(file)) return '_Not measured yet._';
  const result = JSON.parse(readFileSync(file, 'utf8')) as BenchResult;
  const cells = result.rows.map((row) => [
    row.what,
    row.unit,
    figure(row.ours),
    figure(row.reference),
    row.goal ?? '',
    String(row.samples ?? ''),
    noteOf(row),
  ]);
  const table = [['', 'unit', 'ours', 'reference', 'goal', 'n', 'note'], ...cells];
  const lines = table.map((line) => `| ${line.join(' | ')} |`);
  return [
    lines[0],
    '| --- | --- | --: | --: | --- | --: | --- |',
    ...lines.slice(1),
    '',
    `Reference: ${result.reference}. Measured ${result.at.slice(0, 10)} on ${result.machine}.`,
  ].join('\n');
}

function noteOf({ note, ours }: BenchRow): string {
  return note ?? (ours === null ? 'not measured' : '');
}

function figure(value: number | null): string {
  if (value === null) return '–';
  return String(Number(value.toPrecision(3)));
}
