import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const ignored = new Set(['node_modules', 'dist', 'data', '.git']);

/** A hash over the contents of files and folders: the same sources give the same stamp, whenever they were touched. */
export function stampOf(rootDir: string, sources: readonly string[]): string {
  const hash = createHash('sha256').update(process.versions.node);
  for (const source of sources) addTo(hash, rootDir, path.join(rootDir, source));
  return hash.digest('hex');
}

function addTo(hash: ReturnType<typeof createHash>, rootDir: string, file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) return;
  if (stats.isDirectory()) {
    for (const name of readdirSync(file).toSorted()) {
      if (!ignored.has(name)) addTo(hash, rootDir, path.join(file, name));
    }
    return;
  }
  if (/\.test\.tsx?$/.test(file)) return;
  hash.update(`${path.relative(rootDir, file)}\0${stats.size}\0`).update(readFileSync(file));
}

/**
 * A hash over the names and sizes of the files below `dir` whose path in it matches: tells a build that somebody emptied,
 * or a file that was cut short, without reading what was built.
 */
export function listingOf(dir: string, files: RegExp): string {
  const hash = createHash('sha256');
  const names = existsSync(dir) ? readdirSync(dir, { recursive: true, encoding: 'utf8' }) : [];
  for (const name of names.toSorted()) {
    const stats = statSync(path.join(dir, name), { throwIfNoEntry: false });
    if (stats?.isFile() && files.test(name)) hash.update(`${name}\0${stats.size}\0`);
  }
  return hash.digest('hex');
}

/** Something that is made from sources, and the file that says from which it was made last. */
export interface Making {
  readonly stampFile: string;
  /** What sources and results look like now. */
  readonly stamp: () => string;
  readonly make: () => Promise<void>;
}

/**
 * Runs `make` unless `stampFile` says that sources and results are still those of the last time. Returns whether it ran. A
 * `make` that fails or is killed leaves no stamp, whatever it had written by then.
 */
export async function makeIfStale({ stampFile, stamp, make }: Making): Promise<boolean> {
  const made = await readFile(stampFile, 'utf8').catch(() => '');
  if (made === stamp()) return false;
  await rm(stampFile, { force: true });
  await make();
  await mkdir(path.dirname(stampFile), { recursive: true });
  await writeFile(stampFile, stamp());
  return true;
}
