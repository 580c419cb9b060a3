import type { ServerResponse } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { OmsLevelsReply } from '../../protocol/index.ts';
import { ConnectedServer } from './support/connected-server.ts';
import type { Mischief } from './support/fake-house.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, handOff, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.tortoise';

let connected: ConnectedServer;
afterEach(async () => {
  await connected.stop();
});

/** The server's own level of the piece, as a device that connects now is told it. */
async function level() {
  const kiosk = await connected.server.enrol('kiosk', storeId, 'Mirror 9');
  const { stock } = await kiosk.connect();
  kiosk.disconnect();
  for (const one of stock) {
    if (one.kind !== 'snapshot' || one.snapshot.storeId !== storeId) continue;
    return one.snapshot.levels.find((candidate) => candidate.sku === sku);
  }
  return undefined;
}

/** Lets the watch's next try come round, and waits until the feed is in this state. */
async function until(state: 'up' | 'down'): Promise<void> {
  await expect
    .poll(async () => {
      connected.server.clock.advance(61_000);
      return (await connected.feed())?.state;
    })
    .toBe(state);
}

async function session() {
  const kiosk = await connected.server.connect('kiosk', storeId);
  const tablet = await connected.server.advisor(storeId, 'noemie-caron');
  return { kiosk, tablet, sessionId: await handOff(kiosk, tablet) };
}

describe('a hold, where the house’s system keeps holds', () => {
  it('is placed there as well, counts as promised, and is given back when it is released', async () => {
    connected = await ConnectedServer.start();
    const { tablet, kiosk, sessionId } = await session();
    const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku }));
    const there = await connected.system.connector.level(storeId, sku);
    expect(there).toMatchObject({ level: { onHand: 2, promised: 1 } });
    expect(await level()).toMatchObject({ onHand: 2, available: 1, source: 'rest' });
    valueOf(await tablet.command('hold.release', { holdId: hold.id }));
    await kiosk.next('stock.changed', ({ levels }) => levels[0]?.available === 2);
    await expect
      .poll(() => connected.system.connector.level(storeId, sku))
      .toMatchObject({ level: { promised: 0 } });
  });

  it('is refused where the house has promised the piece meanwhile, and nobody is told that it was held', async () => {
    connected = await ConnectedServer.start();
    const { tablet, kiosk, sessionId } = await session();
    for (const key of ['online-0001', 'online-0002']) {
      const ask = { key, storeId, sku, expiresAtMs: connected.server.clock.nowMs() + 90_000 };
      expect(await connected.system.connector.hold(ask)).toMatchObject({ kind: 'held' });
    }
    expect(await level()).toMatchObject({ available: 2 });
    const refused = await tablet.command('hold.place', { sessionId, sku });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'out-of-stock', nextFreeAtMs: connected.server.clock.nowMs() + 90_000 },
    });
    expect(await level()).toMatchObject({ available: 0 });
    const { events } = valueOf(await kiosk.command('session.read', { sessionId, seq: 0 }));
    expect(events.map(({ fact }) => fact.type)).toEqual(['started']);
    valueOf(await tablet.command('session.close', { sessionId, reason: 'advisor' }));
    const { visits } = valueOf(await tablet.command('advisor.visits', {}));
    expect(visits).toMatchObject([{ sessionId, holds: [] }]);
  });
});

describe('while the house’s system is down', () => {
  it('the last levels stay with their age, a hold is refused, and nothing is kept of it there', async () => {
    connected = await ConnectedServer.start();
    const { tablet, sessionId } = await session();
    const before = await level();
    connected.house.isDown = true;
    connected.server.clock.advance(10 * 60_000);
    await until('down');
    expect(await level()).toEqual(before);
    // A try that the clock ran past did not answer in time: the next one has the house's own word.
    await expect
      .poll(async () => {
        connected.server.clock.advance(2_100);
        return await connected.feed();
      })
      .toMatchObject({ source: 'rest', fault: expect.stringContaining('503') as string });
    expect(codeOf(await tablet.command('hold.place', { sessionId, sku }))).toBe('oms-unavailable');
    expect(await level()).toMatchObject({ onHand: 2, available: 2 });
    connected.house.isDown = false;
    await until('up');
    await expect.poll(async () => (await level())?.asOfMs).toBeGreaterThan(before?.asOfMs ?? 0);
    // Whether the question had arrived was not known: it was asked again, and taken back; twice where the clock ran past an answer.
    await expect
      .poll(async () => {
        connected.server.clock.advance(61_000);
        return connected.house.heard.some(({ call }) => call === 'releaseHold');
      })
      .toBe(true);
    expect(await connected.system.connector.level(storeId, sku)).toMatchObject({ level: { promised: 0 } });
  });

  it('a house may say that holds are queued: the ledger holds, and the system is asked when it is there', async () => {
    connected = await ConnectedServer.start({ whenDown: 'queue' });
    const { tablet, kiosk, sessionId } = await session();
    connected.house.isDown = true;
    connected.server.clock.advance(10 * 60_000);
    await until('down');
    const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku }));
    valueOf(await tablet.command('hold.place', { sessionId, sku }));
    expect(codeOf(await tablet.command('hold.place', { sessionId, sku }))).toBe('out-of-stock');
    expect(await level()).toMatchObject({ onHand: 2, available: 0 });
    // Meanwhile the house has sold one: the second hold cannot stand.
    await connected.system.setOnHand(storeId, sku, 1);
    connected.house.isDown = false;
    await until('up');
    const { events } = await kiosk.next('session.events', (frame) =>
      frame.events.some(({ fact }) => fact.type === 'hold-ended'),
    );
    const ended = events.find(({ fact }) => fact.type === 'hold-ended');
    expect(ended).toMatchObject({ actor: 'system', fact: { state: 'released' } });
    expect(ended?.fact).not.toMatchObject({ holdId: hold.id });
    const there = await connected.system.connector.level(storeId, sku);
    expect(there).toMatchObject({ level: { onHand: 1, promised: 1 } });
    await expect.poll(async () => await level()).toMatchObject({ onHand: 1, available: 0 });
  });

  it('a start does not wait for one that hangs, nor do the other houses', async () => {
    connected = await ConnectedServer.start();
    const hanging: ServerResponse[] = [];
    const hang: Mischief = (_request, response) => void hanging.push(response);
    connected.house.mischief.push(hang, hang, hang, hang, hang, hang);
    await connected.server.restart();
    await expect.poll(() => hanging.length).toBeGreaterThan(0);
    expect(await connected.feed()).toMatchObject({ state: 'reading' });
    const neighbour = await connected.server.enrol('kiosk', 'aurelle-vendome');
    const { stock } = await neighbour.connect();
    const own = stock.map((one) => one.kind === 'snapshot' && one.snapshot.storeId);
    expect(own).toContain('aurelle-vendome');
    connected.house.isDown = true;
    for (const response of hanging) response.writeHead(503, { 'retry-after': '60' }).end();
    await expect.poll(async () => (await connected.feed())?.state).toBe('down');
  });

  it('the operator still reads every house’s levels: of the one that is away as they were read last', async () => {
    connected = await ConnectedServer.start();
    connected.house.isDown = true;
    const { status, body } = await connected.desk('levels');
    expect(status).toBe(200);
    const { levels } = z.parse(OmsLevelsReply, body);
    expect(levels.find((row) => row.storeId === storeId && row.sku === sku)).toMatchObject({
      maisonId: 'norde',
      storeName: 'Le Marais',
      onHand: 2,
    });
    expect(levels.some(({ maisonId }) => maisonId === 'aurelle')).toBe(true);
  });

  it('a start finds it down, says so, and has the levels as soon as it is up', async () => {
    connected = await ConnectedServer.start();
    connected.house.isDown = true;
    connected.house.heard.length = 0;
    await connected.server.restart();
    // It reads at the start and once more for the gap in the hints, three tries each.
    await expect.poll(() => connected.house.heard.length).toBe(6);
    expect(await connected.feed()).toMatchObject({ state: 'down', wholeAsOfMs: null });
    await connected.system.setOnHand(storeId, sku, 8);
    connected.house.isDown = false;
    // In seconds, long before the next full reading is due.
    await expect
      .poll(async () => {
        connected.server.clock.advance(2_100);
        return (await connected.feed())?.state;
      })
      .toBe('up');
    expect(await level()).toMatchObject({ onHand: 8 });
  });
});

describe('a piece in the network', () => {
  it('is named with where it lies, since when that is known, by whom, and how long it takes to come', async () => {
    connected = await ConnectedServer.start();
    const kiosk = await connected.server.connect('kiosk', storeId);
    const { places } = valueOf(await kiosk.command('stock.elsewhere', { sku }));
    expect(places).toEqual([
      {
        storeId: 'norde-mayfair',
        storeName: 'Mayfair',
        city: 'London',
        available: 1,
        asOfMs: connected.server.clock.nowMs(),
        source: 'rest',
        transferMs: 48 * 3_600_000,
      },
    ]);
    // Ways that nobody has told since the start are not known, and nobody sees another house's pieces.
    connected.house.isDown = true;
    connected.server.clock.advance(2 * 3_600_000);
    await connected.server.restart();
    await kiosk.connect();
    const again = valueOf(await kiosk.command('stock.elsewhere', { sku }));
    expect(again.places).toMatchObject([{ storeId: 'norde-mayfair', transferMs: null }]);
    // Not for long: they are asked for again as soon as the house may be there.
    connected.house.isDown = false;
    connected.server.clock.advance(60_000);
    const known = valueOf(await kiosk.command('stock.elsewhere', { sku }));
    expect(known.places).toMatchObject([{ storeId: 'norde-mayfair', transferMs: 48 * 3_600_000 }]);
    const stranger = await connected.server.connect('kiosk', 'aurelle-vendome');
    expect(valueOf(await stranger.command('stock.elsewhere', { sku }))).toEqual({ places: [] });
  });
});

describe('what a boutique keeps back', () => {
  it('is on hand and not offered: for safety, on display, of one SKU or of each', async () => {
    connected = await ConnectedServer.start();
    const { tablet, kiosk, sessionId } = await session();
    const rule = { storeId, sku: null, safetyPieces: 1, displayPieces: 0 };
    expect((await connected.desk('rules', { method: 'POST', body: rule })).status).toBe(200);
    const one = await kiosk.next('stock.changed', ({ levels }) => levels[0]?.keptBack === 1);
    expect(one.levels).toMatchObject([{ onHand: 2, available: 1, keptBack: 1 }]);
    valueOf(await tablet.command('hold.place', { sessionId, sku }));
    expect(codeOf(await tablet.command('hold.place', { sessionId, sku }))).toBe('out-of-stock');
    const own = { storeId, sku, safetyPieces: 0, displayPieces: 0 };
    expect((await connected.desk('rules', { method: 'POST', body: own })).status).toBe(200);
    expect((await connected.desk('rules')).body).toEqual({ rules: [rule, own] });
    valueOf(await tablet.command('hold.place', { sessionId, sku }));
    const stranger = await connected.server.enrol('console', 'aurelle-vendome');
    const { token } = await stranger.token();
    expect((await connected.desk('rules', { method: 'POST', body: rule, token })).status).toBe(404);
    expect((await connected.desk('rules', { token })).body).toEqual({ rules: [] });
    const wrong = [{ ...rule, safetyPieces: -1 }, { ...rule, storeId: '../x' }, null, []];
    for (const body of wrong) {
      expect((await connected.desk('rules', { method: 'POST', body })).status).toBe(400);
    }
    const nowhere = { ...rule, sku: 'fjord-51.nowhere' };
    expect((await connected.desk('rules', { method: 'POST', body: nowhere })).status).toBe(404);
  });
});

describe('connectors.json', () => {
  it('of a wrong form keeps the server from starting, names the key and never the secret', async () => {
    connected = await ConnectedServer.start();
    const secret = 'THE-SECRET-THAT-MUST-NOT-BE-REPEATED';
    const rest = { kind: 'rest', baseUrl: 'https://oms.example', capabilities: [], secrets: [secret] };
    const vendure = { kind: 'vendure', baseUrl: 'https://vendure.example/admin-api', apiKey: secret };
    const wrong: [unknown, RegExp][] = [
      ['{', /not JSON/],
      [{ schemaVersion: 2, maisons: {} }, /schemaVersion/],
      [{ schemaVersion: 1, maisons: { norde: { ...rest, kind: 'sap' } } }, /maisons\.norde\.kind/],
      [{ schemaVersion: 1, maisons: { norde: { ...rest, baseUrl: 'http://oms.example' } } }, /baseUrl/],
      [{ schemaVersion: 1, maisons: { norde: { ...rest, secrets: ['short'] } } }, /secrets/],
      [{ schemaVersion: 1, maisons: { norde: { ...rest, secret } } }, /secret/],
      // A field's name becomes part of a question in GraphQL.
      [{ schemaVersion: 1, maisons: { norde: { ...vendure, cardField: 'a} b {' } } }, /norde\.cardField/],
      [
        { schemaVersion: 1, maisons: { norde: { ...vendure, orders: { boutiques: {} } } } },
        /walkInCustomerId/,
      ],
      [{ schemaVersion: 1, maisons: { norde: { ...rest, skus: { 'a.b': 'X', 'a.c': 'X' } } } }, /one name/],
    ];
    for (const [file, message] of wrong) {
      const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-connectors-'));
      await writeFile(
        join(dataDir, 'connectors.json'),
        typeof file === 'string' ? file : JSON.stringify(file),
      );
      const thrown = await TestServer.start({ dataDir }).catch((fault: unknown) => fault);
      expect(thrown).toMatchObject({
        code: 'connectors-invalid',
        message: expect.stringMatching(message) as string,
      });
      expect(String(thrown)).not.toContain(secret);
      await rm(dataDir, { recursive: true });
    }
  });
});
