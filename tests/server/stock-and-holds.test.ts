import * as fc from 'fast-check';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sdk/core/clock.ts';
import { applyFrame, applySnapshot, type StockState } from '../../protocol/index.ts';
import { Background } from '../../server/core/background.ts';
import { LocalHints } from '../../server/core/hints.ts';
import { systemRandom } from '../../server/core/random.ts';
import type { OmsSeed } from '../../server/oms/embedded/oms-seed.ts';
import { plantSeed } from '../../server/oms/embedded/plant-seed.ts';
import { defaultTimings, type ServerConfig } from '../../server/server-config.ts';
import { createServices, type Services } from '../../server/services.ts';
import { openSession } from './support/open-session.ts';
import { freshDatabases, type FreshDatabase } from './support/databases.ts';
import { codeOf, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.tortoise';
const words = { en: 'Optician', fr: 'Opticienne' };
const seed: OmsSeed = {
  schemaVersion: 1,
  maison: { id: 'norde', name: 'Norde' },
  demoPin: '1357',
  stores: [{ id: storeId, name: 'Le Marais', city: 'Paris', locale: 'fr', timeZone: 'Europe/Paris' }],
  advisors: [{ id: 'noemie-caron', storeId, name: 'Noémie Caron', title: words, languages: ['fr'] }],
  clients: [],
  levels: [{ storeId, sku, onHand: 1 }],
  transferHours: [],
};

describe.each(freshDatabases)('stock and holds on $name', ({ fresh }) => {
  let clock: ManualClock;
  let store: FreshDatabase;
  let services: Services;
  let background: Background;

  beforeEach(async () => {
    clock = new ManualClock();
    store = await fresh();
    await plantSeed(store.database, seed, systemRandom, 2 ** 4);
    background = new Background(clock, pino({ level: 'silent' }));
    const config = { clock, random: systemRandom } as unknown as ServerConfig;
    services = await createServices({
      config,
      timings: defaultTimings,
      database: store.database,
      catalogues: new Map(),
      background,
      hints: new LocalHints(),
    });
    await services.watch('norde').start();
    await openSession(store.database, 'session-0', storeId, clock.nowMs());
  });
  afterEach(async () => {
    services.watch('norde').stop();
    await background.close();
    await store.drop();
  });

  const reread = () => services.watch('norde').reconcile();
  const take = (commandId: string) =>
    services.holds.take({ storeId, sku, sessionId: 'session-0', deviceId: 'device-tablet', commandId });

  async function snapshot() {
    const caught = await services.stock.catchUp(storeId, undefined);
    if (caught.kind !== 'snapshot') throw new Error('expected a snapshot');
    return caught.snapshot;
  }

  it('gives the last piece to one of a hundred at the same instant', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => take(`command-${index}`)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const refused = answers.filter((answer) => !answer.ok);
    expect(new Set(refused.map(codeOf))).toEqual(new Set(['out-of-stock']));
    expect(refused[0]).toMatchObject({ error: { nextFreeAtMs: clock.nowMs() + defaultTimings.holdMs } });
    expect((await snapshot()).levels).toMatchObject([{ onHand: 1, available: 0 }]);
  });

  it('answers the same command with the same hold, and keeps one piece back for it', async () => {
    valueOf(await services.oms.setStock(storeId, sku, 5));
    await reread();
    const [first, second] = await Promise.all([take('command-a'), take('command-a')]);
    expect(first).toEqual(second);
    expect((await snapshot()).levels).toMatchObject([{ onHand: 5, available: 4 }]);
  });

  it('frees a piece when its hold runs out, by the clock and not before', async () => {
    valueOf(await take('command-a'));
    clock.advance(defaultTimings.holdMs - 1);
    await background.idle();
    expect(codeOf(await take('command-b'))).toBe('out-of-stock');
    clock.advance(1);
    await background.idle();
    valueOf(await take('command-c'));
  });

  it('drops a stale level, confirms a known one with its new age, and never shows less than nothing', async () => {
    valueOf(await take('command-a'));
    const apply = (onHand: number, revision: number, asOfMs: number) =>
      services.book.apply(
        { asOfMs, levels: [{ storeId, sku, onHand, promised: 0, revision }] },
        'embedded',
        new Set([storeId]),
      );
    const nowMs = clock.nowMs();
    expect(await apply(0, 5, nowMs)).toMatchObject({ changed: 1 });
    expect(await apply(9, 4, nowMs + 1)).toMatchObject({ stale: 1 });
    expect(await apply(0, 5, nowMs + 2)).toMatchObject({ confirmed: 1 });
    expect((await snapshot()).levels).toMatchObject([
      { onHand: 0, available: 0, revision: 5, asOfMs: nowMs + 2 },
    ]);
  });

  it('takes the newest of two levels that a reading has of one piece, in either order', async () => {
    const level = (onHand: number, revision: number) => ({ storeId, sku, onHand, promised: 0, revision });
    const apply = (...levels: ReturnType<typeof level>[]) =>
      services.book.apply({ asOfMs: clock.nowMs(), levels }, 'embedded', new Set([storeId]));
    expect(await apply(level(4, 6), level(9, 5))).toMatchObject({ changed: 1, stale: 1 });
    expect((await snapshot()).levels).toMatchObject([{ onHand: 4, revision: 6 }]);
    expect(await apply(level(9, 7), level(5, 8))).toMatchObject({ changed: 2 });
    expect((await snapshot()).levels).toMatchObject([{ onHand: 5, revision: 8 }]);
  });

  it('sends a snapshot to who is further behind than the log reaches, and a tail to who is not', async () => {
    for (let onHand = 0; onHand < 10; onHand += 1) {
      valueOf(await services.oms.setStock(storeId, sku, onHand));
      await reread();
    }
    await services.stock.prune(4);
    const { seq } = await snapshot();
    expect(await services.stock.catchUp(storeId, seq - 5)).toMatchObject({ kind: 'snapshot' });
    expect(await services.stock.catchUp(storeId, seq - 4)).toMatchObject({
      kind: 'tail',
      frames: [{ fromSeq: seq - 3, toSeq: seq, levels: [{ sku, onHand: 9 }] }],
    });
    expect(await services.stock.catchUp(storeId, seq)).toMatchObject({ kind: 'tail', frames: [] });
    expect(await services.stock.catchUp(storeId, seq + 7)).toMatchObject({ kind: 'snapshot' });
  });

  it('behaves like the plain model of a shelf under any order of holds, expiries and counts', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('hold' as const) }),
      fc.record({ kind: fc.constant('count' as const), onHand: fc.nat(3) }),
      fc.record({
        kind: fc.constant('wait' as const),
        ms: fc.integer({ min: 1, max: defaultTimings.holdMs }),
      }),
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        run += 1;
        clock.advance(defaultTimings.holdMs);
        await background.idle();
        let onHand = (await snapshot()).levels[0]?.onHand ?? 0;
        let expiries: number[] = [];
        let peer: StockState = applySnapshot(new Map(), await snapshot());
        for (const [index, { kind, ...rest }] of steps.entries()) {
          if (kind === 'hold') {
            const answer = await take(`command-${run}-${index}`);
            expect(answer.ok).toBe(onHand > expiries.length);
            if (answer.ok) expiries.push(answer.value.hold.expiresAtMs);
          } else if (kind === 'count' && 'onHand' in rest) {
            onHand = rest.onHand;
            valueOf(await services.oms.setStock(storeId, sku, onHand));
            await reread();
          } else if ('ms' in rest) {
            clock.advance(rest.ms);
            await background.idle();
            expiries = expiries.filter((dueMs) => dueMs > clock.nowMs());
          }
          const cursor = peer.get(storeId)?.cursor ?? 0;
          for (const frame of await services.stock.framesAfter(storeId, cursor)) {
            const applied = applyFrame(peer, frame);
            expect(applied.outcome).toBe('applied');
            peer = applied.state;
          }
          const available = Math.max(0, onHand - expiries.length);
          expect(peer.get(storeId)?.levels.get(sku)).toMatchObject({ onHand, available });
        }
      }),
      { numRuns: 25 },
    );
  });
});
