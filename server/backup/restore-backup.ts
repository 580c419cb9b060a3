import { chmod, copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { marksFolderName, readMarks, type ErasureMark } from '../clients/erasure-marks.ts';
import type { Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import { ServerFault } from '../core/server-fault.ts';
import { houseWide } from '../core/scope.ts';
import { openDatabase } from '../persistence/database.ts';
import { databaseNewer, newestVersion } from '../persistence/migration.ts';
import { openSqlite } from '../persistence/sqlite.ts';
import { checkDatabase, type DatabaseCheck } from './check-database.ts';
import { backupBroken, databaseName, verifyBackup, type Manifest } from './manifest.ts';
import { settleRestored, type Settled } from './settle-restored.ts';

/** What was restored. */
export interface Restored {
  readonly manifest: Manifest;
  readonly settled: Settled;
  readonly check: DatabaseCheck;
}

/** What may lie in a data folder that counts as empty: the lock by which whoever restores holds it. */
const mayBeThere = new Set(['in-use.lock']);

/** The restored database until everything about it was done. */
const preparing = 'restoring.sqlite';

/**
 * Restores a backup into an empty data folder that the caller holds. The database comes last, brought forward and settled: a
 * folder in which this failed holds none, and is emptied again of what was put there.
 *
 * @throws {ServerFault} `backup-broken`, `database-newer`, `data-not-empty`, `erasure-mark-broken`
 */
export async function restoreBackup(options: {
  readonly fromDir: string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Folders in which marks of erasures may lie, beside that of the backup itself. */
  readonly marksDirs?: readonly string[];
}): Promise<Restored> {
  const { fromDir, dataDir, clock, random } = options;
  const manifest = await verifyBackup(fromDir);
  if (manifest.schemaVersion > newestVersion) throw databaseNewer(manifest.schemaVersion);
  const marks = await marksIn([...(options.marksDirs ?? []), join(dirname(fromDir), marksFolderName)]);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const there = (await readdir(dataDir)).find((name) => !mayBeThere.has(name));
  if (there !== undefined) {
    throw new ServerFault(
      'data-not-empty',
      `${dataDir} holds ${there}; nothing was restored, and nothing was touched.`,
      'Name an empty folder, or move what is there away: a restore never overwrites.',
    );
  }
  try {
    for (const { path } of manifest.files) {
      const target = join(dataDir, path === databaseName ? preparing : path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await copyFile(join(fromDir, path), target);
      await chmod(target, 0o600);
    }
    const prepared = join(dataDir, preparing);
    const database = await openDatabase(await openSqlite(prepared), 'sqlite', clock.nowMs());
    let settled: Settled;
    let check: DatabaseCheck;
    try {
      settled = await houseWide('a restore', () =>
        settleRestored(database, clock, { createdAtMs: manifest.createdAtMs, marks, random }),
      );
      check = await houseWide('a restore', () => checkDatabase(database));
    } finally {
      await database.close();
    }
    if (check.faults.length > 0)
      throw backupBroken(`The database in ${fromDir} contradicts itself: ${check.faults.join('; ')}.`);
    await rename(prepared, join(dataDir, databaseName));
    return { manifest, settled, check };
  } catch (fault) {
    for (const name of await readdir(dataDir)) {
      if (!mayBeThere.has(name)) await rm(join(dataDir, name), { recursive: true, force: true });
    }
    throw fault;
  }
}

/**
 * The marks of erasures in these folders; null where none of them is there.
 *
 * @throws {ServerFault} `erasure-mark-broken`
 */
export async function marksIn(folders: readonly string[]): Promise<ErasureMark[] | null> {
  const found = await Promise.all([...new Set(folders)].map((folder) => readMarks(folder)));
  const marks = found.filter((one) => one !== null);
  if (marks.length === 0) return null;
  return [...new Map(marks.flat().map((mark) => [mark.id, mark])).values()];
}
