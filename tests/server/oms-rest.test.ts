import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { omsCapabilities, type HouseUnderTest } from '../../protocol/connector/index.ts';
import type { Clock } from '../../server/core/clock.ts';
import { systemRandom } from '../../server/core/random.ts';
import { HintFeed } from '../../server/oms/hint-feed.ts';
import { IdMapping } from '../../server/oms/id-mapping.ts';
import { RestConnector } from '../../server/oms/rest/rest-connector.ts';
import { itConforms } from './support/conformance.ts';
import { freshDatabases } from './support/databases.ts';
import { EmbeddedHouse } from './support/embedded-house.ts';
import { FakeHouse, houseNames, houseSecret } from './support/fake-house.ts';

const sku = 'fjord-51.tortoise';
const storeId = 'norde-marais';

let system: EmbeddedHouse;
let house: FakeHouse;
let feed: HintFeed;
let connector: RestConnector;
let waits: number[];

/** Waits of a retry pass at once and are written down; those for an answer never run out. */
const clock: Clock = {
  nowMs: () => system.clock.nowMs(),
  monotonicMs: () => system.clock.monotonicMs(),
  after: (delayMs, run) => {
    if (delayMs >= 5_000) return () => undefined;
    waits.push(delayMs);
    const soon = setImmediate(run);
    return () => clearImmediate(soon);
  },
};

beforeAll(async () => {
  system = await EmbeddedHouse.open(freshDatabases[0].fresh);
  house = await FakeHouse.start(system.connector, system.clock);
  feed = new HintFeed();
  const names = new IdMapping(houseNames);
  connector = new RestConnector(
    { name: 'rest', baseUrl: house.url, capabilities: omsCapabilities, secret: houseSecret, names, feed },
    { fetch: globalThis.fetch, clock, random: systemRandom },
  );
});
beforeEach(() => {
  waits = [];
  house.heard.length = 0;
  house.mischief.length = 0;
});
afterAll(async () => {
  await house.stop();
  await system.close();
});

describe('the webhook and REST connector, against a house over HTTP with names of its own', () => {
  let seq = 0;
  const underTest = (): HouseUnderTest =>
    system.underTest({
      connector,
      setOnHand: async (store, piece, onHand) => {
        await system.setOnHand(store, piece, onHand);
        seq += 1;
        feed.deliver(seq, [{ storeId: store, sku: piece }]);
      },
      cutOff: async () => {
        house.isDown = true;
        return async () => void (house.isDown = false);
      },
    });
  itConforms(underTest);

  it('speaks in the house’s names, and signs every call', async () => {
    await connector.level(storeId, sku);
    expect(house.heard).toMatchObject([{ call: 'level' }]);
    expect(JSON.parse(house.heard[0]?.body ?? '')).toEqual({ storeId: 'PAR 04', sku: 'NRD/FJ51/TRT' });
    house.secrets = ['another-key-of-the-house-0123456789ab'];
    await expect(connector.level(storeId, sku)).rejects.toMatchObject({ code: 'refused' });
    house.secrets = ['the-next-key-of-the-house-0123456789', houseSecret];
    await expect(connector.level(storeId, sku)).resolves.toMatchObject({ kind: 'read' });
    house.secrets = [houseSecret];
  });

  it('tries again with growing, spread waits and the same key, and takes one piece for it', async () => {
    await system.setOnHand(storeId, sku, 2);
    house.mischief.push(
      (request) => void request.socket.destroy(),
      (_request, response) => void response.writeHead(502).end('<html>'),
    );
    const ask = { key: 'hold-key-0001', storeId, sku, expiresAtMs: clock.nowMs() + 60_000 };
    const outcome = await connector.hold(ask);
    expect(outcome).toMatchObject({ kind: 'held', level: { onHand: 2, promised: 1 } });
    expect(house.heard.map(({ id }) => id)).toEqual(Array(3).fill('hold-key-0001'));
    const [first = 0, second = 0] = waits;
    expect(first).toBeGreaterThanOrEqual(50);
    expect(first).toBeLessThanOrEqual(101);
    expect(second).toBeGreaterThanOrEqual(100);
    expect(second).toBeLessThanOrEqual(201);
    if (outcome.kind === 'held') await connector.releaseHold({ holdId: outcome.hold.id });
  });

  it('gives up after three tries, and at once where it is asked to wait longer than a client would', async () => {
    house.isDown = true;
    await expect(connector.levels()).rejects.toMatchObject({ code: 'unavailable' });
    expect(house.heard).toHaveLength(3);
    house.isDown = false;
    house.heard.length = 0;
    house.mischief.push((_request, response) => void response.writeHead(429, { 'retry-after': '120' }).end());
    await expect(connector.levels()).rejects.toMatchObject({ code: 'unavailable', retryAfterMs: 120_000 });
    expect(house.heard).toHaveLength(1);
  });

  it('believes nothing of another form: no JSON, another shape, a negative count, a redirect', async () => {
    const answer = (status: number, body: string, headers = {}) => {
      house.mischief.push((_request, response) => void response.writeHead(status, headers).end(body));
      return connector.level(storeId, sku);
    };
    await expect(answer(200, '<html>')).rejects.toMatchObject({ code: 'misspoke' });
    await expect(answer(200, '{"kind":"perhaps"}')).rejects.toMatchObject({ code: 'misspoke' });
    const level = { storeId: 'PAR 04', sku: 'NRD/FJ51/TRT', onHand: -1, promised: 0, revision: 1 };
    await expect(answer(200, JSON.stringify({ kind: 'read', asOfMs: 1, level }))).rejects.toMatchObject({
      code: 'misspoke',
    });
    await expect(answer(302, '', { location: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
      code: 'refused',
    });
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    await expect(answer(200, deep)).rejects.toMatchObject({ code: 'misspoke' });
    await expect(answer(200, 'x'.repeat(33 * 1024 * 1024))).rejects.toMatchObject({ code: 'misspoke' });
  });

  it('vouches for no moment that has not come yet by our clock', async () => {
    const level = { storeId: 'PAR 04', sku: 'NRD/FJ51/TRT', onHand: 4, promised: 0, revision: 9 };
    const aheadMs = clock.nowMs() + 3_600_000;
    const answers = [
      { asOfMs: aheadMs, levels: [level] },
      { kind: 'read', asOfMs: aheadMs, level },
    ].map((answer) => JSON.stringify(answer));
    for (const body of answers) {
      house.mischief.push((_request, response) => void response.writeHead(200).end(body));
    }
    expect(await connector.levels()).toMatchObject({ asOfMs: clock.nowMs() });
    expect(await connector.level(storeId, sku)).toMatchObject({ asOfMs: clock.nowMs() });
  });

  it('passes over what the house counts for others, and refuses two of ours under one name', async () => {
    const levels = [
      { storeId: 'PAR 04', sku: 'NRD/FJ51/TRT', onHand: 4, promised: 0, revision: 9 },
      { storeId: 'Central warehouse', sku: 'NRD/FJ51/TRT', onHand: 900, promised: 0, revision: 9 },
      // Our own names, which mean something else there: what they mean to us is called otherwise.
      { storeId, sku: 'NRD/FJ51/TRT', onHand: 700, promised: 0, revision: 9 },
      { storeId: 'PAR 04', sku, onHand: 800, promised: 0, revision: 9 },
    ];
    house.mischief.push(
      (_request, response) => void response.writeHead(200).end(JSON.stringify({ asOfMs: 5, levels })),
    );
    const reading = await connector.levels();
    expect(reading.levels).toEqual([{ storeId, sku, onHand: 4, promised: 0, revision: 9 }]);
    expect(() => new IdMapping({ stores: { 'norde-a': 'X', 'norde-b': 'X' }, skus: {} })).toThrow();
  });
});
