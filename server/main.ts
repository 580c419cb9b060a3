import { join, resolve } from 'node:path';
import process from 'node:process';
import { systemClock } from './core/clock.ts';
import { systemRandom } from './core/random.ts';
import { ServerFault } from './core/server-fault.ts';
import { readSettings } from './settings/read-settings.ts';
import { serverSettings } from './settings/server-settings.ts';
import { startServer } from './start-server.ts';

/**
 * The server alone, for work on it: `node --watch server/main.ts`. Reads the same settings as `npm start`; PORT=0 takes a free one.
 * `npm start` and `npm run dev` find models, build screens and call `startServer` themselves.
 */
async function main(): Promise<void> {
  const root = resolve(import.meta.dirname, '..');
  const { PORT, ...env } = process.env;
  const takesAny = PORT === '0';
  const { settings } = readSettings(takesAny ? env : process.env, root);
  const server = await startServer({
    ...serverSettings(settings),
    port: takesAny ? 0 : settings.port,
    host: settings.host ?? '127.0.0.1',
    webDir: join(root, 'dist/web'),
    collectionsDir: join(root, 'assets/collections'),
    models: {},
    publicUrl: settings.publicUrl,
    version: 'dev',
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
