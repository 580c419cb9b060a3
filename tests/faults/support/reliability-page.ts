import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { filledPage } from '../../../bench/figures-page.ts';
import { faultResultsDir } from './figures.ts';

const pagePath = path.join(import.meta.dirname, '../../../docs/reliability.md');

/** `docs/reliability.md` with the figures of the newest run of the fault suite in it: none is typed by hand. */
export async function reliabilityPage(): Promise<string> {
  return await filledPage(pagePath, [faultResultsDir]);
}

/** Brings the page up to date with the results. */
export async function writeReliabilityPage(): Promise<void> {
  writeFileSync(pagePath, await reliabilityPage());
}
