import { systemClock } from '../../server/core/clock.ts';
import { systemRandom } from '../../server/core/random.ts';
import type { RunningServer, ServerConfig } from '../../server/server-config.ts';
import { serverSettings } from '../../server/settings/server-settings.ts';
import type { Settings } from '../../server/settings/setting-specs.ts';
import { startServer } from '../../server/start-server.ts';
import type { FoundModel } from '../models/find-models.ts';
import { collectionsDir, webDir } from '../support/paths.ts';
import { servedModels } from './model-file.ts';

/** What a command has found out before it opens the house. */
export interface OpenHouseOptions extends Pick<
  ServerConfig,
  'port' | 'host' | 'tls' | 'publicUrl' | 'version'
> {
  readonly settings: Settings;
  readonly models: readonly FoundModel[];
}

/**
 * Starts the server over what this checkout holds.
 *
 * @throws {ServerFault} as `startServer` does
 */
export async function openHouse({ settings, models, ...config }: OpenHouseOptions): Promise<RunningServer> {
  return await startServer({
    ...serverSettings(settings),
    ...config,
    webDir,
    collectionsDir,
    models: await servedModels(models),
    clock: systemClock,
    random: systemRandom,
  });
}
