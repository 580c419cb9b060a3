import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../bench/registration/sampling.ts';
import { applyFrame, applySnapshot, type StockState } from '../../protocol/index.ts';
import { defaultTimings } from '../../server/server-config.ts';
import { testPostgresUrl } from './support/databases.ts';
import { HintWire, type CaughtHint } from './support/hint-wire.ts';
import { hasRedis, PrivateRedis } from './support/private-redis.ts';
import { consentTo } from './support/known-visit.ts';
import type { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { handOff, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.smoke';
const canRun = testPostgresUrl !== null && hasRedis;

function shuffled<One>(all: readonly One[], random: () => number): One[] {
  return all
    .map((one) => ({ one, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

describe.skipIf(!canRun)('hints between two nodes (skipped without PostgreSQL and Redis)', () => {
  let redises: readonly [PrivateRedis, PrivateRedis];
  let wire: HintWire;
  let one: TestServer;
  let other: TestServer;
  let kiosk: TestDevice;
  let tablet: TestDevice;
  let sessionId: string;
  let stock: StockState = new Map();
  let seq = 1;

  beforeAll(async () => {
    redises = [await PrivateRedis.start(), await PrivateRedis.start()];
    one = await TestServer.startOnPostgres(testPostgresUrl ?? '', { redisUrl: redises[0].url });
    other = await one.anotherNode({ redisUrl: redises[1].url });
    wire = await HintWire.between(...redises);
    kiosk = await one.enrol('kiosk', storeId);
    for (const part of (await kiosk.connect()).stock) {
      if (part.kind === 'snapshot') stock = applySnapshot(stock, part.snapshot);
    }
    tablet = await other.advisor(storeId, 'noemie-caron');
    sessionId = await handOff(kiosk, tablet);
  });
  afterAll(async () => {
    await wire?.stop();
    await other?.stop();
    await one?.stop();
    for (const redis of redises ?? []) await redis.stop();
  });

  /** Devices may speak again; the look that falls due meanwhile is over before anything changes. */
  beforeEach(async () => {
    one.clock.advance(5_000);
    await kiosk.command('stock.read', { storeId, cursor: 0 });
    await tablet.command('stock.read', { storeId, cursor: 0 });
  });

  /** Stock and visit change at the other node: a hint of each. Gives what is then true. */
  async function change(times: number): Promise<{ onHand: number; head: number }> {
    let onHand = 0;
    for (let turn = 0; turn < times; turn += 1) {
      onHand = 20 + ((turn * 7) % 11) + times;
      await other.setStock(storeId, sku, onHand);
      const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku }));
      valueOf(await tablet.command('hold.release', { holdId: hold.id }));
    }
    const { events } = valueOf(await tablet.command('session.read', { sessionId, seq: 0 }));
    return { onHand, head: events.at(-1)?.seq ?? 0 };
  }

  /** Takes frames until the mirror knows all of it; none leaves a gap, none tells of an older time. */
  async function untilTrue(truth: { onHand: number; head: number }): Promise<void> {
    for (;;) {
      const level = stock.get(storeId)?.levels.get(sku);
      if (level?.onHand === truth.onHand && level.available === truth.onHand) break;
      const frame = await kiosk.next('stock.changed', (told) => told.storeId === storeId);
      const applied = applyFrame(stock, frame);
      expect(applied.outcome).not.toBe('gap');
      stock = applied.state;
    }
    while (seq < truth.head) {
      const { fromSeq, toSeq, events } = await kiosk.next('session.events');
      expect(fromSeq).toBeLessThanOrEqual(seq + 1);
      expect(events.map((event) => event.seq)).toEqual(
        Array.from({ length: toSeq - fromSeq + 1 }, (_, index) => fromSeq + index),
      );
      seq = Math.max(seq, toSeq);
    }
  }

  /** Every hint of a change, once all have come. */
  async function caught(least: number): Promise<readonly CaughtHint[]> {
    await expect.poll(() => wire.caught.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(least);
    return wire.caught;
  }

  it.each([1, 2, 3])(
    'may come doubled and in any order (%i): the mirror shows what is true',
    async (seed) => {
      const random = seededRandom(seed);
      wire.close();
      const truth = await change(4 + seed);
      const hints = await caught(3 * (4 + seed));
      await wire.deliver(shuffled([...hints, ...hints], random));
      await untilTrue(truth);
      wire.open();
    },
  );

  it('may be lost, all but the oldest: the mirror shows what is true within two seconds', async () => {
    wire.close();
    const truth = await change(5);
    const [oldest] = await caught(15);
    await wire.deliver(oldest ? [oldest] : []);
    one.clock.advance(defaultTimings.catchUpEveryMs);
    await untilTrue(truth);
    wire.open();
  });

  it('may be lost altogether, and late ones tell nothing that is not so any more', async () => {
    wire.close();
    await change(3);
    const late = [...(await caught(9))];
    const truth = await change(4);
    one.clock.advance(defaultTimings.catchUpEveryMs);
    await untilTrue(truth);
    await wire.deliver(late);
    const after = await change(2);
    wire.open();
    one.clock.advance(defaultTimings.catchUpEveryMs);
    await untilTrue(after);
  });

  it('may be nonsense, or name what is not there: nobody is told anything, and the next good one is heard', async () => {
    const nonsense = [
      '{',
      '{"kind":"stock","storeId":"nowhere"}',
      '{"kind":"session","sessionId":"none","fromSeq":-4}',
      '{"kind":"else"}',
    ];
    await wire.deliver(nonsense.map((hint) => ({ side: 1, message: { node: 'stranger', hint } })));
    await untilTrue(await change(2));
    expect(one.logLines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it('that a client took their yes back may be lost: the advisor’s tablet hears of it within two seconds', async () => {
    const yes = consentTo([{ purpose: 'greet', term: 'visit' }]);
    valueOf(await kiosk.command('client.consent', { sessionId, consent: yes }));
    await tablet.next('client.changed');
    wire.close();
    valueOf(await kiosk.command('client.withdraw', { sessionId, purpose: null }));
    await caught(1);
    one.clock.advance(defaultTimings.catchUpEveryMs);
    expect(await tablet.next('client.changed')).toEqual({ sessionId });
    expect(valueOf(await tablet.command('client.read', { sessionId })).known).toBeNull();
    wire.open();
  });

  it('that a device was sent away may be lost: its line ends when the node next looks', async () => {
    const guest = await other.connect('kiosk', storeId, 'Mirror 2');
    const closing = guest.next('server.closing');
    wire.close();
    await one.running.revokeDevice(guest.id);
    other.clock.advance(defaultTimings.recheckEveryMs);
    expect(await closing).toMatchObject({ reason: 'revoked' });
    wire.open();
  });
});
