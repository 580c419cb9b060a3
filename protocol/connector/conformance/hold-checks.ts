import { expectFault, expectKind, expectThat, freeOf, makeFree, readLevel } from './expectations.ts';
import type { ConformanceCheck, HouseUnderTest } from './house-under-test.ts';

/** How long the suite's holds last. */
const holdMs = 10 * 60_000;

/** Clients that ask for the last piece at the same instant. */
const rivals = 12;

function ask(house: HouseUnderTest, key = house.newKey()) {
  const { storeId, sku } = house;
  return { key, storeId, sku, expiresAtMs: house.nowMs() + holdMs };
}

async function held(house: HouseUnderTest) {
  return expectKind(await house.connector.hold(ask(house)), 'held', 'hold() of a free piece');
}

export const holdChecks: readonly ConformanceCheck[] = [
  {
    name: 'holds a free piece: one is free less, none has left, and the level it answers says so',
    needs: 'holds',
    run: async (house) => {
      const { connector, storeId, sku } = house;
      const before = await makeFree(house, 2);
      const { hold, level } = await held(house);
      const after = await readLevel(house, storeId, sku);
      expectThat(hold.storeId === storeId && hold.sku === sku, 'The hold is of another piece.');
      expectThat(after.onHand === before.onHand, 'A held piece left the boutique.');
      expectThat(freeOf(after) === 1, `One was to stay free, and it was ${freeOf(after)}.`);
      expectThat(freeOf(level) === 1, 'The level in the answer does not have the hold in it.');
      expectThat(level.revision > before.revision, 'A hold did not raise the revision.');
      expectKind(await connector.releaseHold({ holdId: hold.id }), 'released', 'releaseHold()');
    },
  },
  {
    name: 'gives the last piece to one of many who ask at the same instant, and tells the others that none is free',
    needs: 'holds',
    run: async (house) => {
      await makeFree(house, 1);
      const outcomes = await Promise.all(
        Array.from({ length: rivals }, () => house.connector.hold(ask(house))),
      );
      const winners = outcomes.filter((outcome) => outcome.kind === 'held');
      expectThat(winners.length === 1, `${winners.length} won the last piece.`);
      for (const outcome of outcomes) {
        if (outcome.kind !== 'held') expectKind(outcome, 'none-free', 'The others');
      }
      for (const { hold } of winners) await house.connector.releaseHold({ holdId: hold.id });
    },
  },
  {
    name: 'answers the same key with the same hold, also at the same instant, and takes one piece for it',
    needs: 'holds',
    run: async (house) => {
      const { connector, storeId, sku } = house;
      await makeFree(house, 3);
      const one = ask(house);
      const [first, second] = await Promise.all([connector.hold(one), connector.hold(one)]);
      const third = await connector.hold(one);
      const ids = [first, second, third].map(
        (outcome) => expectKind(outcome, 'held', 'The same key').hold.id,
      );
      expectThat(new Set(ids).size === 1, 'The same key made several holds.');
      expectThat(freeOf(await readLevel(house, storeId, sku)) === 2, 'The same key took several pieces.');
      await connector.releaseHold({ holdId: ids[0] ?? '' });
    },
  },
  {
    name: 'frees a released piece once, and says `ended` from then on',
    needs: 'holds',
    run: async (house) => {
      const { connector, storeId, sku } = house;
      await makeFree(house, 1);
      const { hold } = await held(house);
      const released = await connector.releaseHold({ holdId: hold.id });
      expectThat(freeOf(expectKind(released, 'released', 'releaseHold()').level) === 1, 'It is not free.');
      expectKind(await connector.releaseHold({ holdId: hold.id }), 'ended', 'A second release');
      const extension = { holdId: hold.id, expiresAtMs: house.nowMs() + holdMs };
      expectKind(await connector.extendHold(extension), 'ended', 'Extending a released hold');
      expectThat(freeOf(await readLevel(house, storeId, sku)) === 1, 'A second release freed another piece.');
      expectKind(await connector.releaseHold({ holdId: 'no-such-hold' }), 'ended', 'An unknown hold');
    },
  },
  {
    name: 'lets a committed piece leave: one less on hand, as many free as before, and the hold has ended',
    needs: 'holds',
    run: async (house) => {
      const { connector, storeId, sku } = house;
      const before = await makeFree(house, 2);
      const { hold } = await held(house);
      expectKind(await connector.commitHold({ holdId: hold.id }), 'committed', 'commitHold()');
      const after = await readLevel(house, storeId, sku);
      expectThat(after.onHand === before.onHand - 1, 'The committed piece is still on hand.');
      expectThat(freeOf(after) === 1, `One was to be free, and it was ${freeOf(after)}.`);
      expectKind(await connector.releaseHold({ holdId: hold.id }), 'ended', 'Releasing a committed hold');
    },
  },
  {
    name: 'lets go of a hold when it has run out and not before, and of an extended one when that has',
    needs: 'holds',
    wants: 'advance',
    run: async (house) => {
      if (!house.advance) return;
      const { connector, storeId, sku } = house;
      await makeFree(house, 1);
      const { hold } = await held(house);
      await house.advance(holdMs - 1_000);
      expectThat(freeOf(await readLevel(house, storeId, sku)) === 0, 'It let go too early.');
      const expiresAtMs = house.nowMs() + holdMs;
      expectKind(await connector.extendHold({ holdId: hold.id, expiresAtMs }), 'extended', 'extendHold()');
      await house.advance(2_000);
      expectThat(freeOf(await readLevel(house, storeId, sku)) === 0, 'It let go of an extended hold.');
      await house.advance(holdMs);
      expectThat(freeOf(await readLevel(house, storeId, sku)) === 1, 'It never let go.');
      expectKind(await connector.commitHold({ holdId: hold.id }), 'ended', 'Committing what has run out');
    },
  },
  {
    name: 'does not hold what it does not count',
    needs: 'holds',
    run: async (house) => {
      const { connector, unknownSku } = house;
      expectKind(
        await connector.hold({ ...ask(house), sku: unknownSku }),
        'unknown-sku',
        'hold() of an unknown SKU',
      );
    },
  },
  {
    name: 'holds nothing while it cannot be reached',
    needs: 'holds',
    wants: 'cutOff',
    run: async (house) => {
      const { connector } = house;
      if (!house.cutOff) return;
      await makeFree(house, 1);
      const mend = await house.cutOff();
      try {
        await expectFault(connector.hold(ask(house)), 'unavailable', 'hold() while cut off');
      } finally {
        await mend();
      }
    },
  },
];
