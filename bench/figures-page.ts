import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { BenchResult, BenchRow } from './bench-result.ts';

// A mark without its end never reaches into the next block, whose words would be lost.
const block = /<!-- figures: ([a-z-]+) -->\n(?:(?:(?!<!-- figures: )[^])*?<!-- end of figures -->\n)?/g;

/** A page of words with the tables of the results that it names in it, each from the first folder that has it. */
export async function filledPage(pagePath: string, resultDirs: readonly string[]): Promise<string> {
  const filled = readFileSync(pagePath, 'utf8').replaceAll(
    block,
    (_, name: string) =>
      `<!-- figures: ${name} -->\n\n${tableOf(name, resultDirs)}\n\n<!-- end of figures -->\n`,
  );
  return await format(filled, { ...(await resolveConfig(pagePath)), parser: 'markdown' });
}

function tableOf(name: string, resultDirs: readonly string[]): string {
  const file = resultDirs.map((dir) => path.join(dir, `${name}.json`)).find((one) => existsSync(one));
  if (file === undefined) return '_Not measured yet._';
  const result = JSON.parse(readFileSync(file, 'utf8')) as BenchResult;
  // A column in which nothing stands is left out.
  const columns = [
    { head: '', rule: '---', cell: ({ what }: BenchRow) => what },
    { head: 'unit', rule: '---', cell: ({ unit }: BenchRow) => unit },
    { head: 'ours', rule: '--:', cell: ({ ours }: BenchRow) => figure(ours) },
    { head: 'reference', rule: '--:', cell: ({ reference }: BenchRow) => figure(reference) },
    { head: 'goal', rule: '---', cell: ({ goal }: BenchRow) => goal ?? '' },
    { head: 'n', rule: '--:', cell: ({ samples }: BenchRow) => String(samples ?? '') },
    { head: 'note', rule: '---', cell: noteOf },
  ].filter(({ head, cell }) => head !== 'reference' || result.rows.some((row) => cell(row) !== '–'));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ head }) => head)),
    line(columns.map(({ rule }) => rule)),
    ...result.rows.map((row) => line(columns.map(({ cell }) => cell(row)))),
    '',
    `${result.reference === 'none' ? '' : `Reference: ${result.reference}. `}Measured ${result.at.slice(0, 10)} on ${result.machine}.`,
  ].join('\n');
}

function noteOf({ note, ours }: BenchRow): string {
  return note ?? (ours === null ? 'not measured' : '');
}

function figure(value: number | null): string {
  if (value === null) return '–';
  return String(Number(value.toPrecision(3)));
}
