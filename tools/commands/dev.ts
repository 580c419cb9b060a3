import path from 'node:path';
import { createServer } from 'vite';
import { buildAll } from '../build/build-all.ts';
import { retireServiceWorker } from '../dev/retire-service-worker-plugin.ts';
import { ServerKeeper } from '../dev/server-keeper.ts';
import { claimData } from '../start/claim-data.ts';
import { anyFreePort, demandFreePort } from '../start/free-port.ts';
import { prepareModels } from '../start/prepare-models.ts';
import { resetData } from '../start/reset-data.ts';
import { readStartOptions } from '../start/start-options.ts';
import { stopSignal } from '../start/stop-signal.ts';
import { CommandError } from '../support/command-error.ts';
import { pages } from '../../vite.config.ts';
import { rootDir, shortPath } from '../support/paths.ts';

/** What the server is made of; a change of these replaces it. */
const serverSource = /^(?:(?:server|protocol)\/.*(?<!\.test)\.ts|assets\/collections\/.*\.json)$/;

/**
 * `npm run dev`: the pages by Vite with hot reload on PORT, the server behind it on a port of its own, replaced whenever
 * its sources change. The embed's script is served from its source.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { settings, ...options } = readStartOptions(args, process.env, rootDir);
  const { port, publicUrl, dataDir } = settings;
  if (options.lan || options.help) {
    throw new CommandError(
      'unknown-option',
      options.lan ? 'npm run dev serves this machine only.' : 'npm run dev [-- --reset]',
      'PORT and VITRINE_DATA_DIR mean what they mean to npm start; for a network: npm start -- --lan.',
    );
  }
  await demandFreePort(port, '127.0.0.1');
  const release = await claimData(dataDir);
  if (options.reset) {
    await resetData(dataDir);
    console.log(`Began anew: ${shortPath(dataDir)} was emptied.`);
  }
  release();
  const models = await prepareModels(settings.modelsDir);
  await buildAll({ log: console.log, withPages: false, withPackage: false });

  const stopped = stopSignal(process, Date.now);
  const serverPort = await anyFreePort('127.0.0.1');
  const keeper = new ServerKeeper({
    port: serverPort,
    publicUrl: publicUrl ?? `http://localhost:${port}`,
    models: models.map(({ spec, path, sha256, standIn }) => ({ id: spec.id, path, sha256, standIn })),
  });
  const target = `http://127.0.0.1:${serverPort}`;
  const vite = await createServer({
    configFile: path.join(rootDir, 'vite.config.ts'),
    plugins: [retireServiceWorker()],
    // Named beforehand, dynamic imports and the worker too: a dependency found late reloads the page in mid-enrolment.
    optimizeDeps: {
      entries: [...Object.values(pages), 'scenes/entry-element.ts', 'sdk/tracking/tracker-worker.ts'],
    },
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      proxy: {
        '/api': target,
        '/models': target,
        '/collections': target,
        // Drawn by the build, and missing until there was one.
        '/icons': target,
        '/manifest.webmanifest': target,
        '/livez': target,
        '/readyz': target,
        '/realtime': { target, ws: true },
      },
      watch: { ignored: ['**/dist/**', '**/data/**', '**/bench/results/**'] },
    },
  });
  await vite.listen();
  const onChange = (_event: string, file: string) => {
    const source = path.relative(rootDir, file).replaceAll(path.sep, '/');
    if (serverSource.test(source)) keeper.replace();
  };
  vite.watcher.on('all', onChange);
  const isServing = await Promise.race([keeper.start(), stopped.then(() => true)]);
  if (isServing) await stopped;
  await keeper.stop();
  await vite.close();
  return isServing ? 0 : 1;
}
