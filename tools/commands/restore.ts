import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkDatabase, type DatabaseCheck } from '../../server/backup/check-database.ts';
import { restoreBackup } from '../../server/backup/restore-backup.ts';
import { settleRestored } from '../../server/backup/settle-restored.ts';
import { systemClock } from '../../server/core/clock.ts';
import { houseWide } from '../../server/core/scope.ts';
import { openDatabase, type Database } from '../../server/persistence/database.ts';
import { openPostgres } from '../../server/persistence/postgres.ts';
import { openSqlite } from '../../server/persistence/sqlite.ts';
import { readSettings } from '../../server/settings/read-settings.ts';
import { claimData } from '../start/claim-data.ts';
import { CommandError } from '../support/command-error.ts';
import { rootDir } from '../support/paths.ts';

const usage = `Usage:
  npm run restore -- from <backup>   restores a backup into the empty data folder
  npm run restore -- settle          tells a PostgreSQL database that was restored by other means that time has passed
  npm run restore -- check           looks the database through, brought forward as by a start

The data folder is VITRINE_DATA_DIR, else data/. No server may run on it.`;

/** `npm run restore`: brings a backup back, and looks a database through. */
export async function run(args: readonly string[]): Promise<number> {
  const [what, given, ...more] = args;
  if ((what === 'from') !== (given !== undefined) || more.length > 0) {
    throw new CommandError('usage', usage, '');
  }
  switch (what) {
    case 'from':
      return await restore(path.resolve(given ?? ''));
    case 'settle':
      return await withDatabase(async (database) => {
        if (database.kind === 'sqlite') {
          throw new CommandError(
            'not-needed',
            'There is nothing to settle: a data folder is settled when it is restored.',
            'Set DATABASE_URL to the PostgreSQL database that was restored.',
          );
        }
        tellSettled(await settleRestored(database, systemClock, { createdAtMs: null }));
        return tellCheck(await checkDatabase(database));
      });
    case 'check':
      return await withDatabase(async (database) => tellCheck(await checkDatabase(database)));
    default:
      throw new CommandError('usage', usage, '');
  }
}

async function restore(fromDir: string): Promise<number> {
  const { settings } = readSettings(process.env, rootDir);
  const release = await claimData(settings.dataDir);
  try {
    const { manifest, settled, check } = await restoreBackup({
      fromDir,
      dataDir: settings.dataDir,
      clock: systemClock,
    });
    console.log(`Restored ${settings.dataDir} as it was at ${new Date(manifest.createdAtMs).toISOString()}.`);
    tellSettled(settled);
    return tellCheck(check);
  } finally {
    release();
  }
}

async function withDatabase(work: (database: Database) => Promise<number>): Promise<number> {
  const { settings } = readSettings(process.env, rootDir);
  const { databaseUrl, dataDir } = settings;
  const file = path.join(dataDir, 'vitrine.sqlite');
  if (databaseUrl === null && !existsSync(file)) {
    throw new CommandError(
      'no-database',
      `There is no database at ${file}.`,
      'Name its data folder with VITRINE_DATA_DIR, or the PostgreSQL server with DATABASE_URL.',
    );
  }
  const release = databaseUrl === null ? await claimData(dataDir) : () => undefined;
  try {
    const database = await openDatabase(
      databaseUrl === null ? await openSqlite(file) : await openPostgres(databaseUrl),
      databaseUrl === null ? 'sqlite' : 'postgres',
      systemClock.nowMs(),
    );
    try {
      return await houseWide('a restore', () => work(database));
    } finally {
      await database.close();
    }
  } finally {
    release();
  }
}

function tellSettled({ sessionsClosed, boutiques }: { sessionsClosed: number; boutiques: number }): void {
  console.log(
    `${sessionsClosed} open sessions were closed; every device reads the stock of ${boutiques} boutiques anew. ` +
      'Advisors sign in again. Revoke again whoever was revoked since, and count what was sold since.',
  );
}

function tellCheck({ faults, ...found }: DatabaseCheck): number {
  console.log(
    `Database version ${found.schemaVersion}: ${found.devices} devices, ${found.levels} levels, ` +
      `${found.sessions} sessions, ${found.activeHolds} holds.`,
  );
  for (const fault of faults) console.error(`Not whole: ${fault}.`);
  return faults.length === 0 ? 0 : 1;
}
