import * as z from 'zod/mini';
import { claimData } from '../start/claim-data.ts';
import { openHouse } from '../start/open-house.ts';
import { printWelcome } from '../start/print-welcome.ts';
import { readStartOptions } from '../start/start-options.ts';
import { stopSignal } from '../start/stop-signal.ts';
import { modelSpecs } from '../models/model-specs.ts';
import { CommandError } from '../support/command-error.ts';
import { rootDir } from '../support/paths.ts';
import { ServerFault } from '../../server/core/server-fault.ts';
import { DevServerOrder, orderVariable } from './dev-server-order.ts';

// The server of `npm run dev`, in a process of its own so that it can be replaced when its sources change.
try {
  const order = z.parse(DevServerOrder, JSON.parse(process.env[orderVariable] ?? 'null'));
  const { settings } = readStartOptions([], process.env, rootDir);
  const stopped = Promise.race([
    stopSignal(process, Date.now),
    // The parent has gone, however it went.
    new Promise<void>((resolve) => void process.once('disconnect', resolve)),
  ]);
  const release = await claimData(settings.dataDir);
  const server = await openHouse({
    settings,
    port: order.port,
    host: '127.0.0.1',
    models: order.models.flatMap(({ id, ...model }) => {
      const spec = modelSpecs.find((candidate) => candidate.id === id);
      return spec ? [{ ...model, spec, from: 'cache' as const }] : [];
    }),
    tls: undefined,
    publicUrl: order.publicUrl,
    version: 'dev',
  });
  if (order.welcome) await printWelcome(server, undefined);
  else console.log('The server runs with the new sources.');
  process.send?.('ready');
  await stopped;
  await server.close();
  release();
  process.exit(0);
} catch (fault) {
  const known = fault instanceof CommandError || fault instanceof ServerFault;
  console.error(known ? `${fault.message} ${fault.advice}` : fault);
  process.exit(1);
}
