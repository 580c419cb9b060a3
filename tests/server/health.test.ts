import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import { pino } from 'pino';
import * as z from 'zod/mini';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../sdk/core/clock.ts';
import { StockFeedsReply } from '../../protocol/index.ts';
import { Background } from '../../server/core/background.ts';
import { Health } from '../../server/ops/health.ts';
import type { Database } from '../../server/persistence/database.ts';
import { defaultTimings } from '../../server/server-config.ts';
import { omsCapabilities } from '../../protocol/connector/index.ts';
import { newestVersion } from '../../server/persistence/migration.ts';
import { ConnectedServer } from './support/connected-server.ts';
import { freshDatabases, freshSchema, testPostgresUrl } from './support/databases.ts';
import { EmbeddedHouse } from './support/embedded-house.ts';
import { FakeHouse, houseNames, houseSecret } from './support/fake-house.ts';
import { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { handOff, valueOf } from './support/visit.ts';

async function look(url: string) {
  const response = await fetch(url);
  return { status: response.status, body: (await response.json()) as unknown };
}

/** What somebody else does to the database of a running server. */
interface Meddler {
  readonly server: TestServer;
  readonly run: (statement: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

async function onSqlite(): Promise<Meddler> {
  const server = await TestServer.start();
  const database = new Sqlite(join(server.dataDir, 'vitrine.sqlite'));
  return {
    server,
    run: async (statement) => void database.exec(statement),
    stop: async () => {
      database.close();
      await server.stop();
    },
  };
}

async function onPostgres(serverUrl: string): Promise<Meddler> {
  const { url, drop } = await freshSchema(serverUrl);
  const server = await TestServer.start({ databaseUrl: url }, drop);
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    server,
    run: async (statement) => void (await client.query(statement)),
    stop: async () => {
      await client.end();
      await server.stop();
    },
  };
}

const kinds = [
  { name: 'SQLite', start: onSqlite },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', start: () => onPostgres(testPostgresUrl ?? '') }]),
];

describe.each(kinds)('ready, on $name', ({ start }) => {
  let meddler: Meddler;
  beforeAll(async () => {
    meddler = await start();
  });
  afterAll(async () => {
    await meddler.stop();
  });
  const ready = async () => {
    meddler.server.clock.advance(1_500);
    return await look(`${meddler.server.url}/readyz`);
  };

  it('is said while the database takes what is written', async () => {
    expect(await ready()).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('is not said of a database that a newer program has brought forward meanwhile', async () => {
    await meddler.run(`insert into schema_migrations values (${newestVersion + 1}, 'tomorrow', 0)`);
    expect(await ready()).toEqual({ status: 503, body: { status: 'database-newer' } });
    await meddler.run(`delete from schema_migrations where version = ${newestVersion + 1}`);
    expect(await ready()).toMatchObject({ status: 200 });
  });

  it('is not said of a database that cannot be written, until it can', async () => {
    await meddler.run('alter table schema_migrations rename to taken_away');
    expect(await ready()).toEqual({ status: 503, body: { status: 'database-unavailable' } });
    expect(await look(`${meddler.server.url}/livez`)).toMatchObject({ status: 200 });
    await meddler.run('alter table taken_away rename to schema_migrations');
    expect(await ready()).toMatchObject({ status: 200 });
  });
});

describe.skipIf(testPostgresUrl === null)('ready, on PostgreSQL (skipped where none answers)', () => {
  it('waits for a database that hangs for two seconds, and no longer', async () => {
    const { server, run, stop } = await onPostgres(testPostgresUrl ?? '');
    await run('begin; lock table schema_migrations in access exclusive mode');
    server.clock.advance(1_500);
    const answer = look(`${server.url}/readyz`);
    let answered = false;
    void answer.finally(() => (answered = true));
    await expect
      .poll(
        () => {
          // Its wait begins when the request has arrived.
          server.clock.advance(1_000);
          return answered;
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    expect(await answer).toEqual({ status: 503, body: { status: 'database-unavailable' } });
    await run('commit');
    await stop();
  });
});

describe('alive', () => {
  it('is said of a server whose house hangs for hours, with letters for it; the other houses are read meanwhile', async () => {
    const letsGo = Promise.withResolvers<never>();
    letsGo.promise.catch(() => undefined);
    let asked = 0;
    let hangs = false;
    const connected = await ConnectedServer.start(
      {},
      {
        // A house that takes the call, never answers, and does not let go either.
        fetch: (url, init) => {
          if (!hangs) return fetch(url, init);
          asked += 1;
          return letsGo.promise;
        },
      },
    );
    const { server } = connected;
    const readAt = async (maisonId: string) => {
      const { body } = await connected.desk('feeds');
      return z.parse(StockFeedsReply, body).feeds.find((feed) => feed.maisonId === maisonId)?.wholeAsOfMs;
    };
    try {
      const kiosk = await server.connect('kiosk', 'norde-marais');
      const tablet = await server.advisor('norde-marais', 'noemie-caron');
      const sessionId = await handOff(kiosk, tablet);
      const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku: 'fjord-51.tortoise' }));
      hangs = true;
      valueOf(await tablet.command('hold.release', { holdId: hold.id }));
      await expect.poll(() => asked).toBeGreaterThan(0);
      for (let hour = 0; hour < 3; hour += 1) {
        const before = await readAt('aurelle');
        server.clock.advance(defaultTimings.reconcileEveryMs);
        await expect.poll(() => readAt('aurelle'), { timeout: 20_000 }).not.toBe(before);
        server.clock.advance(60 * 60_000);
        expect(await look(`${server.url}/livez`)).toEqual({ status: 200, body: { status: 'ok' } });
      }
    } finally {
      hangs = false;
      letsGo.reject(new TypeError('let go'));
      await connected.stop();
    }
  });

  it('is not said any more where work of our own never ends', async () => {
    const clock = new ManualClock();
    const background = new Background(clock, pino({ level: 'silent' }));
    const health = new Health({ database: {} as Database, background, clock, isStockRead: () => true });
    const never = () => new Promise<void>(() => undefined);
    background.run('oms-letters', never, 'a-house');
    let runs = 0;
    // The first reading ends, the next hangs.
    const reconcile = () => ((runs += 1) === 1 ? Promise.resolve() : never());
    background.every('reconcile', 60_000, reconcile, 'a-house');
    clock.advance(60_000);
    await new Promise(setImmediate);
    clock.advance(60 * 60_000);
    expect(runs).toBe(2);
    expect(health.liveness()).toEqual({ status: 'ok' });
    background.every('tidy', 60_000, never);
    clock.advance(60_000);
    clock.advance(14 * 60_000);
    expect(health.liveness()).toEqual({ status: 'ok' });
    clock.advance(60_000);
    expect(health.liveness()).toEqual({ status: 'wedged', work: 'tidy', forMs: 15 * 60_000 });
  });
});

describe('a server process that is asked to stop', () => {
  let stopAll: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stopAll.toReversed()) await stop();
    stopAll = [];
  });

  /** A process of its own, whose Maison Norde is counted by a house that answers when we let it. */
  async function start() {
    const system = await EmbeddedHouse.open(freshDatabases[0].fresh, systemClock);
    const house = await FakeHouse.start(system.connector, systemClock);
    const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-drain-'));
    const norde = {
      kind: 'rest',
      baseUrl: house.url,
      capabilities: omsCapabilities,
      secrets: [houseSecret],
      ...houseNames,
    };
    await writeFile(
      join(dataDir, 'connectors.json'),
      JSON.stringify({ schemaVersion: 1, maisons: { norde } }),
    );
    const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../server/main.ts')], {
      env: { PATH: process.env['PATH'] ?? '', PORT: '0', METRICS_PORT: '0', VITRINE_DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? code ?? -1));
    });
    stopAll.push(
      () => rm(dataDir, { recursive: true, force: true }),
      () => system.close(),
      () => house.stop(),
      async () => {
        child.kill('SIGKILL');
        await ended;
      },
    );
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const printed = async (wanted: RegExp) => {
      await expect.poll(() => output, { timeout: 30_000 }).toMatch(wanted);
      return wanted.exec(output)?.[1] ?? '';
    };
    const url = await printed(/^Server: (.*)$/m);
    const kiosk = await TestDevice.enrol(url, 'kiosk', await printed(/Mirror 1: .*norde#enrol=(\w+)/));
    const tablet = await TestDevice.enrol(url, 'tablet', await printed(/Tablet 1: .*norde#enrol=(\w+)/));
    const pin = await printed(/Norde, advisors' PIN: (\d+)/);
    await kiosk.connect();
    await tablet.connect();
    await expect
      .poll(async () => await tablet.command('stock.read', { storeId: 'norde-marais', cursor: 0 }))
      .toMatchObject({ value: { snapshot: { levels: [{ source: 'rest' }] } } });
    valueOf(await tablet.command('advisor.sign-in', { advisorId: 'noemie-caron', pin }));
    const sessionId = await handOff(kiosk, tablet);
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      house.mischief.push((_request, response) => {
        // Asked to come back, it is asked again at once, and answers.
        letGo = () => void response.writeHead(503).end();
        resolve();
      });
    });
    const answer = tablet.command('hold.place', { sessionId, sku: 'fjord-51.tortoise' });
    await held;
    expect(house.heard.at(-1)?.call).toBe('hold');
    stopAll.push(async () => {
      kiosk.disconnect();
      tablet.disconnect();
    });
    return { child, ended, url, kiosk, tablet, answer, letGo: () => letGo() };
  }

  it('says that it is not ready, tells the devices, answers what it was asked, and ends well', async () => {
    const { child, ended, url, kiosk, tablet, answer, letGo } = await start();
    child.kill('SIGTERM');
    expect(await tablet.next('server.closing')).toMatchObject({ reason: 'shutdown' });
    expect(await kiosk.next('server.closing')).toMatchObject({ reason: 'shutdown' });
    expect(await look(`${url}/readyz`)).toEqual({ status: 503, body: { status: 'draining' } });
    const late = await kiosk.command('offer.open', {});
    expect(late).toMatchObject({ ok: false, error: { code: 'rate-limited' } });
    letGo();
    expect(await answer).toMatchObject({ ok: true });
    expect(await ended).toBe(0);
  });

  it('ends at once when it is asked again', async () => {
    const { child, ended, url, tablet, answer } = await start();
    const unanswered = expect(answer).rejects.toThrow();
    child.kill('SIGTERM');
    await tablet.next('server.closing');
    expect(await look(`${url}/readyz`)).toMatchObject({ status: 503 });
    child.kill('SIGTERM');
    expect(await ended).toBe('SIGTERM');
    await unanswered;
  });
});
