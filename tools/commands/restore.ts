import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkDatabase, type DatabaseCheck } from '../../server/backup/check-database.ts';
import { marksIn, restoreBackup } from '../../server/backup/restore-backup.ts';
import { settleRestored, type Settled } from '../../server/backup/settle-restored.ts';
import { systemClock } from '../../server/core/clock.ts';
import { systemRandom } from '../../server/core/random.ts';
import { houseWide } from '../../server/core/scope.ts';
import { openDatabase, type Database } from '../../server/persistence/database.ts';
import { openPostgres } from '../../server/persistence/postgres.ts';
import { openSqlite } from '../../server/persistence/sqlite.ts';
import { readSettings } from '../../server/settings/read-settings.ts';
import { serverSettings } from '../../server/settings/server-settings.ts';
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
        const marks = await marksIn(marksDirs());
        const backup = { createdAtMs: null, marks, random: systemRandom };
        tellSettled(await settleRestored(database, systemClock, backup));
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
      random: systemRandom,
      marksDirs: marksDirs(),
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

/** Where this server leaves marks of erasures, if anywhere. */
function marksDirs(): string[] {
  const { erasuresDir } = serverSettings(readSettings(process.env, rootDir).settings);
  return erasuresDir === undefined ? [] : [erasuresDir];
}

function tellSettled(settled: Settled): void {
  const {
    sessionsClosed,
    boutiques,
    clientsEnded,
    erasedAgain,
    erasedUnknown,
    advisorsAgain,
    unknownSinceMs,
  } = settled;
  console.log(
    `${sessionsClosed} open sessions were closed; every device reads the stock of ${boutiques} boutiques anew. ` +
      'Advisors sign in again. Revoke again whoever was revoked since, and count what was sold since.',
  );
  const advisorsToErase =
    erasedAgain === null
      ? ', erase again who was erased'
      : advisorsAgain > 0
        ? ` (but for ${advisorsAgain} who were erased since, whose erasure goes on with the next start)`
        : '';
  console.log(
    'Advisors who left since are back, and PINs that were changed since are the old ones: remove again who left' +
      `${advisorsToErase}, and give a start code to whoever changed theirs because others knew it. ` +
      'Start codes that were open open nothing.',
  );
  console.log(
    `${clientsEnded} clients who were known are known no more: they are asked again when they come.`,
  );
  const since = unknownSinceMs === null ? 'then' : new Date(unknownSinceMs).toISOString();
  if (erasedAgain === null) {
    console.log(
      `No marks of erasures were found. Whoever asked after ${since} to be forgotten must be forgotten again, ` +
        'in the embedded OMS too: ask the house who that was.',
    );
    return;
  }
  console.log(`${erasedAgain} clients who were erased after ${since} were erased again.`);
  if (erasedUnknown > 0) {
    console.log(
      `${erasedUnknown} more erasures since are of clients of whom nothing is held here. ` +
        'Where the house’s own system did not answer then, ask it whether it has erased them.',
    );
  }
}

function tellCheck({ faults, ...found }: DatabaseCheck): number {
  console.log(
    `Database version ${found.schemaVersion}: ${found.devices} devices, ${found.levels} levels, ` +
      `${found.sessions} sessions, ${found.activeHolds} holds.`,
  );
  for (const fault of faults) console.error(`Not whole: ${fault}.`);
  return faults.length === 0 ? 0 : 1;
}
