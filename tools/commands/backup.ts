import path from 'node:path';
import { makeBackup } from '../../server/backup/make-backup.ts';
import { verifyBackup } from '../../server/backup/manifest.ts';
import { systemClock } from '../../server/core/clock.ts';
import { readSettings } from '../../server/settings/read-settings.ts';
import { CommandError } from '../support/command-error.ts';
import { rootDir } from '../support/paths.ts';
import { productVersion } from '../support/product-version.ts';

const usage = `Usage:
  npm run backup -- to <folder>       a backup of the data folder, also while its server runs
  npm run backup -- verify <backup>   holds a backup against its checksums

The data folder is VITRINE_DATA_DIR, else data/. PostgreSQL is backed up by pg_dump: docs/operations.md`;

/** `npm run backup`: makes a backup, or verifies one. */
export async function run(args: readonly string[]): Promise<number> {
  const [what, given, ...more] = args;
  if (given === undefined || more.length > 0) throw new CommandError('usage', usage, '');
  const folder = path.resolve(given);
  switch (what) {
    case 'to':
      return await backUp(folder);
    case 'verify': {
      const { files, schemaVersion, createdAtMs } = await verifyBackup(folder);
      const when = new Date(createdAtMs).toISOString();
      console.log(`Whole: ${files.length} files, made at ${when}, database version ${schemaVersion}.`);
      return 0;
    }
    default:
      throw new CommandError('usage', usage, '');
  }
}

async function backUp(toDir: string): Promise<number> {
  const { settings, sources } = readSettings(process.env, rootDir);
  if (settings.databaseUrl !== null) {
    throw new CommandError(
      'other-database',
      `${sources.databaseUrl} names a PostgreSQL server, which this command does not copy.`,
      'Use pg_dump, and copy tls/, connectors.json and houses.json of the data folder beside it: docs/operations.md.',
    );
  }
  const { folder, manifest, passedOver } = await makeBackup({
    dataDir: settings.dataDir,
    toDir,
    version: await productVersion(),
    nowMs: systemClock.nowMs(),
    // The schedule keeps as many; by hand, nothing old is removed but what nobody finished.
    keep: Number.POSITIVE_INFINITY,
  });
  for (const name of passedOver) console.log(`Passed over ${name}: it is neither a file nor a folder.`);
  console.log(`${folder}\n${manifest.files.length} files, database version ${manifest.schemaVersion}.`);
  return 0;
}
