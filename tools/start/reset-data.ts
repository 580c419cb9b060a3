import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { settingsFileName } from '../../server/settings/read-settings.ts';
import { CommandError } from '../support/command-error.ts';
import { claimFileName } from './claim-data.ts';

/**
 * What this product writes into its data folder. The certificate authority stays, since devices already trust its root,
 * and so do the house's connectors, its settings and the lock by which whoever empties the folder holds it.
 */
const ours = [/^vitrine\.sqlite(-wal|-shm)?$/, /^operator-token$/, /^token-secret$/];
const kept = new Set(['tls', 'connectors.json', 'houses.json', settingsFileName, claimFileName]);

/**
 * Empties the data folder of what we wrote there, and of nothing else: a folder that holds other things is refused, since
 * it is then more likely a mistyped path than our data.
 */
export async function resetData(dataDir: string): Promise<void> {
  const names = await readdir(dataDir).catch(() => []);
  const foreign = names.find((name) => !kept.has(name) && !ours.some((pattern) => pattern.test(name)));
  if (foreign !== undefined) {
    throw new CommandError(
      'foreign-data',
      `${dataDir} holds "${foreign}", which Vitrine did not write; nothing was removed.`,
      'Name the right folder in VITRINE_DATA_DIR, or move that file away.',
    );
  }
  for (const name of names) {
    if (!kept.has(name)) await rm(path.join(dataDir, name));
  }
}
