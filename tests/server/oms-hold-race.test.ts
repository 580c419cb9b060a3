import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OmsFault, type HoldAsk, type HoldOutcome } from '../../protocol/connector/index.ts';
import {
  believed,
  counted,
  holdFacts,
  openScriptedKit,
  sku,
  storeId,
  take,
  type ScriptedKit,
} from './support/scripted-kit.ts';
import { codeOf, valueOf } from './support/visit.ts';

let kit: ScriptedKit;
beforeEach(async () => {
  kit = await openScriptedKit('queue');
  kit.house.onLevels = async () => ({ asOfMs: kit.clock.nowMs(), levels: [counted()] });
  await kit.services.watch('norde').start();
});
afterEach(async () => {
  await kit.stop();
});

const down = () => Promise.reject(new OmsFault('unavailable', 'The house is away.'));
const held = ({ expiresAtMs }: HoldAsk): HoldOutcome => ({
  kind: 'held',
  hold: { id: 'h-1', storeId, sku, expiresAtMs },
  asOfMs: kit.clock.nowMs(),
  level: counted({ promised: 1, revision: 2 }),
});

/** The client's tap asks the house; while that question is out, those who ask for waiting holds get `other`. */
async function whileAsking(
  other: (ask: HoldAsk) => Promise<HoldOutcome>,
  first: (ask: HoldAsk) => Promise<HoldOutcome>,
) {
  const asked = Promise.withResolvers<HoldAsk>();
  const answer = Promise.withResolvers<void>();
  kit.house.onHold = async (ask) => {
    kit.house.onHold = other;
    asked.resolve(ask);
    await answer.promise;
    return await first(ask);
  };
  const taken = take(kit);
  await asked.promise;
  await kit.services.native.confirmWaiting('norde');
  answer.resolve();
  return await taken;
}

describe('one hold that two ask the house for at once', () => {
  it('is told once, where the first to hear heard nothing and the second that it is held', async () => {
    valueOf(await whileAsking(down, async (ask) => held(ask)));
    expect(await holdFacts(kit)).toEqual(['hold-placed']);
    expect(await believed(kit)).toMatchObject({ onHand: 2, available: 1 });
  });

  it('is held, where the first heard so and the second heard nothing', async () => {
    valueOf(await whileAsking(async (ask) => held(ask), down));
    expect(await holdFacts(kit)).toEqual(['hold-placed']);
  });

  it('ends before the client’s eyes, where it was told of and the house then says no', async () => {
    const answer = await whileAsking(down, async () => ({
      kind: 'none-free',
      asOfMs: kit.clock.nowMs(),
      level: counted({ onHand: 0, revision: 2 }),
      nextFreeAtMs: null,
    }));
    expect(codeOf(answer)).toBe('out-of-stock');
    expect(await holdFacts(kit)).toEqual(['hold-placed', 'hold-ended']);
  });
});
