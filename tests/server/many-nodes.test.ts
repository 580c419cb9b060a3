import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { applyFrame, applySnapshot, type StockState, type Welcome } from '../../protocol/index.ts';
import { defaultTimings } from '../../server/server-config.ts';
import { testPostgresUrl } from './support/databases.ts';
import { hasRedis, PrivateRedis } from './support/private-redis.ts';
import { bastien, consentTo } from './support/known-visit.ts';
import type { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, handOff, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.smoke';
const Kept = z.object({ startsAtMs: z.int(), sequence: z.int(), omsId: z.string() });
const canRun = testPostgresUrl !== null && hasRedis;

describe.skipIf(!canRun)('two nodes over one database (skipped without PostgreSQL and Redis)', () => {
  let redis: PrivateRedis;
  let one: TestServer;
  let other: TestServer;
  let kiosk: TestDevice;
  let tablet: TestDevice;
  let stock: StockState;

  beforeAll(async () => {
    redis = await PrivateRedis.start();
    one = await TestServer.startOnPostgres(testPostgresUrl ?? '', { redisUrl: redis.url });
    other = await one.anotherNode();
    kiosk = await one.enrol('kiosk', storeId);
    stock = stockOf(await kiosk.connect());
    tablet = await other.advisor(storeId, 'noemie-caron');
  });
  afterAll(async () => {
    await other?.stop();
    await one?.stop();
    await redis?.stop();
  });

  /** Takes frames until the shelf shows this many; each must follow on the last. */
  async function until(onHand: number): Promise<void> {
    while (stock.get(storeId)?.levels.get(sku)?.onHand !== onHand) {
      const applied = applyFrame(
        stock,
        await kiosk.next('stock.changed', (frame) => frame.storeId === storeId),
      );
      expect(applied.outcome).not.toBe('gap');
      stock = applied.state;
    }
  }

  it('do one visit between them: the mirror on one node, the advisor’s tablet on the other', async () => {
    const sessionId = await handOff(kiosk, tablet);
    valueOf(await tablet.command('hold.place', { sessionId, sku }));
    const heard = await kiosk.next(
      'session.events',
      ({ events }) => events.at(-1)?.fact.type === 'hold-placed',
    );
    expect(heard.sessionId).toBe(sessionId);
    // The advisor’s question finds the mirror on the other node, and the no finds its way back; the card is written down no longer.
    const reference = { kind: 'loyalty-card', value: bastien.card } as const;
    const { expiresAtMs } = valueOf(await tablet.command('client.ask', { sessionId, reference }));
    const asked = await kiosk.next('client.asked');
    expect(asked).toMatchObject({ sessionId, reference, expiresAtMs, advisor: { id: 'noemie-caron' } });
    const asks = () => one.inDatabase((db) => db.selectFrom('client_asks').selectAll().execute());
    expect(await asks()).toMatchObject([{ state: 'shown', reference: null }]);
    valueOf(await kiosk.command('client.decline', { sessionId }));
    expect(await tablet.next('client.declined')).toEqual({ sessionId });
    valueOf(await kiosk.command('session.close', { sessionId, reason: 'farewell' }));
    await tablet.next('session.events', ({ events }) => events.at(-1)?.fact.type === 'closed');
  });

  it('tell what is counted on one to those who look at the other, in order and without a gap', async () => {
    for (const onHand of [7, 8, 9]) await other.setStock(storeId, sku, onHand);
    await until(9);
  });

  it('do once what is sent to both under one id, and both give the first answer', async () => {
    const sessionId = await handOff(kiosk, tablet);
    const [mirror, twin] = [kiosk.twin(other.url), tablet.twin(one.url)];
    await mirror.connect();
    await twin.connect();
    for (let turn = 0; turn < 6; turn += 1) {
      const keep = { sessionId, sku, kept: turn % 2 === 0 };
      const id = crypto.randomUUID();
      const answers = await Promise.all([
        kiosk.command('session.keep', keep, id),
        mirror.command('session.keep', keep, id),
      ]);
      expect(answers).toEqual([
        { ok: true, value: {} },
        { ok: true, value: {} },
      ]);
    }
    const [placing, releasing, yes, forget] = Array.from({ length: 4 }, () => crypto.randomUUID());
    const placed = valueOf(await tablet.command('hold.place', { sessionId, sku }, placing));
    expect(valueOf(await twin.command('hold.place', { sessionId, sku }, placing))).toEqual(placed);
    const release = { holdId: placed.hold.id };
    const [released, again] = await Promise.all([
      tablet.command('hold.release', release, releasing),
      twin.command('hold.release', release, releasing),
    ]);
    expect(valueOf(released)).toEqual(valueOf(again));
    const consent = consentTo([{ purpose: 'greet', term: 'visit' }]);
    await Promise.all(
      [kiosk, mirror].map((line) => line.command('client.consent', { sessionId, consent }, yes)),
    );
    const erasures = await Promise.all(
      [kiosk, mirror].map((line) => line.command('client.erase', { sessionId }, forget)),
    );
    expect(erasures.map(({ ok }) => ok)).toEqual([true, true]);
    const { events } = valueOf(await mirror.command('session.read', { sessionId, seq: 0 }));
    const counted = Map.groupBy(events, ({ fact }) => fact.type);
    const counts = Object.fromEntries(Array.from(counted, ([type, all]) => [type, all.length]));
    expect(counts).toEqual({ started: 1, kept: 3, 'set-aside': 3, 'hold-placed': 1, 'hold-ended': 1 });
    const told = await one.inDatabase((db) =>
      db
        .selectFrom('audit_entries')
        .select('action')
        .where('action', 'in', ['client.consented', 'client.erased'])
        .execute(),
    );
    expect(told.map(({ action }) => action).toSorted()).toEqual(['client.consented', 'client.erased']);
    valueOf(await kiosk.command('session.close', { sessionId, reason: 'farewell' }));
    mirror.disconnect();
    twin.disconnect();
  });

  it('hold the last piece once, whichever node is asked', async () => {
    const second = await one.advisor(storeId, 'noemie-caron');
    const kioskTwo = await other.connect('kiosk', storeId, 'Mirror 2');
    const sessionId = await handOff(kioskTwo, second);
    // One piece is held by the visit before.
    await one.setStock(storeId, sku, 2);
    await until(2);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        (index % 2 === 0 ? second : tablet).command('hold.place', { sessionId, sku }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const refused = answers.filter((answer) => !answer.ok);
    expect(new Set(refused.map(codeOf))).toEqual(new Set(['out-of-stock']));
    // The first to come free is the piece of the visit before.
    for (const answer of refused) {
      expect(answer).toMatchObject({ error: { nextFreeAtMs: one.clock.nowMs() + defaultTimings.holdMs } });
    }
    valueOf(await second.command('session.close', { sessionId, reason: 'advisor' }));
  });

  it('leave an appointment that both change at once as the house’s diary has it', async () => {
    const second = await one.connect('kiosk', storeId, 'Mirror 5');
    const sessionId = await handOff(second, tablet);
    const twin = tablet.twin(one.url);
    await twin.connect();
    const advisorId = 'theo-vasseur';
    const slots = async () => valueOf(await tablet.command('appointment.slots', { advisorId })).startsAtMs;
    const booked = async () => {
      const [startsAtMs = 0] = await slots();
      const asked = { sessionId, advisorId, startsAtMs, skus: [] };
      const { appointment } = valueOf(await tablet.command('appointment.book', asked));
      return { sessionId, appointmentId: appointment.id };
    };
    const standing = (appointmentId: string) =>
      one.inDatabase(async (db) => {
        const step = db.selectFrom('sale_steps').selectAll().where('id', '=', appointmentId);
        const { state, body } = await step.executeTakeFirstOrThrow();
        const { startsAtMs, sequence, omsId } = z.parse(Kept, JSON.parse(body));
        const kept = db.selectFrom('oms_appointments').select('starts_at_ms').where('id', '=', omsId);
        return { state, startsAtMs, sequence, diary: (await kept.executeTakeFirst())?.starts_at_ms };
      });
    const ofIt = await booked();
    let sequence = 0;
    for (let round = 0; round < 12; round += 1) {
      one.clock.advance(1_000);
      const free = await slots();
      const answers = await Promise.all(
        [tablet, twin].map((line, index) =>
          line.command('appointment.move', { ...ofIt, startsAtMs: free[index] ?? 0 }),
        ),
      );
      const moved = answers.filter(({ ok }) => ok).length;
      expect(moved).toBeGreaterThan(0);
      const now = await standing(ofIt.appointmentId);
      expect(now).toMatchObject({ state: 'booked', diary: now.startsAtMs });
      // Each change that a calendar may have been told of has a number of its own.
      sequence += moved;
      expect(now.sequence).toBe(sequence);
    }
    for (let round = 0; round < 12; round += 1) {
      one.clock.advance(1_000);
      const doomed = await booked();
      const [later = 0] = await slots();
      const move = () => twin.command('appointment.move', { ...doomed, startsAtMs: later });
      const early = round % 2 === 0 ? move() : null;
      const cancel = tablet.command('appointment.cancel', doomed);
      const [cancelled, moved] = await Promise.all([cancel, early ?? move()]);
      expect(valueOf(cancelled).appointment.state).toBe('cancelled');
      expect(await standing(doomed.appointmentId)).toMatchObject({
        state: 'cancelled',
        diary: undefined,
        sequence: moved.ok ? 2 : 1,
      });
    }
    valueOf(await tablet.command('session.close', { sessionId, reason: 'advisor' }));
    twin.disconnect();
  });

  it('hang up a device on the other node when it is sent away on this one', async () => {
    const guest = await other.connect('kiosk', storeId, 'Mirror 3');
    const closing = guest.next('server.closing');
    await one.running.revokeDevice(guest.id);
    expect((await closing).reason).toBe('revoked');
  });

  it('sign an advisor out on the other node when they are removed on this one', async () => {
    const guest = await other.advisor(storeId, 'theo-vasseur');
    const closing = guest.next('server.closing');
    await one.asOperator('/api/advisors/norde/theo-vasseur/remove', {});
    await closing;
    await guest.closed();
    expect((await guest.connect()).advisor).toBeNull();
    guest.disconnect();
  });

  /** A node looks what others committed at its own times, and one look may come just before there is something to see. */
  const asTimePasses = async (awaited: Promise<unknown>): Promise<void> => {
    const tick = setInterval(() => one.clock.advance(defaultTimings.catchUpEveryMs / 10), 20);
    try {
      await awaited;
    } finally {
      clearInterval(tick);
    }
  };

  it('let holds run out that a node has placed which is no more', async () => {
    const doomed = await one.anotherNode();
    const lastTablet = await doomed.advisor(storeId, 'noemie-caron');
    const lastKiosk = await doomed.connect('kiosk', storeId, 'Mirror 4');
    const sessionId = await handOff(lastKiosk, lastTablet);
    await one.setStock(storeId, sku, 9);
    await until(9);
    valueOf(await lastTablet.command('hold.place', { sessionId, sku }));
    // Two pieces are held by the visits before.
    await kiosk.next('stock.changed', ({ levels }) => levels[0]?.available === 6);
    await doomed.stop();
    const free = kiosk.next('stock.changed', ({ levels }) => levels.some(({ available }) => available === 9));
    one.clock.advance(defaultTimings.holdMs);
    await asTimePasses(free);
  });

  it('go on without Redis, tell late what the other committed, and at once when it is back', async () => {
    await redis.kill();
    await other.setStock(storeId, sku, 4);
    await asTimePasses(kiosk.next('stock.changed', ({ levels }) => levels[0]?.onHand === 4));
    await other.setStock(storeId, sku, 5);
    const again = kiosk.next('stock.changed', ({ levels }) => levels[0]?.onHand === 5);
    await redis.up();
    await again;
    await other.setStock(storeId, sku, 6);
    await kiosk.next('stock.changed', ({ levels }) => levels[0]?.onHand === 6);
  });
});

function stockOf(welcome: Welcome): StockState {
  return welcome.stock.reduce<StockState>(
    (state, part) => (part.kind === 'snapshot' ? applySnapshot(state, part.snapshot) : state),
    new Map(),
  );
}
