import { join, resolve } from 'node:path';
import process from 'node:process';
import { systemClock } from './core/clock.ts';
import { systemRandom } from './core/random.ts';
import { ServerFault } from './core/server-fault.ts';
import { startServer } from './start-server.ts';

/**
 * The server alone, for work on it: `node --watch server/main.ts`. Reads PORT, HOST, VITRINE_DATA_DIR, DATABASE_URL, REDIS_URL, PUBLIC_URL.
 * `npm start` and `npm run dev` find models, build screens and call `startServer` themselves.
 */
async function main(): Promise<void> {
  const root = resolve(import.meta.dirname, '..');
  const { env } = process;
  const server = await startServer({
    port: Number(env['PORT'] ?? 8080),
    host: env['HOST'] ?? '127.0.0.1',
    dataDir: resolve(env['VITRINE_DATA_DIR'] ?? join(root, 'data')),
    databaseUrl: env['DATABASE_URL'],
    redisUrl: env['REDIS_URL'],
    webDir: join(root, 'dist/web'),
    collectionsDir: join(root, 'assets/collections'),
    models: {},
    publicUrl: env['PUBLIC_URL'] ?? null,
    version: 'dev',
    log: { level: 'info' },
    clock: systemClock,
    random: systemRandom,
  });
  const write = (line: string) => process.stdout.write(`${line}\n`);
  write(`Server: ${server.url}`);
  for (const { maisonId, maisonName, stores, demoPin } of server.houses) {
    const store = stores[0];
    if (!store) continue;
    for (const [role, name] of [
      ['kiosk', 'Mirror 1'],
      ['tablet', 'Tablet 1'],
    ] as const) {
      const link = await server.createEnrolmentLink({ maisonId, storeId: store.id, role, name });
      write(`${maisonName}, ${store.name}, ${name}: ${link.url}`);
    }
    write(`${maisonName}, advisors' PIN: ${demoPin}`);
  }
  const stop = () => {
    server.close().catch((fault: unknown) => {
      process.stderr.write(`${String(fault)}\n`);
      process.exitCode = 1;
    });
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

await main().catch((fault: unknown) => {
  if (!(fault instanceof ServerFault)) throw fault;
  process.stderr.write(`${fault.message} ${fault.advice}\n`);
  process.exitCode = 1;
});
