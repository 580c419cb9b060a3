import path from 'node:path';
import { buildAll } from '../build/build-all.ts';
import { claimData } from '../start/claim-data.ts';
import { demandFreePort } from '../start/free-port.ts';
import { lanHosts } from '../start/lan-hosts.ts';
import { localCertificate } from '../start/local-authority.ts';
import { prepareModels } from '../start/prepare-models.ts';
import { printWelcome } from '../start/print-welcome.ts';
import { resetData } from '../start/reset-data.ts';
import { openHouse } from '../start/open-house.ts';
import { showSettings } from '../../server/settings/show-settings.ts';
import { readStartOptions, startUsage } from '../start/start-options.ts';
import { stopSignal } from '../start/stop-signal.ts';
import { rootDir, shortPath } from '../support/paths.ts';
import { productVersion } from '../support/product-version.ts';

/** `npm start`: finds the models, builds what is stale, keeps or makes the database, serves, and prints the addresses. */
export async function run(args: readonly string[]): Promise<number> {
  const options = readStartOptions(args, process.env, rootDir);
  if (options.help) {
    console.log(startUsage);
    return 0;
  }
  if (options.printConfig) {
    console.log(showSettings(options.read));
    return 0;
  }
  const { lan, settings } = options;
  const { port, dataDir } = settings;
  const host = settings.host ?? (lan ? '0.0.0.0' : '127.0.0.1');
  // Before anything is built or emptied: a start that cannot end well must leave all as it was.
  await demandFreePort(port, host);
  const release = await claimData(dataDir);
  try {
    if (options.reset) {
      await resetData(dataDir);
      console.log(`Began anew: ${shortPath(dataDir)} was emptied.`);
    }
    const models = await prepareModels(settings.modelsDir);
    await buildAll({ log: console.log, withPackage: false });
    const hosts = lanHosts();
    const tls = lan ? await localCertificate(path.join(dataDir, 'tls'), hosts.all, Date.now()) : undefined;
    const ownUrl = tls ? `https://${hosts.preferred}:${port}` : `http://localhost:${port}`;
    const stopped = stopSignal(process, Date.now);
    const server = await openHouse({
      settings,
      port,
      host,
      models,
      tls,
      publicUrl: settings.publicUrl ?? ownUrl,
      version: await productVersion(),
    });
    await printWelcome(server, tls && { rootUrl: `${ownUrl}/vitrine-root.crt`, keyDir: `${dataDir}/tls` });
    if (server.metricsUrl) console.log(`Metrics: ${server.metricsUrl}`);
    await stopped;
    console.log('\nClosing …');
    await server.close();
  } finally {
    release();
  }
  return 0;
}
