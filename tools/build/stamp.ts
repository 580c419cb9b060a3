import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
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

/** Runs `make` unless `stampFile` says that just these sources were made already. Returns whether it ran. */
export async function makeIfStale(
  stampFile: string,
  stamp: string,
  make: () => Promise<void>,
): Promise<boolean> {
  const made = await readFile(stampFile, 'utf8').catch(() => '');
  if (made === stamp) return false;
  await make();
  await mkdir(path.dirname(stampFile), { recursive: true });
  await writeFile(stampFile, stamp);
  return true;
}
