import { createLocalJWKSet, compactVerify } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { AttributionKeys, AttributionRecord, dayAfter, dayIn, type Run } from '../../protocol/index.ts';
import { OmsOrder } from '../../protocol/connector/index.ts';
import { inMaison } from '../../server/core/scope.ts';
import type { Database } from '../../server/persistence/database.ts';
import { mostSteps } from '../../server/sale/sale-steps.ts';
import { serverDatabases } from './support/server-databases.ts';
import { all, bastien, consentTo, openVisit, type Visit } from './support/known-visit.ts';
import type { TestDevice } from './support/test-device.ts';
import type { TestServer } from './support/test-server.ts';
import { codeOf, valueOf } from './support/visit.ts';

const sku = 'fjord-51.tortoise';
const hourMs = 3_600_000;

describe.each(serverDatabases)('from love to sale, on $name,', ({ open }) => {
  let server: TestServer;
  let database: Database;
  let runner: TestDevice;
  let visit: Visit;
  beforeAll(async () => {
    ({ server, database } = await open());
    runner = await server.advisor('norde-marais', 'theo-vasseur');
    await server.setStock('norde-mayfair', sku, 5);
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });
  afterEach(async () => {
    await visit.tablet.command('session.close', { sessionId: visit.sessionId, reason: 'advisor' });
  });

  const readingOf = async (device: TestDevice = visit.kiosk) =>
    valueOf(await device.command('sale.read', { sessionId: visit.sessionId }));
  const boardOf = async (device: TestDevice) => valueOf(await device.command('sale.board', {}));
  const levelOf = async (storeId: string) =>
    await database.db
      .selectFrom('oms_levels')
      .selectAll()
      .where('store_id', '=', storeId)
      .where('sku', '=', sku)
      .executeTakeFirstOrThrow();
  const stateAt = async (runId: string): Promise<Run['state'] | undefined> =>
    (await readingOf()).runs.find(({ id }) => id === runId)?.state;

  it('a colleague brings a piece, and both screens follow it', async () => {
    visit = await openVisit(server);
    const { tablet, kiosk, sessionId } = visit;
    const { run } = valueOf(await tablet.command('run.ask', { sessionId, sku }));
    expect(run).toMatchObject({ state: 'asked', askedBy: { id: 'noemie-caron' }, runner: null });
    await runner.next('board.changed');
    await kiosk.next('sale.changed');
    expect((await boardOf(runner)).runs).toMatchObject([{ id: run.id, sku, state: 'asked' }]);
    valueOf(await runner.command('run.move', { runId: run.id, to: 'on-its-way' }));
    expect(await stateAt(run.id)).toBe('on-its-way');
    // Who asked sees who brings it; nobody else may say that it is here.
    expect((await readingOf(tablet)).runs[0]).toMatchObject({ runner: { id: 'theo-vasseur' } });
    expect(codeOf(await tablet.command('run.move', { runId: run.id, to: 'here' }))).toBe('conflict');
    expect(codeOf(await runner.command('run.move', { runId: run.id, to: 'cancelled' }))).toBe('forbidden');
    valueOf(await runner.command('run.move', { runId: run.id, to: 'here' }));
    expect(await stateAt(run.id)).toBe('here');
    expect(codeOf(await tablet.command('run.move', { runId: run.id, to: 'cancelled' }))).toBe('conflict');
    server.clock.advance(6 * 60_000);
    expect((await boardOf(runner)).runs).toEqual([]);
  });

  it('a piece that is on its way is asked for once, and again when it has come', async () => {
    visit = await openVisit(server);
    const { tablet, sessionId } = visit;
    const ask = async () => valueOf(await tablet.command('run.ask', { sessionId, sku })).run;
    const { id } = await ask();
    expect(await ask()).toMatchObject({ id, state: 'asked' });
    valueOf(await runner.command('run.move', { runId: id, to: 'on-its-way' }));
    expect(await ask()).toMatchObject({ id, state: 'on-its-way' });
    const other = await tablet.command('run.ask', { sessionId, sku: 'fjord-51.smoke' });
    expect(valueOf(other).run.id).not.toBe(id);
    valueOf(await runner.command('run.move', { runId: id, to: 'here' }));
    expect((await ask()).id).not.toBe(id);
  });

  it('what waits in the boutique, and the codes to collect it by, are for whoever is signed in there', async () => {
    visit = await openVisit(server);
    const { tablet, sessionId } = visit;
    const reserve = { sessionId, storeId: 'norde-mayfair', sku };
    const { collection } = valueOf(await tablet.command('collection.reserve', reserve));
    const lying = await server.connect('tablet', 'norde-mayfair', 'On the counter');
    expect(codeOf(await lying.command('sale.board', {}))).toBe('forbidden');
    expect(codeOf(await lying.command('appointment.slots', { advisorId: 'imogen-clarke' }))).toBe(
      'forbidden',
    );
    const there = await server.advisor('norde-mayfair', 'imogen-clarke');
    expect((await boardOf(there)).collections).toMatchObject([{ code: collection.code }]);
    valueOf(await there.command('advisor.sign-out', {}));
    expect(codeOf(await there.command('sale.board', {}))).toBe('forbidden');
    valueOf(await tablet.command('collection.end', { collectionId: collection.id, how: 'released' }));
  });

  it('a mirror reads nothing of a visit that has long been over, and its advisor does', async () => {
    visit = await openVisit(server);
    const { tablet, kiosk, sessionId } = visit;
    valueOf(await tablet.command('run.ask', { sessionId, sku }));
    valueOf(await tablet.command('session.close', { sessionId, reason: 'advisor' }));
    server.clock.advance(9 * 60_000);
    expect((await readingOf(kiosk)).runs).toHaveLength(1);
    server.clock.advance(2 * 60_000);
    expect(codeOf(await kiosk.command('sale.read', { sessionId }))).toBe('session-ended');
    expect((await readingOf(tablet)).runs).toHaveLength(1);
  });

  it('has a bound: whoever asks without end fills their own visit, which still ends with its note', async () => {
    visit = await openVisit(server);
    const { tablet, sessionId } = visit;
    const remember = consentTo([{ purpose: 'remember', term: 'month' }]);
    valueOf(await visit.kiosk.command('client.consent', { sessionId, consent: remember }));
    const commandId = crypto.randomUUID();
    const first = valueOf(await tablet.command('run.ask', { sessionId, sku }, commandId));
    valueOf(await tablet.command('run.move', { runId: first.run.id, to: 'cancelled' }));
    await database.transact(async (tx) => {
      const { id, ...row } = await tx
        .selectFrom('sale_steps')
        .selectAll()
        .where('id', '=', first.run.id)
        .executeTakeFirstOrThrow();
      const more = Array.from({ length: mostSteps - 2 }, (_, at) => ({
        ...row,
        id: `${id}-${at}`,
        command_id: `${commandId}-${at}`,
      }));
      await tx.insertInto('sale_steps').values(more).execute();
    });
    const last = valueOf(await tablet.command('run.ask', { sessionId, sku }));
    expect(codeOf(await tablet.command('run.ask', { sessionId, sku: 'fjord-51.smoke' }))).toBe('too-large');
    const reserve = { sessionId, storeId: 'norde-mayfair', sku } as const;
    expect(codeOf(await tablet.command('collection.reserve', reserve))).toBe('too-large');
    // What was asked for before is answered, and taken back.
    expect(valueOf(await tablet.command('run.ask', { sessionId, sku }, commandId))).toEqual(first);
    valueOf(await tablet.command('run.move', { runId: last.run.id, to: 'cancelled' }));
    const dueOn = dayAfter(dayIn(server.clock.nowMs(), 'Europe/Paris'), 3);
    const note = {
      occasion: 'anniversary',
      decision: 'thinking',
      next: { step: 'call', dueOn, sku, line: 'When the green one has come' },
    } as const;
    valueOf(await tablet.command('session.conclude', { sessionId, note }));
    const { numDeletedRows } = await database.db
      .deleteFrom('sale_steps')
      .where('session_id', '=', sessionId)
      .executeTakeFirstOrThrow();
    expect(numDeletedRows).toBe(BigInt(mostSteps + 1));
  });

  it('of two colleagues who take a request at once, one has it', async () => {
    visit = await openVisit(server);
    const { tablet, sessionId } = visit;
    const { run } = valueOf(await tablet.command('run.ask', { sessionId, sku }));
    const both = await Promise.all(
      [runner, tablet].map((device) => device.command('run.move', { runId: run.id, to: 'on-its-way' })),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    for (const device of [runner, tablet]) await device.command('run.move', { runId: run.id, to: 'here' });
    // Nor does who says that it is here take it from who has just taken it on.
    for (let turn = 0; turn < 12; turn += 1) {
      server.clock.advance(2_000);
      const { run: next } = valueOf(await tablet.command('run.ask', { sessionId, sku }));
      const said = await Promise.all([
        tablet.command('run.move', { runId: next.id, to: 'on-its-way' }),
        runner.command('run.move', { runId: next.id, to: 'here' }),
      ]);
      expect(said.filter(({ ok }) => ok)).toHaveLength(1);
      await tablet.command('run.move', { runId: next.id, to: 'here' });
    }
    server.clock.advance(6 * 60_000);
    const elsewhere = await server.advisor('norde-mayfair', 'imogen-clarke');
    expect(codeOf(await elsewhere.command('run.move', { runId: run.id, to: 'here' }))).toBe('not-found');
    expect((await boardOf(elsewhere)).runs).toEqual([]);
  });

  it('a piece that was asked for is fetched for nobody once the client has left', async () => {
    visit = await openVisit(server);
    const { tablet, kiosk, sessionId } = visit;
    const ask = async (which: string = sku) =>
      valueOf(await tablet.command('run.ask', { sessionId, sku: which })).run;
    const brought = await ask();
    valueOf(await runner.command('run.move', { runId: brought.id, to: 'here' }));
    const [asked, carried] = [await ask(), await ask('fjord-51.smoke')];
    valueOf(await runner.command('run.move', { runId: carried.id, to: 'on-its-way' }));
    await expect.poll(async () => (await boardOf(runner)).runs.length).toBe(3);
    while (runner.untaken('board.changed').length > 0) await runner.next('board.changed');
    valueOf(await kiosk.command('session.close', { sessionId, reason: 'farewell' }));
    await runner.next('board.changed');
    expect((await boardOf(runner)).runs.map(({ id }) => id)).toEqual([brought.id]);
    for (const { id } of [asked, carried])
      expect(codeOf(await runner.command('run.move', { runId: id, to: 'here' }))).toBe('conflict');
    const { runs } = valueOf(await tablet.command('sale.read', { sessionId }));
    expect(runs.map(({ state }) => state).toSorted()).toEqual(['cancelled', 'cancelled', 'here']);
  });

  it('another boutique sends a piece, promised there once however often it is asked', async () => {
    visit = await openVisit(server);
    const { tablet, sessionId } = visit;
    const before = await levelOf('norde-mayfair');
    const commandId = crypto.randomUUID();
    const ask = { sessionId, fromStoreId: 'norde-mayfair', sku };
    const { transfer } = valueOf(await tablet.command('transfer.ask', ask, commandId));
    valueOf(await tablet.command('transfer.ask', ask, commandId));
    expect(transfer).toMatchObject({ from: { name: 'Mayfair' } });
    expect(transfer.expectedAtMs).toBe(server.clock.nowMs() + 48 * hourMs);
    expect((await levelOf('norde-mayfair')).promised).toBe(before.promised + 1);
    expect((await readingOf()).transfers.map(({ id }) => id)).toEqual([transfer.id]);
    const none = { sessionId, fromStoreId: 'norde-marais', sku };
    expect(codeOf(await tablet.command('transfer.ask', none))).toBe('not-found');
  });

  it('what is kept for the visit waits on to be collected, also the last one there', async () => {
    visit = await openVisit(server);
    const { tablet, kiosk, sessionId } = visit;
    const reserve = { sessionId, storeId: 'norde-marais', sku } as const;
    const free = async () => (await levelOf('norde-marais')).on_hand;
    for (const onHand of [1, 2]) {
      await server.setStock('norde-marais', sku, onHand);
      const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku }));
      const { collection } = valueOf(await tablet.command('collection.reserve', reserve));
      await kiosk.next('session.events', ({ events }) =>
        events.some(({ fact }) => fact.type === 'hold-ended' && fact.holdId === hold.id),
      );
      expect(codeOf(await tablet.command('hold.release', { holdId: hold.id }))).toBe('hold-ended');
      // One piece is kept and no other.
      const again = await tablet.command('hold.place', { sessionId, sku });
      if (onHand === 1) expect(codeOf(again)).toBe('out-of-stock');
      else valueOf(await tablet.command('hold.release', { holdId: valueOf(again).hold.id }));
      valueOf(await tablet.command('collection.end', { collectionId: collection.id, how: 'released' }));
      expect(await free()).toBe(onHand);
    }
    // Of a piece that is kept for somebody else nothing is taken over.
    await server.setStock('norde-marais', sku, 1);
    const other = await openVisit(server, 'theo-vasseur');
    valueOf(await other.tablet.command('hold.place', { sessionId: other.sessionId, sku }));
    expect(codeOf(await tablet.command('collection.reserve', reserve))).toBe('out-of-stock');
    valueOf(await other.tablet.command('session.close', { sessionId: other.sessionId, reason: 'advisor' }));
    await server.setStock('norde-marais', sku, 5);
  });

  it('a piece waits for two days where the client collects it, and is free again afterwards', async () => {
    visit = await openVisit(server);
    const { tablet, sessionId } = visit;
    const before = await levelOf('norde-mayfair');
    const reserve = { sessionId, storeId: 'norde-mayfair', sku };
    const { collection } = valueOf(await tablet.command('collection.reserve', reserve));
    expect(collection).toMatchObject({ state: 'waiting', at: { name: 'Mayfair' } });
    expect(collection.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(collection.untilMs).toBe(server.clock.nowMs() + 48 * hourMs);
    expect((await levelOf('norde-mayfair')).promised).toBe(before.promised + 1);
    // It is no hold of the visit's own.
    valueOf(await tablet.command('session.close', { sessionId, reason: 'advisor' }));
    const mayfair = await server.advisor('norde-mayfair', 'imogen-clarke');
    expect((await boardOf(mayfair)).collections).toMatchObject([
      { id: collection.id, code: collection.code },
    ]);
    const { visits } = valueOf(await tablet.command('advisor.visits', {}));
    expect(visits.find((one) => one.sessionId === sessionId)?.holds).toEqual([]);
    const end = { collectionId: collection.id, how: 'collected' } as const;
    expect(codeOf(await runner.command('collection.end', end))).toBe('not-found');
    expect(valueOf(await mayfair.command('collection.end', end)).collection.state).toBe('collected');
    await expect.poll(async () => (await levelOf('norde-mayfair')).on_hand).toBe(before.on_hand - 1);
    expect((await levelOf('norde-mayfair')).promised).toBe(before.promised);
    expect((await boardOf(mayfair)).collections).toEqual([]);
  });

  it('an order is drafted, placed once, and its record tells who is credited', async () => {
    visit = await openVisit(server);
    const { tablet, kiosk, sessionId } = visit;
    valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo(all) }));
    const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku }));
    const before = await levelOf('norde-marais');
    valueOf(await tablet.command('order.prepare', { sessionId, lines: [{ sku, quantity: 2 }] }));
    const prepared = await tablet.command('order.prepare', { sessionId, lines: [{ sku, quantity: 1 }] });
    const { order } = valueOf(prepared);
    expect(order).toMatchObject({ state: 'draft', lines: [{ sku, quantity: 1 }], record: null });
    const placing = {
      sessionId,
      orderId: order.id,
      revision: order.revision,
      closedBy: 'theo-vasseur',
      agreedAssistingPercent: 30,
    };
    const nobody = { ...placing, closedBy: 'imogen-clarke' };
    expect(codeOf(await tablet.command('order.place', nobody))).toBe('not-found');
    const both = await Promise.all([1, 2].map(() => tablet.command('order.place', placing)));
    const [placed, again] = both.map((answer) => valueOf(answer).order);
    expect(placed).toMatchObject({ state: 'placed', orderId: order.orderId });
    expect(again).toEqual(placed);
    // The piece has left the house's shelf, and the hold has done its work.
    const after = await levelOf('norde-marais');
    expect([after.on_hand, after.promised]).toEqual([before.on_hand - 1, before.promised - 1]);
    const held = await database.db.selectFrom('holds').selectAll().where('id', '=', hold.id).execute();
    expect(held).toMatchObject([{ state: 'committed' }]);

    const record = await verified(placed?.record ?? '');
    const amountMinor = order.lines[0]?.amountMinor ?? 0;
    const assisting = Math.round(amountMinor * 0.3);
    expect(record).toMatchObject({
      orderId: order.orderId,
      channel: 'boutique',
      sessionId,
      mirror: { storeId: 'norde-marais', deviceId: kiosk.id },
      assistedBy: [{ advisorId: 'noemie-caron' }],
      closedBy: [{ advisorId: 'theo-vasseur' }],
      agency: null,
    });
    expect(record.lines[0]?.shares.map(({ party, ...share }) => [party.id, share.amountMinor])).toEqual([
      ['noemie-caron', assisting],
      ['theo-vasseur', amountMinor - assisting],
    ]);
    // The house's own order carries it, and the client who wished to be looked after.
    const omsOrder = async () => {
      const row = await database.db
        .selectFrom('oms_orders')
        .select('body')
        .where('id', '=', order.orderId)
        .executeTakeFirstOrThrow();
      return z.parse(OmsOrder, JSON.parse(row.body));
    };
    await expect.poll(async () => (await omsOrder()).attribution?.record).toBe(placed?.record);
    expect(await omsOrder()).toMatchObject({ state: 'placed', clientId: bastien.id });
  });

  it('the Maison’s trail tells of every promise that was made', async () => {
    visit = await openVisit(server);
    const { tablet, sessionId } = visit;
    valueOf(await tablet.command('run.ask', { sessionId, sku }));
    const trail = await inMaison('norde', () =>
      database.db.selectFrom('audit_entries').select('action').distinct().orderBy('action').execute(),
    );
    const promises = trail.map(({ action }) => action).filter((action) => action.startsWith('sale.'));
    expect(promises).toEqual([
      'sale.attributed',
      'sale.collection-ended',
      'sale.collection-reserved',
      'sale.order-placed',
      'sale.transfer-asked',
    ]);
  });

  async function verified(record: string): Promise<AttributionRecord> {
    const response = await fetch(`${server.url}/api/attributions/norde/keys.json`);
    const keys = createLocalJWKSet(z.parse(AttributionKeys, await response.json()));
    const { payload, protectedHeader } = await compactVerify(record, keys);
    expect(protectedHeader).toMatchObject({ alg: 'ES256', kid: 'norde-1' });
    const [head = '', , signature = ''] = record.split('.');
    const forged = Buffer.from(JSON.stringify({ orderId: 'another' })).toString('base64url');
    await expect(compactVerify(`${head}.${forged}.${signature}`, keys)).rejects.toThrow();
    return z.parse(AttributionRecord, JSON.parse(new TextDecoder().decode(payload)));
  }
});
