import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { codeOf, ServerFault } from '../core/server-fault.ts';

/** The file whose lock says that a backup is being written into a folder; it stays empty. */
export const backupsLockName = 'backups-in-use.lock';

/**
 * Runs `work` while no other process, and nobody else in this one, writes or clears backups in a folder. The lock is the operating
 * system's: it ends with the process, however that ends.
 *
 * @throws {ServerFault} `backup-running`
 */
export async function withBackupsClaimed<Value>(toDir: string, work: () => Promise<Value>): Promise<Value> {
  await mkdir(toDir, { recursive: true, mode: 0o700 });
  const lock = new Sqlite(join(toDir, backupsLockName), { timeout: 0 });
  try {
    // Its journal would be one more file in the folder.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    return await work();
  } catch (fault) {
    if (codeOf(fault) !== 'SQLITE_BUSY' || lock.inTransaction) throw fault;
    throw new ServerFault(
      'backup-running',
      `Another backup is being written into ${toDir}; nothing was touched.`,
      'Wait until it has ended, or name another folder.',
      { cause: fault },
    );
  } finally {
    lock.close();
  }
}
