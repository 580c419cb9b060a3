import { expect, it } from 'vitest';
import { OmsFault, type OmsLevel } from '../../protocol/connector/index.ts';
import { ManualClock } from '../../sdk/core/clock.ts';
import { pollLevels } from '../../server/oms/vendure/vendure-poll.ts';

const level = (sku: string, onHand: number, revision: number): OmsLevel => ({
  storeId: 'norde-marais',
  sku,
  onHand,
  promised: 0,
  revision,
});

/** A poll of a system that a test moves, and everything that it told. */
function polled(isDown = false) {
  const clock = new ManualClock();
  const told: string[] = [];
  const system = { levels: [level('ring', 2, 1), level('band', 1, 1)], isDown };
  const read = async () => {
    if (system.isDown) throw new OmsFault('unavailable', 'away');
    return { asOfMs: clock.nowMs(), levels: system.levels };
  };
  const stop = pollLevels(
    { read, clock, everyMs: 1_000 },
    { hint: ({ sku }) => told.push(sku), gap: () => told.push('gap') },
  );
  const next = async () => {
    // What was read is heard a turn later.
    await new Promise((resolve) => void setImmediate(resolve));
    clock.advance(1_000);
    await new Promise((resolve) => void setImmediate(resolve));
    return told.splice(0);
  };
  return { system, next, stop };
}

it('has everything read once, and then hints at what is another than before, and at nothing else', async () => {
  const { system, next, stop } = polled();
  expect(await next()).toEqual(['gap']);
  expect(await next()).toEqual([]);
  system.levels = [level('ring', 2, 1), level('band', 0, 2)];
  expect(await next()).toEqual(['band']);
  system.levels = [level('band', 0, 3), level('clasp', 5, 1)];
  expect((await next()).sort()).toEqual(['band', 'clasp', 'ring']);
  stop();
});

it('lets an outage be noticed once, and hints afterwards at what changed meanwhile', async () => {
  const { system, next, stop } = polled();
  await next();
  system.isDown = true;
  expect(await next()).toEqual(['gap']);
  expect(await next()).toEqual([]);
  system.isDown = false;
  system.levels = [level('ring', 1, 2), level('band', 1, 1)];
  expect(await next()).toEqual(['ring']);
  stop();
});

it('has everything read when a system that was away from the start answers', async () => {
  const { system, next, stop } = polled(true);
  expect(await next()).toEqual(['gap']);
  system.isDown = false;
  expect(await next()).toEqual(['gap']);
  stop();
});

it('tells nothing after its end, also of a reading that was under way', async () => {
  const { system, next, stop } = polled();
  await next();
  system.levels = [];
  stop();
  expect(await next()).toEqual([]);
});
