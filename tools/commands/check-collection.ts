import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { checkCollection } from '../../assets/pipeline/check-collection.ts';
import { CommandError } from '../support/command-error.ts';

const usage = `Usage:
  npm run check-collection -- FOLDER   holds a house's catalogue, its files and its models against one another`;

/** `npm run check-collection`: checks a house's folder before it is deployed; fails with a line for each fault. */
export async function run([folder, ...more]: readonly string[]): Promise<number> {
  if (folder === undefined || folder.startsWith('-') || more.length > 0)
    throw new CommandError('usage', usage, '');
  const faults = await checkCollection(folder, readFile, existsSync);
  for (const fault of faults) console.error(fault);
  if (faults.length === 0) console.log(`${folder}: catalogue, files and models agree.`);
  return faults.length > 0 ? 1 : 0;
}
