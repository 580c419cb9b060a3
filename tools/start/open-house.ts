import { systemClock } from '../../server/core/clock.ts';
import { systemRandom } from '../../server/core/random.ts';
import type { RunningServer, ServerConfig } from '../../server/server-config.ts';
import { startServer } from '../../server/start-server.ts';
import type { FoundModel } from '../models/find-models.ts';
import { collectionsDir, webDir } from '../support/paths.ts';
import { servedModels } from './model-file.ts';
import type { StartOptions } from './start-options.ts';

/** What a command has found out before it opens the house. */
export interface OpenHouseOptions extends Pick<
  ServerConfig,
  'port' | 'host' | 'tls' | 'publicUrl' | 'version'
> {
  readonly options: Pick<StartOptions, 'dataDir' | 'logLevel'>;
  readonly models: readonly FoundModel[];
}

/**
 * Starts the server over what this checkout holds.
 *
 * @throws {ServerFault} as `startServer` does
 */
export async function openHouse({ options, models, ...config }: OpenHouseOptions): Promise<RunningServer> {
  return await startServer({
    ...config,
    dataDir: options.dataDir,
    databaseUrl: process.env['DATABASE_URL'],
    redisUrl: process.env['REDIS_URL'],
    webDir,
    collectionsDir,
    models: await servedModels(models),
    log: { level: options.logLevel },
    clock: systemClock,
    random: systemRandom,
  });
}
