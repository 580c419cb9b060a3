import { afterEach, describe, expect, it } from 'vitest';
import { OmsFault } from '../../protocol/connector/index.ts';
import {
  believed,
  counted,
  neighbourStoreId,
  openScriptedKit,
  storeId,
  sku,
  take,
  type ScriptedKit,
} from './support/scripted-kit.ts';
import { codeOf, valueOf } from './support/visit.ts';

let kit: ScriptedKit;
afterEach(async () => {
  await kit.stop();
});

/** Both Maisons read once; Norde's house counts two. */
async function openRead(): Promise<void> {
  kit = await openScriptedKit();
  kit.house.onLevels = async () => ({ asOfMs: kit.clock.nowMs(), levels: [counted()] });
  for (const maisonId of ['norde', 'aurelle']) await kit.services.watch(maisonId).start();
  await kit.background.idle();
}

describe('a house that speaks of another piece than it was asked about', () => {
  const stolen = counted({ storeId: neighbourStoreId, onHand: 0, revision: 99 });

  it('after a hint changes no count of a neighbour, and is told as down', async () => {
    await openRead();
    kit.house.onLevel = async () => ({ kind: 'read', asOfMs: kit.clock.nowMs() + 1, level: stolen });
    kit.services.watch('norde').hint({ storeId, sku });
    await kit.background.idle();
    expect(await believed(kit, neighbourStoreId)).toMatchObject({ onHand: 3, source: 'embedded' });
    expect(kit.services.watch('norde').feed()).toMatchObject({
      state: 'down',
      fault: expect.stringContaining('misspoke') as string,
    });
  });

  it.each([
    { kind: 'none-free', nextFreeAtMs: null, level: counted({ sku: 'fjord-51.other', onHand: 0 }) },
    { kind: 'held', place: neighbourStoreId, level: counted() },
    { kind: 'held', place: storeId, level: stolen },
  ] as const)('in its answer to a hold has nothing written and nobody told of a hold: %o', async (answer) => {
    await openRead();
    const asOfMs = kit.clock.nowMs() + 1;
    kit.house.onHold = async ({ expiresAtMs }) => {
      if (answer.kind === 'none-free') return { ...answer, asOfMs };
      const hold = { id: 'h-1', storeId: answer.place, sku, expiresAtMs };
      return { kind: 'held', asOfMs, hold, level: answer.level };
    };
    expect(codeOf(await take(kit))).toBe('oms-unavailable');
    expect(await believed(kit)).toMatchObject({ onHand: 2, available: 2 });
    expect(await believed(kit, neighbourStoreId)).toMatchObject({ onHand: 3, source: 'embedded' });
  });

  it('when a hold is given back changes no count of a neighbour', async () => {
    await openRead();
    const asOfMs = kit.clock.nowMs() + 1;
    kit.house.onHold = async ({ expiresAtMs }) => ({
      kind: 'held',
      asOfMs,
      hold: { id: 'h-1', storeId, sku, expiresAtMs },
      level: counted({ promised: 1, revision: 2 }),
    });
    let released = 0;
    kit.house.onRelease = async () => {
      released += 1;
      return { kind: 'released', asOfMs, level: stolen };
    };
    const { hold } = valueOf(await take(kit));
    kit.clock.advance(hold.expiresAtMs - kit.clock.nowMs());
    await kit.background.idle();
    expect(released).toBe(1);
    expect(await believed(kit, neighbourStoreId)).toMatchObject({ onHand: 3, source: 'embedded' });
  });
});

describe('a fault that nobody foresaw', () => {
  it('at the start is the one Maison’s alone, is logged, and passes when the house answers', async () => {
    kit = await openScriptedKit();
    kit.house.onLevels = () => Promise.reject(new RangeError('too deep'));
    const watch = kit.services.watch('norde');
    const callers = await Promise.allSettled([watch.start(), watch.reconcile(), watch.reconcile()]);
    expect(callers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(watch.feed()).toMatchObject({
      state: 'down',
      fault: expect.stringContaining('internal') as string,
    });
    expect(kit.logLines.join('')).toContain('too deep');
    kit.house.onLevels = async () => ({ asOfMs: kit.clock.nowMs(), levels: [counted()] });
    kit.clock.advance(61_000);
    await kit.background.idle();
    expect(watch.feed()).toMatchObject({ state: 'up', fault: null });
    expect(await believed(kit)).toMatchObject({ onHand: 2 });
  });
});

describe('a piece that a house does not count any more', () => {
  it('cannot be held, once a hint had it asked about', async () => {
    await openRead();
    kit.clock.advance(1_000);
    kit.services.watch('norde').hint({ storeId, sku });
    await kit.background.idle();
    expect(await believed(kit)).toMatchObject({ onHand: 0, available: 0, asOfMs: kit.clock.nowMs() });
    expect(codeOf(await take(kit))).toBe('out-of-stock');
  });

  it('cannot be held, once everything was read without it, and can when it is counted anew', async () => {
    await openRead();
    const counts = kit.house.onLevels;
    kit.house.onLevels = async () => ({ asOfMs: kit.clock.nowMs(), levels: [] });
    kit.clock.advance(1_000);
    await kit.services.watch('norde').reconcile();
    expect(await believed(kit)).toMatchObject({ onHand: 0, available: 0 });
    expect(await believed(kit, neighbourStoreId)).toMatchObject({ onHand: 3, available: 3 });
    kit.house.onLevels = counts;
    kit.clock.advance(1_000);
    await kit.services.watch('norde').reconcile();
    expect(await believed(kit)).toMatchObject({ onHand: 2, available: 2 });
  });
});

describe('a house that lets the kit in no longer', () => {
  it('is told to the advisor as one that is away, is logged, and hears of the hold’s end when it does again', async () => {
    await openRead();
    const refuses = () => Promise.reject(new OmsFault('refused', 'The house’s system answered 401.'));
    kit.house.onHold = refuses;
    expect(codeOf(await take(kit))).toBe('oms-unavailable');
    expect(kit.logLines.join('')).toContain('answered 401');
    await kit.background.idle();
    expect(await kit.services.letters.dead('norde')).toEqual([]);
    const released: string[] = [];
    kit.house.onHold = async ({ expiresAtMs }) => ({
      kind: 'held',
      asOfMs: kit.clock.nowMs(),
      hold: { id: 'h-1', storeId, sku, expiresAtMs },
      level: counted({ promised: 1, revision: 2 }),
    });
    kit.house.onRelease = async ({ holdId }) => {
      released.push(holdId);
      return { kind: 'ended' };
    };
    kit.clock.advance(60_000);
    await kit.background.idle();
    expect(released).toEqual(['h-1']);
  });
});
