import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { filledPage } from './figures-page.ts';

const rootDir = path.join(import.meta.dirname, '..');

/** The folder with each bench's newest result. */
export const resultsDir = path.join(import.meta.dirname, 'results');

/** The pages on which the results are shown. */
export const pagePaths = ['docs/precision.md', 'docs/capacity.md'].map((page) => path.join(rootDir, page));

/** A page with the tables of the newest results in it: no figure on it is typed by hand. */
export async function benchPage(pagePath: string): Promise<string> {
  return await filledPage(pagePath, [resultsDir]);
}

/** Brings all pages up to date with the results. */
export async function writeBenchPages(): Promise<void> {
  for (const pagePath of pagePaths) writeFileSync(pagePath, await benchPage(pagePath));
}
