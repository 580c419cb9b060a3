import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { OmsOrder } from '../../protocol/connector/index.ts';
import type { SaleOrder, SessionId } from '../../protocol/index.ts';
import { testPostgresUrl } from './support/databases.ts';
import { all, bastien, consentTo, openVisit, type Visit } from './support/known-visit.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, valueOf } from './support/visit.ts';

const sku = 'fjord-51.tortoise';
const other = 'meridian-58.gold-green';

const databases = [
  { name: 'SQLite', start: () => TestServer.start() },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', start: () => TestServer.startOnPostgres(testPostgresUrl ?? '') }]),
];

/** Places a draft as it was told, the advisor themselves closing. */
function placing(sessionId: SessionId, { id, revision }: Pick<SaleOrder, 'id' | 'revision'>) {
  return { sessionId, orderId: id, revision, closedBy: null, agreedAssistingPercent: null };
}

describe.each(databases)('what is asked for again on the way to a sale, on $name,', ({ start }) => {
  let server: TestServer;
  let visit: Visit;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    visit = await openVisit(server);
  });
  afterEach(async () => {
    await visit.tablet.command('session.close', { sessionId: visit.sessionId, reason: 'advisor' });
  });

  /** The server ended, or the Maison's `answerHours` were over, before the device heard. */
  const forgetAnswer = async (commandId: string) => {
    await server.inDatabase((db) =>
      db.deleteFrom('command_answers').where('command_id', '=', commandId).execute(),
    );
  };
  const levelOf = async (storeId: string, of = sku) =>
    await server.inDatabase((db) =>
      db
        .selectFrom('oms_levels')
        .select(['on_hand', 'promised'])
        .where('store_id', '=', storeId)
        .where('sku', '=', of)
        .executeTakeFirstOrThrow(),
    );
  const omsOrder = async (orderId: string) =>
    await server.inDatabase(async (db) => {
      const row = await db
        .selectFrom('oms_orders')
        .select('body')
        .where('id', '=', orderId)
        .executeTakeFirstOrThrow();
      return z.parse(OmsOrder, JSON.parse(row.body));
    });

  it('an id that began one kind of step begins no other, and is not answered with it', async () => {
    const { tablet, sessionId } = visit;
    await server.setStock('norde-mayfair', sku, 3);
    const commandId = crypto.randomUUID();
    valueOf(
      await tablet.command('transfer.ask', { sessionId, fromStoreId: 'norde-mayfair', sku }, commandId),
    );
    await forgetAnswer(commandId);
    expect(codeOf(await tablet.command('run.ask', { sessionId, sku }, commandId))).toBe('conflict');
    await forgetAnswer(commandId);
    const reserve = { sessionId, storeId: 'norde-mayfair', sku };
    expect(codeOf(await tablet.command('collection.reserve', reserve, commandId))).toBe('conflict');
    await forgetAnswer(commandId);
    const advisorId = 'theo-vasseur';
    const { startsAtMs } = valueOf(await tablet.command('appointment.slots', { advisorId }));
    const book = { sessionId, advisorId, startsAtMs: startsAtMs[0] ?? 0, skus: [] };
    expect(codeOf(await tablet.command('appointment.book', book, commandId))).toBe('conflict');
    await forgetAnswer(commandId);
    const lines = [{ sku, quantity: 1 }];
    expect(codeOf(await tablet.command('order.prepare', { sessionId, lines }, commandId))).toBe('conflict');
  });

  it('an id whose answer is a secret kept in memory is not answered with it for another command', async () => {
    const { kiosk, sessionId } = visit;
    const commandId = crypto.randomUUID();
    valueOf(await kiosk.command('client.invite', { sessionId }, commandId));
    expect(await kiosk.emit('command', { commandId, name: 'offer.open', payload: {} })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
  });

  it('what was refused stays refused, and promises nothing behind the advisor’s back', async () => {
    const { tablet, sessionId } = visit;
    await server.setStock('norde-mayfair', sku, 0);
    const before = await levelOf('norde-mayfair');
    const transfer = crypto.randomUUID();
    const ask = { sessionId, fromStoreId: 'norde-mayfair', sku };
    expect(codeOf(await tablet.command('transfer.ask', ask, transfer))).toBe('out-of-stock');
    const collection = crypto.randomUUID();
    const reserve = { sessionId, storeId: 'norde-mayfair', sku };
    expect(codeOf(await tablet.command('collection.reserve', reserve, collection))).toBe('out-of-stock');
    await server.setStock('norde-mayfair', sku, before.promised + 4);
    await forgetAnswer(transfer);
    await forgetAnswer(collection);
    expect(codeOf(await tablet.command('transfer.ask', ask, transfer))).toBe('conflict');
    expect(codeOf(await tablet.command('collection.reserve', reserve, collection))).toBe('conflict');
    expect((await levelOf('norde-mayfair')).promised).toBe(before.promised);
  });

  it('a draft that the house has, and we have not heard of, gets the lines of today', async () => {
    const { tablet, sessionId } = visit;
    await server.setStock('norde-marais', sku, 4);
    await server.setStock('norde-marais', other, 4);
    const first = valueOf(
      await tablet.command('order.prepare', { sessionId, lines: [{ sku, quantity: 2 }] }),
    ).order;
    // As it is where the server ended after the house had answered.
    const body = { omsId: null, revision: 0, lines: first.lines, record: null };
    await server.inDatabase((db) =>
      db
        .updateTable('sale_steps')
        .set({ state: 'asking', body: JSON.stringify(body) })
        .where('id', '=', first.id)
        .execute(),
    );
    const { order } = valueOf(
      await tablet.command('order.prepare', { sessionId, lines: [{ sku: other, quantity: 1 }] }),
    );
    expect(order).toMatchObject({ orderId: first.orderId, lines: [{ sku: other, quantity: 1 }] });
    const { orderId: omsId } = order;
    expect((await omsOrder(omsId)).lines).toMatchObject([{ sku: other, quantity: 1 }]);
    valueOf(await tablet.command('order.place', placing(sessionId, order)));
    expect((await levelOf('norde-marais')).on_hand).toBe(4);
    expect((await levelOf('norde-marais', other)).on_hand).toBe(3);
  });

  it('the trail names who placed an order, and not the colleague to whom they credit it', async () => {
    const { tablet, sessionId } = visit;
    await server.setStock('norde-marais', sku, 3);
    const lines = [{ sku, quantity: 1 }];
    const { order } = valueOf(await tablet.command('order.prepare', { sessionId, lines }));
    const { id: orderId, revision } = order;
    const placing = { sessionId, orderId, revision, agreedAssistingPercent: null };
    valueOf(await tablet.command('order.place', { ...placing, closedBy: 'theo-vasseur' }));
    const trail = await server.inDatabase((db) =>
      db.selectFrom('audit_entries').select(['actor_id', 'reason']).where('subject', '=', orderId).execute(),
    );
    expect(trail).toEqual([{ actor_id: 'noemie-caron', reason: 'closed by theo-vasseur' }]);
  });

  it('an order that the house has placed, and we have not heard of, is placed here too, if it is the one', async () => {
    const { tablet, sessionId } = visit;
    await server.setStock('norde-marais', sku, 3);
    const lines = [{ sku, quantity: 1 }];
    const placedThere = async (orderId: string, change: (order: OmsOrder) => OmsOrder) => {
      const body = JSON.stringify({ ...change(await omsOrder(orderId)), state: 'placed', revision: 9 });
      await server.inDatabase((db) =>
        db.updateTable('oms_orders').set({ body }).where('id', '=', orderId).execute(),
      );
    };
    const place = async () => {
      const { order } = valueOf(await tablet.command('order.prepare', { sessionId, lines }));
      return { order, now: () => tablet.command('order.place', placing(sessionId, order)) };
    };
    const first = await place();
    await placedThere(first.order.orderId, (order) => order);
    const { order: placed } = valueOf(await first.now());
    expect(placed).toMatchObject({ state: 'placed', revision: 9 });
    await expect.poll(async () => (await omsOrder(placed.orderId)).attribution?.record).toBe(placed.record);
    // Somebody else's lines are not what the client saw.
    const second = await place();
    await placedThere(second.order.orderId, (order) => ({
      ...order,
      lines: [{ sku: other, quantity: 2, holdId: null }],
    }));
    expect(codeOf(await second.now())).toBe('conflict');
  });

  it('an order has one record: whoever told of it first, here or from elsewhere', async () => {
    const { tablet, sessionId } = visit;
    await server.setStock('norde-marais', sku, 3);
    const lines = [{ sku, quantity: 1 }];
    const { order } = valueOf(await tablet.command('order.prepare', { sessionId, lines }));
    const { id, orderId, revision } = order;
    const first = { maison_id: 'norde', order_id: orderId, session_id: sessionId, made_at_ms: 1 };
    await server.inDatabase((db) =>
      db
        .insertInto('attributions')
        .values({ ...first, record: 'the.first.one' })
        .execute(),
    );
    expect(
      valueOf(await tablet.command('order.place', placing(sessionId, { id, revision }))).order.record,
    ).toBe('the.first.one');
    await expect.poll(async () => (await omsOrder(orderId)).attribution?.record).toBe('the.first.one');
  });

  it('of two who end a collection at once one does, and the trail tells of that one', async () => {
    const { tablet, sessionId } = visit;
    await server.setStock('norde-marais', sku, 3);
    const reserve = { sessionId, storeId: 'norde-marais', sku };
    const { collection } = valueOf(await tablet.command('collection.reserve', reserve));
    const colleague = await server.advisor('norde-marais', 'theo-vasseur');
    const { id: collectionId } = collection;
    const ends = await Promise.all([
      tablet.command('collection.end', { collectionId, how: 'collected' }),
      colleague.command('collection.end', { collectionId, how: 'released' }),
    ]);
    expect(ends.filter(({ ok }) => ok)).toHaveLength(1);
    const trail = await server.inDatabase((db) =>
      db
        .selectFrom('audit_entries')
        .select('reason')
        .where('subject', '=', collectionId)
        .where('action', '=', 'sale.collection-ended')
        .execute(),
    );
    expect(trail).toEqual([{ reason: ends[0]?.ok ? 'collected' : 'released' }]);
  });

  it('a yes for the visit ends with the visit, also where nobody has heard of its end yet', async () => {
    const { tablet, kiosk, sessionId } = visit;
    await server.setStock('norde-marais', sku, 3);
    const clientOf = async () => {
      const lines = [{ sku, quantity: 1 }];
      const { order } = valueOf(await tablet.command('order.prepare', { sessionId, lines }));
      await server.inDatabase((db) => db.deleteFrom('sale_steps').where('id', '=', order.id).execute());
      return (await omsOrder(order.orderId)).clientId;
    };
    valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo(all) }));
    expect(await clientOf()).toBe(bastien.id);
    // As it is where the hint of the end was lost.
    const closedAtMs = server.clock.nowMs();
    await server.inDatabase((db) =>
      db.updateTable('sessions').set({ closed_at_ms: closedAtMs }).where('id', '=', sessionId).execute(),
    );
    expect(await clientOf()).toBeNull();
  });

  it('every piece that is held for the client is taken by their order, the last two of one kind too', async () => {
    const { tablet, sessionId } = visit;
    await server.setStock('norde-marais', sku, 2);
    const before = await levelOf('norde-marais');
    valueOf(await tablet.command('hold.place', { sessionId, sku }));
    valueOf(await tablet.command('hold.place', { sessionId, sku }));
    const { order } = valueOf(
      await tablet.command('order.prepare', { sessionId, lines: [{ sku, quantity: 2 }] }),
    );
    valueOf(await tablet.command('order.place', placing(sessionId, order)));
    expect(await levelOf('norde-marais')).toEqual({ on_hand: 0, promised: before.promised });
  });

  it('a piece that was held after the draft is taken by the order, and by nothing else', async () => {
    const { tablet, sessionId } = visit;
    await server.setStock('norde-marais', sku, 1);
    const before = await levelOf('norde-marais');
    const { order } = valueOf(
      await tablet.command('order.prepare', { sessionId, lines: [{ sku, quantity: 1 }] }),
    );
    valueOf(await tablet.command('hold.place', { sessionId, sku }));
    valueOf(await tablet.command('order.place', placing(sessionId, order)));
    expect(await levelOf('norde-marais')).toEqual({ on_hand: 0, promised: before.promised });
  });
});
