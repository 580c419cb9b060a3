import { join } from 'node:path';
import type { Catalogue, MaisonId } from '../protocol/index.ts';
import { keepBackups } from './backup/backup-schedule.ts';
import { Background } from './core/background.ts';
import type { OwnedHints } from './core/hints.ts';
import { newId } from './core/random.ts';
import { houseWide, inMaison } from './core/scope.ts';
import { checkSettings, readHouseSettings, type HouseSettings } from './houses/house-settings.ts';
import { enrolmentUrl } from './devices/enrolment-url.ts';
import { readCatalogues } from './houses/pieces.ts';
import { defaultPinCost } from './houses/pin.ts';
import { activationRoutes } from './http/activation-routes.ts';
import { embedCors } from './http/embed-cors.ts';
import { saleRoutes } from './http/sale-routes.ts';
import { clientRoutes } from './http/client-routes.ts';
import { advisorRoutes } from './http/advisor-routes.ts';
import { consoleDeskRoutes } from './http/console-desk-routes.ts';
import { consoleRoutes } from './http/console-routes.ts';
import { operatorPasskeyRoutes } from './http/operator-passkey-routes.ts';
import { consoleCookie } from './http/cookies.ts';
import { createHttp } from './http/create-http.ts';
import { contractRoutes } from './http/contract-routes.ts';
import { deviceRoutes } from './http/device-routes.ts';
import { healthRoutes } from './http/health-routes.ts';
import { omsDeskRoutes } from './http/oms-desk-routes.ts';
import { omsRoutes } from './http/oms-routes.ts';
import { inboxRoutes } from './http/inbox-routes.ts';
import { Routes } from './http/serve-routes.ts';
import { watchRequests } from './http/request-watch.ts';
import { configRoute, staticRoutes } from './http/static-routes.ts';
import { connectHouses, type HouseConnections } from './oms/connect-houses.ts';
import { readConnectorConfigs } from './oms/connector-config.ts';
import { readSeeds, type OmsSeed } from './oms/embedded/oms-seed.ts';
import { plantSeed } from './oms/embedded/plant-seed.ts';
import { listen } from './listen.ts';
import { readOperatorToken } from './operator-token.ts';
import { drain } from './ops/drain.ts';
import { Health } from './ops/health.ts';
import { roomAt } from './ops/room-at.ts';
import { readLedger } from './ops/ledger-readings.ts';
import { openOps, type Ops } from './ops/open-ops.ts';
import { openDatabase, type Database } from './persistence/database.ts';
import { passkeyPlaceOf } from './passkeys/passkey-proofs.ts';
import { openPostgres } from './persistence/postgres.ts';
import { CaptureDesk } from './oms/epcis/capture-desk.ts';
import { Inbox } from './oms/inbox.ts';
import { openSqlite } from './persistence/sqlite.ts';
import { AnswerBook } from './realtime/answer-book.ts';
import { createRealtime } from './realtime/create-realtime.ts';
import { openHints } from './open-hints.ts';
import { defaultTimings, type RunningServer, type ServerConfig } from './server-config.ts';
import { createServices } from './services.ts';
import { tidyUp } from './tidy-up.ts';

/**
 * Starts a whole server: database, OMS, realtime, HTTP. Nothing is global; any number can run in one process.
 *
 * @throws {ServerFault} `port-taken`, `address-unusable`, `database-newer`, `database-unreadable`,
 *   `database-unreachable`, `redis-url-invalid`, `collections-invalid`, `connectors-invalid`,
 *   `houses-invalid`, `database-unwalled`, `metrics-port-unusable`
 */
export async function startServer(config: ServerConfig): Promise<RunningServer> {
  const seeds = await readSeeds(config.collectionsDir);
  const settings = await readHouseSettings(config.dataDir);
  const maisonIds = seeds.map(({ maison }) => maison.id);
  const catalogues = await readCatalogues(config.collectionsDir, maisonIds, settings);
  const known = seeds.map(({ maison: { id: maisonId }, stores }) => ({
    maisonId,
    storeIds: stores.map(({ id }) => id),
    catalogue: catalogues.get(maisonId),
  }));
  checkSettings(settings, known);
  const configs = await readConnectorConfigs(join(config.dataDir, 'connectors.json'));
  const { clock, random, fetch = globalThis.fetch } = config;
  const houses = connectHouses(configs, { clock, random, fetch });
  const ops = await openOps(config);
  try {
    const database = await open(config, ops);
    let hints: OwnedHints | null = null;
    try {
      hints = await openHints(config, database, ops.log);
      return await compose(config, { ops, database, hints }, seeds, catalogues, houses, settings);
    } catch (fault) {
      await hints?.close();
      await database.close();
      throw fault;
    }
  } catch (fault) {
    await ops.metrics?.close();
    throw fault;
  }
}

async function open({ databaseUrl, dataDir, clock }: ServerConfig, ops: Ops): Promise<Database> {
  const onQuery = (durationMs: number, failed: boolean) => ops.meter.queryRan(durationMs, failed);
  return databaseUrl
    ? await openDatabase(await openPostgres(databaseUrl, ops.watchPool), 'postgres', clock.nowMs(), {
        onQuery,
      })
    : await openDatabase(await openSqlite(join(dataDir, 'vitrine.sqlite')), 'sqlite', clock.nowMs(), {
        onQuery,
      });
}

async function compose(
  config: ServerConfig,
  { ops, database, hints }: { ops: Ops; database: Database; hints: OwnedHints },
  seeds: readonly OmsSeed[],
  catalogues: ReadonlyMap<MaisonId, Catalogue>,
  houses: HouseConnections,
  settings: HouseSettings,
): Promise<RunningServer> {
  const { clock, random } = config;
  const timings = { ...defaultTimings, ...config.timings };
  const { log, meter } = ops;
  const background = new Background(clock, log, meter);
  const operatorTokenPath = join(config.dataDir, 'operator-token');
  const operatorToken = await readOperatorToken(operatorTokenPath, random);
  for (const seed of seeds) await plantSeed(database, seed, random, config.pinCost ?? defaultPinCost);

  let publicUrl = config.publicUrl ?? '';
  const allowedOrigins = () => [publicUrl, ...(config.allowedOrigins ?? [])];
  const { connected, senders, placesOf } = houses;
  const services = await createServices({
    config,
    timings,
    database,
    catalogues,
    background,
    hints,
    connected,
    settings,
    meter,
    passkeyPlace: () => passkeyPlaceOf(publicUrl, allowedOrigins()),
  });
  const inbox = new Inbox({ houses: senders, database, letters: services.letters, clock });
  const captures = new CaptureDesk({
    database,
    clock,
    hint: (maisonId, hint) => services.watch(maisonId).hint(hint),
  });
  const { registry } = services;
  const watches = seeds.map(({ maison }) => services.watch(maison.id));
  const follow = async (maisonId: MaisonId) => {
    await services.watch(maisonId).start();
    await inMaison(maisonId, () => services.native.confirmWaiting(maisonId));
  };
  // The embedded OMS is our own database, and read before anybody connects. A foreign one may hang: nothing waits for it.
  const foreign = new Set(connected.map(({ maisonId }) => maisonId));
  for (const { maison } of seeds) if (!foreign.has(maison.id)) await follow(maison.id);
  await services.holds.start();
  await services.offers.start();
  await services.clients.sweeper.start();
  services.clients.marks.start();
  background.run('advisor-erasures', () => services.advisorEraser.resume());

  const http = createHttp({
    log,
    maxBodyBytes: config.maxBodyBytes,
    tls: config.tls,
    trustProxy: config.trustProxy,
    requestId: () => newId(random),
  });
  const requests = watchRequests(http, meter);
  const health = new Health({
    database,
    background,
    clock,
    roomBytes: database.kind === 'sqlite' ? () => roomAt(config.dataDir) : null,
    isStockRead: () =>
      watches.every((watch) => {
        const { maisonId, wholeAsOfMs } = watch.feed();
        return foreign.has(maisonId) || wholeAsOfMs !== null;
      }),
  });
  healthRoutes(http, health);
  const isSecure = config.tls !== undefined || publicUrl.startsWith('https:');
  const cookie = consoleCookie(isSecure);
  const routes = new Routes({ ...services, http, clock, operatorToken, inbox, cookie });
  contractRoutes(routes);
  embedCors(http, services.activations);
  const challengeRate = config.admission?.challenges;
  deviceRoutes(routes, { ...services, clock, random, challengeRate, allowedOrigins });
  activationRoutes(routes, { ...services, hints });
  clientRoutes(routes, services.clients);
  saleRoutes(routes, services);
  omsRoutes(routes, services);
  omsDeskRoutes(routes, services);
  consoleRoutes(routes, { ...services, operatorToken, cookie, clock });
  operatorPasskeyRoutes(routes, { ...services, operatorToken, cookie });
  advisorRoutes(routes, { ...services, clock });
  consoleDeskRoutes(routes, {
    ...services,
    clock,
    enrolmentUrl: (target, code) => enrolmentUrl(publicUrl, target, code),
  });
  inboxRoutes(routes, { inbox, captures, catalogues, placesOf });
  configRoute(routes, config, {
    publicUrl: () => publicUrl,
    maisons: () => houseWide('what every screen may know', () => services.houses.maisons()),
  });
  await staticRoutes(http, config, settings);
  const answers = new AnswerBook(database, clock);
  const realtime = await createRealtime({
    http,
    services,
    answers,
    hints,
    background,
    clock,
    random,
    log,
    coalesceMs: timings.coalesceMs,
    catchUpEveryMs: timings.catchUpEveryMs,
    recheckEveryMs: timings.recheckEveryMs,
    handshakeRate: config.admission?.handshakes,
    allowedOrigins,
    meter,
  });
  ops.metrics?.watch({
    isReady: async () => (await health.readiness()) === 'ok',
    sockets: realtime.sockets,
    feeds: () => watches.map((watch) => watch.feed()),
    stores: () =>
      seeds.flatMap(({ maison, stores }) => stores.map(({ id }) => ({ maisonId: maison.id, storeId: id }))),
    ledger: () => houseWide('metrics', () => readLedger(database)),
    pool: ops.readPool,
    background: () => ({ running: background.running, oldestMs: background.oldest()?.forMs ?? 0 }),
    nowMs: () => clock.nowMs(),
  });

  hints.onRejoined(() => background.run('catch-up', realtime.catchUp));
  // Each Maison's in its own time: one whose house hangs keeps no other waiting.
  for (const { maison } of seeds) {
    const reconcile = () => services.watch(maison.id).reconcile();
    const waitsFor = foreign.has(maison.id) ? 'a-house' : 'us';
    background.every('reconcile', timings.reconcileEveryMs, reconcile, waitsFor);
  }
  services.presence.start(background);
  const tidy = () => tidyUp({ ...services, database, clock, inbox, captures, answers, background });
  background.every('tidy', timings.tidyEveryMs, () => houseWide('tidying', tidy));

  const stop = async () => {
    for (const watch of watches) watch.stop();
    services.letters.stop();
    services.native.stop();
    services.clients.sweeper.stop();
    realtime.stop();
    await http.close();
    await background.close();
    await houseWide('which devices were there', () => services.presence.close());
    await ops.metrics?.close();
  };
  let url: string;
  try {
    url = await listen(http, config);
  } catch (fault) {
    await stop();
    throw fault;
  }
  publicUrl = (config.publicUrl ?? url).replace(/\/+$/, '');
  log.info({ url, database: database.kind, secondWall: database.secondWall }, 'listening');
  for (const { maison } of seeds) {
    if (foreign.has(maison.id)) background.run('oms-follow', () => follow(maison.id), 'a-house');
  }
  background.run('oms-letters', () => services.letters.start(), 'a-house');
  health.serve();
  if (config.backups && database.kind === 'sqlite') {
    const { dataDir, version, backups: plan } = config;
    keepBackups({ plan, dataDir, version, clock, background, meter });
  }

  return {
    url,
    publicUrl,
    operatorTokenPath,
    metricsUrl: ops.metricsUrl,
    houses: seeds.map(({ maison, stores, demoPin }) => ({
      maisonId: maison.id,
      maisonName: maison.name,
      stores: stores.map(({ id, name, city }) => ({ id, name, city })),
      demoPin,
    })),
    createEnrolmentLink: async (target) => {
      const made = await inMaison(target.maisonId, () => services.enrolments.make(target));
      if (!made.ok) throw new RangeError(made.error.message);
      const { code, expiresAtMs } = made.value;
      return { url: enrolmentUrl(publicUrl, target, code), code, expiresAtMs };
    },
    revokeDevice: async (deviceId) => (await houseWide('the operator', () => registry.revoke(deviceId))).ok,
    close: async () => {
      const answered = await drain({
        clock,
        timings: { noticeMs: timings.drainNoticeMs, answerMs: timings.drainMs },
        refuseNew: () => health.drain(),
        announce: realtime.announceClosing,
        idle: () => Promise.all([realtime.idle(), requests.idle()]),
      });
      if (!answered) log.warn({ drainMs: timings.drainMs }, 'closing before everything was answered');
      await stop();
      await hints.close();
      await database.close();
    },
  };
}
