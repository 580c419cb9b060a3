import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { systemClock } from '../../server/core/clock.ts';
import { systemRandom } from '../../server/core/random.ts';
import { startServer } from '../../server/start-server.ts';
import { serveParent } from './child-link.ts';

/** The whole Vitrine server in a process of its own, on a free port of this host. */
const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-bench-'));
const server = await startServer({
  port: 0,
  host: '127.0.0.1',
  dataDir,
  webDir: join(dataDir, 'web'),
  collectionsDir: resolve(import.meta.dirname, '../../assets/collections'),
  models: null,
  publicUrl: null,
  version: 'bench',
  log: { level: 'silent' },
  // Thousands of devices share one address here, so the rate limits' own clock runs fast; nothing else reads it.
  clock: { ...systemClock, monotonicMs: () => performance.now() * 100_000 },
  random: systemRandom,
  pinCost: 16,
});
const operatorToken = (await readFile(server.operatorTokenPath, 'utf8')).trim();
const link = await server.createEnrolmentLink({
  maisonId: 'norde',
  storeId: 'norde-marais',
  role: 'kiosk',
  name: 'Bench',
});
serveParent({ url: server.url, enrolmentCode: link.code, operatorToken }, async () => {
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
  process.exit(0);
});
