import type { Logger } from 'pino';
import type { OwnedHints } from './core/hints.ts';
import { LocalHints } from './core/hints.ts';
import { newId } from './core/random.ts';
import { RedisHints } from './core/redis-hints.ts';
import { readSecrets } from './devices/secrets.ts';
import type { Database } from './persistence/database.ts';
import type { ServerConfig } from './server-config.ts';

/**
 * Hints within this process, or over Redis where there is one.
 *
 * @throws {ServerFault} `redis-url-invalid`
 */
export async function openHints(
  { redisUrl, random }: Pick<ServerConfig, 'redisUrl' | 'random'>,
  database: Database,
  log: Logger,
): Promise<OwnedHints> {
  if (!redisUrl) return new LocalHints();
  // Nodes over one database find one another by its secret; two installations on one Redis never meet.
  const secrets = await readSecrets(database, random, () => 0);
  const stream = `vitrine:hints:${secrets.installation.slice(0, 22)}`;
  return await RedisHints.open({ url: redisUrl, stream, nodeId: newId(random), log });
}
