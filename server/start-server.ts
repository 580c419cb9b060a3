import { join } from 'node:path';
import type { Catalogue, DeviceRole, MaisonId } from '../protocol/index.ts';
import { Background } from './core/background.ts';
import { LocalHints } from './core/hints.ts';
import { createLogger } from './core/logging.ts';
import { codeOf, ServerFault } from './core/server-fault.ts';
import { forgetBrowsers } from './devices/forget-browsers.ts';
import { readCatalogues } from './houses/pieces.ts';
import { defaultPinCost } from './houses/pin.ts';
import { activationRoutes } from './http/activation-routes.ts';
import { createHttp, type Http } from './http/create-http.ts';
import { deviceRoutes } from './http/device-routes.ts';
import { healthRoutes } from './http/health-routes.ts';
import { omsDeskRoutes } from './http/oms-desk-routes.ts';
import { omsRoutes } from './http/oms-routes.ts';
import { inboxRoutes } from './http/inbox-routes.ts';
import { configRoute, staticRoutes } from './http/static-routes.ts';
import { connectHouses, type HouseConnections } from './oms/connect-houses.ts';
import { readConnectorConfigs } from './oms/connector-config.ts';
import { readSeeds, type OmsSeed } from './oms/embedded/oms-seed.ts';
import { plantSeed } from './oms/embedded/plant-seed.ts';
import { readOperatorToken } from './operator-token.ts';
import { openDatabase, type Database } from './persistence/database.ts';
import { openPostgres } from './persistence/postgres.ts';
import { CaptureDesk } from './oms/epcis/capture-desk.ts';
import { Inbox } from './oms/inbox.ts';
import { openSqlite } from './persistence/sqlite.ts';
import { AnswerBook } from './realtime/answer-book.ts';
import { createRealtime } from './realtime/create-realtime.ts';
import { defaultTimings, type RunningServer, type ServerConfig } from './server-config.ts';
import { createServices } from './services.ts';

/** Log rows kept per boutique: a device that was away longer gets a snapshot. */
const keptLogRows = 5_000;

/**
 * Starts a whole server: database, OMS, realtime, HTTP. Nothing is global; any number can run in one process.
 *
 * @throws {ServerFault} `port-taken`, `address-unusable`, `database-newer`, `database-unreadable`,
 *   `database-unreachable`, `collections-invalid`, `connectors-invalid`
 */
export async function startServer(config: ServerConfig): Promise<RunningServer> {
  const seeds = await readSeeds(config.collectionsDir);
  const catalogues = await readCatalogues(
    config.collectionsDir,
    seeds.map(({ maison }) => maison.id),
  );
  const configs = await readConnectorConfigs(join(config.dataDir, 'connectors.json'));
  const { clock, random, fetch = globalThis.fetch } = config;
  const houses = connectHouses(configs, { clock, random, fetch });
  const database = await open(config);
  try {
    return await compose(config, database, seeds, catalogues, houses);
  } catch (fault) {
    await database.close();
    throw fault;
  }
}

async function open({ databaseUrl, dataDir, clock }: ServerConfig): Promise<Database> {
  return databaseUrl
    ? await openDatabase(await openPostgres(databaseUrl), 'postgres', clock.nowMs())
    : await openDatabase(await openSqlite(join(dataDir, 'vitrine.sqlite')), 'sqlite', clock.nowMs());
}

async function compose(
  config: ServerConfig,
  database: Database,
  seeds: readonly OmsSeed[],
  catalogues: ReadonlyMap<MaisonId, Catalogue>,
  houses: HouseConnections,
): Promise<RunningServer> {
  const { clock, random } = config;
  const timings = { ...defaultTimings, ...config.timings };
  const log = createLogger(config.log);
  const background = new Background(clock, log);
  const hints = new LocalHints();
  const operatorTokenPath = join(config.dataDir, 'operator-token');
  const operatorToken = await readOperatorToken(operatorTokenPath, random);
  for (const seed of seeds) await plantSeed(database, seed, random, config.pinCost ?? defaultPinCost);

  const { connected, senders, placesOf } = houses;
  const services = await createServices({
    config,
    timings,
    database,
    catalogues,
    background,
    hints,
    connected,
  });
  const inbox = new Inbox({ houses: senders, database, letters: services.letters, clock });
  const captures = new CaptureDesk({
    database,
    clock,
    hint: (maisonId, hint) => services.watch(maisonId).hint(hint),
  });
  const { registry } = services;
  const watches = seeds.map(({ maison }) => services.watch(maison.id));
  const reconcile = async () => void (await Promise.all(watches.map((watch) => watch.reconcile())));
  const follow = async (maisonId: MaisonId) => {
    await services.watch(maisonId).start();
    await services.native.confirmWaiting(maisonId);
  };
  // The embedded OMS is our own database, and read before anybody connects. A foreign one may hang: nothing waits for it.
  const foreign = new Set(connected.map(({ maisonId }) => maisonId));
  for (const { maison } of seeds) if (!foreign.has(maison.id)) await follow(maison.id);
  await services.holds.start();
  await services.offers.start();

  let publicUrl = config.publicUrl ?? '';
  const http = createHttp({ log, maxBodyBytes: config.maxBodyBytes, tls: config.tls });
  healthRoutes(http, database);
  const allowedOrigins = () => [publicUrl, ...(config.allowedOrigins ?? [])];
  deviceRoutes(http, { ...services, clock, allowedOrigins });
  activationRoutes(http, { ...services, operatorToken, hints });
  omsRoutes(http, { ...services, operatorToken });
  omsDeskRoutes(http, { ...services, operatorToken });
  await inboxRoutes(http, { inbox, captures, clock, catalogues, placesOf });
  configRoute(http, config, { publicUrl: () => publicUrl, maisons: () => services.houses.maisons() });
  await staticRoutes(http, config);
  const answers = new AnswerBook(database, clock);
  const stopRealtime = await createRealtime({
    http,
    services,
    answers,
    hints,
    background,
    clock,
    log,
    coalesceMs: timings.coalesceMs,
    recheckEveryMs: timings.recheckEveryMs,
    allowedOrigins,
  });

  background.every('reconcile', timings.reconcileEveryMs, reconcile);
  background.every('tidy', timings.tidyEveryMs, async () => {
    await services.stock.prune(keptLogRows);
    await services.oms.prune();
    await inbox.prune();
    await services.letters.prune();
    await captures.prune();
    await answers.prune();
    await services.offers.prune();
    await services.tokenKeys.prune();
    await forgetBrowsers(database, clock.nowMs());
    await services.sessions.closeForgotten();
  });

  const stop = async () => {
    for (const watch of watches) watch.stop();
    services.letters.stop();
    services.native.stop();
    stopRealtime();
    await http.close();
    await background.close();
  };
  let url: string;
  try {
    url = await listen(http, config);
  } catch (fault) {
    await stop();
    throw fault;
  }
  publicUrl = (config.publicUrl ?? url).replace(/\/+$/, '');
  log.info({ url }, 'listening');
  for (const { maison } of seeds) {
    if (foreign.has(maison.id)) background.run('oms-follow', () => follow(maison.id));
  }
  background.run('oms-letters', () => services.letters.start());

  return {
    url,
    publicUrl,
    operatorTokenPath,
    houses: seeds.map(({ maison, stores, demoPin }) => ({
      maisonId: maison.id,
      maisonName: maison.name,
      stores: stores.map(({ id, name, city }) => ({ id, name, city })),
      demoPin,
    })),
    createEnrolmentLink: async (target) => {
      const made = await registry.createEnrolment(target);
      if (!made.ok) throw new RangeError(made.error.message);
      const { code, expiresAtMs } = made.value;
      return {
        url: `${publicUrl}${pageOf[target.role]}?maison=${target.maisonId}#enrol=${code}`,
        code,
        expiresAtMs,
      };
    },
    revokeDevice: async (deviceId) => (await registry.revoke(deviceId)).ok,
    close: async () => {
      await stop();
      await database.close();
    },
  };
}

/** Where each kind of device lives. */
const pageOf: Readonly<Record<DeviceRole, string>> = {
  kiosk: '/',
  tablet: '/advisor/',
  console: '/oms/',
  embed: '/embed/',
};

async function listen(http: Http, { port, host, tls }: ServerConfig): Promise<string> {
  try {
    await http.listen({ port, host });
  } catch (fault) {
    const code = codeOf(fault);
    if (code === 'EADDRINUSE') {
      throw new ServerFault(
        'port-taken',
        `Port ${port} is taken by another program.`,
        'Stop that program, or choose another port with PORT.',
        { cause: fault },
      );
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
      throw new ServerFault(
        'address-unusable',
        `This host does not let the server listen on ${host}, port ${port} (${code}).`,
        'Choose a port above 1023 with PORT, and an address of this host with HOST.',
        { cause: fault },
      );
    }
    throw fault;
  }
  const address = http.server.address();
  const listening = typeof address === 'object' && address ? address.port : port;
  const name = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host;
  return `${tls ? 'https' : 'http'}://${name}:${listening}`;
}
