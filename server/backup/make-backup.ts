import { chmod, copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { codeOf, ServerFault } from '../core/server-fault.ts';
import { backupsLockName, withBackupsClaimed } from './claim-backups.ts';
import { checksumOf, databaseName, filesBelow, manifestName, type Manifest } from './manifest.ts';

/** Pages that are copied in one go; between two the event loop turns. */
const pagesPerStep = 500;

/** Begins the name of a backup's folder; the rest is the moment. */
const prefix = 'vitrine-backup-';

/** A backup that is being written, or that nobody finished. */
const partial = '.partial';

/**
 * What of a data folder is not kept: the lock, the database (copied in its own way), and the operator's token, which the next
 * start makes anew and nothing else depends on.
 */
const leftOut = /^(?:in-use\.lock|operator-token|vitrine\.sqlite(?:-wal|-shm|-journal)?)$/;
const isLeftOut = (path: string) => path === backupsLockName || leftOut.test(path);

/** A backup that was made. */
export interface MadeBackup {
  readonly folder: string;
  readonly manifest: Manifest;
  /** What is neither file nor folder and was passed over. */
  readonly passedOver: readonly string[];
}

/**
 * Copies a data folder while a server works on it: the database as it is at one moment, without making anybody wait, and every
 * other file. The folder appears whole under its name, readable by its owner only, or not at all. One at a time in one folder: another
 * that comes meanwhile is refused. Then all but the newest `keep` are removed.
 *
 * @throws {ServerFault} `backup-failed`, `backup-running`
 */
export async function makeBackup(options: BackupOptions): Promise<MadeBackup> {
  const { toDir, keep } = options;
  try {
    return await withBackupsClaimed(toDir, async () => {
      const made = await writeBackup(options);
      await rotateBackups(toDir, keep);
      return made;
    });
  } catch (fault) {
    if (fault instanceof ServerFault) throw fault;
    throw backupFailed(toDir, fault);
  }
}

/** What is backed up, and where to. */
export interface BackupOptions {
  readonly dataDir: string;
  /** The folder in which backups lie, one beside the other. */
  readonly toDir: string;
  readonly version: string;
  readonly nowMs: number;
  /** How many are kept. */
  readonly keep: number;
}

function backupFailed(toDir: string, fault: unknown): ServerFault {
  return new ServerFault(
    'backup-failed',
    `No backup was made in ${toDir}${codeOf(fault) ? ` (${codeOf(fault)})` : ''}: ${fault instanceof Error ? fault.message : ''}`,
    'Check that the folder can be written, has room, and that the data folder holds a database.',
    { cause: fault },
  );
}

async function writeBackup({ dataDir, toDir, version, nowMs }: BackupOptions): Promise<MadeBackup> {
  const name = `${prefix}${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`;
  const folder = join(toDir, name);
  const writing = join(toDir, `${name}${partial}`);
  try {
    await mkdir(writing, { mode: 0o700 });
    const schemaVersion = await copyDatabase(join(dataDir, databaseName), join(writing, databaseName));
    const { files, others } = await filesBelow(dataDir);
    // Backups may lie in the folder that they keep.
    const ownPath = relative(resolve(dataDir), resolve(toDir));
    const isOwn = (path: string) => ownPath !== '' && path.startsWith(`${ownPath}/`);
    for (const path of files) {
      if (isLeftOut(path) || isOwn(path)) continue;
      await mkdir(dirname(join(writing, path)), { recursive: true, mode: 0o700 });
      await copyFile(join(dataDir, path), join(writing, path));
    }
    const kept = (await filesBelow(writing)).files;
    const manifest: Manifest = { format: 1, version, schemaVersion, createdAtMs: nowMs, files: [] };
    for (const path of kept) {
      const file = join(writing, path);
      await chmod(file, 0o600);
      await settle(file);
      manifest.files.push({ path, bytes: (await stat(file)).size, sha256: await checksumOf(file) });
    }
    const manifestPath = join(writing, manifestName);
    await writeFile(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    await settle(manifestPath);
    await rename(writing, folder);
    return { folder, manifest, passedOver: others.filter((path) => !isOwn(path)) };
  } catch (fault) {
    await rm(writing, { recursive: true, force: true });
    throw backupFailed(toDir, fault);
  }
}

/** Copies the database as it is now, into one file that needs no other; gives its version. */
async function copyDatabase(from: string, to: string): Promise<number> {
  const source = new Sqlite(from, { readonly: true, fileMustExist: true });
  try {
    // A reader's moment: what is written meanwhile is not seen, and the copy never has to begin anew.
    source.exec('begin');
    const version = source.prepare('select max(version) from schema_migrations').pluck().get();
    await source.backup(to, { progress: () => pagesPerStep });
    source.exec('commit');
    const copy = new Sqlite(to);
    try {
      copy.pragma('journal_mode = delete');
      const found = copy.pragma('integrity_check', { simple: true });
      if (found !== 'ok') throw new Error(`The copy of the database is damaged: ${String(found)}`);
    } finally {
      copy.close();
    }
    return Number(version);
  } finally {
    source.close();
  }
}

/** Has a file on the disk, and not only on its way there. */
async function settle(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The backups in a folder that were finished, oldest first. */
export async function backupsIn(toDir: string): Promise<string[]> {
  const names = await readdir(toDir).catch((fault: unknown) => {
    if (codeOf(fault) === 'ENOENT') return [];
    throw fault;
  });
  return names.filter((name) => name.startsWith(prefix) && !name.endsWith(partial)).toSorted();
}

/** Removes all but the newest `keep` backups, and what earlier runs began and never finished. Nothing else is touched. */
export async function rotateBackups(toDir: string, keep: number): Promise<void> {
  const finished = await backupsIn(toDir);
  const old = finished.slice(0, Math.max(0, finished.length - keep));
  const unfinished = (await readdir(toDir)).filter(
    (name) => name.startsWith(prefix) && name.endsWith(partial),
  );
  for (const name of [...old, ...unfinished]) await rm(join(toDir, name), { recursive: true, force: true });
}

/** When a backup was made, by its name; null where that is no backup's. */
export function madeAtMs(name: string): number | null {
  const found = /^vitrine-backup-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/.exec(name);
  if (!found) return null;
  const [, day, hours, minutes, seconds, milliseconds] = found;
  return Date.parse(`${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`);
}
