import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { rootDir } from './paths.ts';

/** The product's version, as its manifest tells it. */
export async function productVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(rootDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
