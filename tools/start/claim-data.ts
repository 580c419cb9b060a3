import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { CommandError } from '../support/command-error.ts';

/** The file whose lock says that a server runs on this folder; it stays empty. */
export const claimFileName = 'in-use.lock';

/**
 * Claims a data folder for this process until the returned function is called, or the process ends however it ends: the
 * claim is a lock of the operating system's, held by an empty SQLite file, so nothing stale is ever left behind.
 *
 * @throws {CommandError} `data-in-use` while another process holds it, `data-unusable` if it cannot be written
 */
export async function claimData(dataDir: string): Promise<() => void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const lock = new Sqlite(path.join(dataDir, claimFileName), { timeout: 0 });
    try {
      // Its journal would be one more file in the folder.
      lock.pragma('journal_mode = MEMORY');
      lock.exec('BEGIN EXCLUSIVE');
    } catch (fault) {
      lock.close();
      throw fault;
    }
    return () => void lock.close();
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : undefined;
    if (code === 'SQLITE_BUSY') {
      throw new CommandError(
        'data-in-use',
        `Another Vitrine server runs on ${dataDir}; nothing was touched.`,
        'Stop it first, or give this one a folder of its own with VITRINE_DATA_DIR.',
        { cause: fault },
      );
    }
    if (code === undefined) throw fault;
    throw new CommandError(
      'data-unusable',
      `The data folder ${dataDir} cannot be written (${code}).`,
      'Give this user the right to write there, or name another folder in VITRINE_DATA_DIR.',
      { cause: fault },
    );
  }
}
