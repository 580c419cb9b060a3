import type { OmsListener } from '../oms-connector.ts';
import type { OmsCursor, OmsHint } from '../stock-calls.ts';
import { expectFault, expectKind, expectThat, makeFree, readLevel } from './expectations.ts';
import type { ConformanceCheck, HouseUnderTest } from './house-under-test.ts';

/** Follows a connector and lets a check wait for what it tells. */
function followed(house: HouseUnderTest, cursor: OmsCursor | null) {
  const hints: { readonly hint: OmsHint; readonly cursor: OmsCursor }[] = [];
  const gaps: OmsCursor[] = [];
  let waiting: (() => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const one of woken) one();
  };
  const listener: OmsListener = {
    hint: (hint, at) => {
      hints.push({ hint, cursor: at });
      wake();
    },
    gap: (at) => {
      gaps.push(at);
      wake();
    },
  };
  const stop = house.connector.subscribe(cursor, listener);
  const until = async <Value>(find: () => Value | undefined): Promise<Value> => {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return {
    hints,
    stop,
    gap: () => until(() => gaps[0]),
    hintAt: (storeId: string, sku: string, after = 0) =>
      until(() => hints.slice(after).find(({ hint }) => hint.storeId === storeId && hint.sku === sku)),
  };
}

export const levelChecks: readonly ConformanceCheck[] = [
  {
    name: 'tells a count as it stands in the system, with the time at which it vouches for it',
    needs: null,
    run: async (house) => {
      const { connector, storeId, sku } = house;
      const { promised } = await readLevel(house, storeId, sku);
      await house.setOnHand(storeId, sku, promised + 7);
      const read = expectKind(await connector.level(storeId, sku), 'read', 'level');
      expectThat(
        read.level.onHand === promised + 7,
        `${promised + 7} lie there; told: ${read.level.onHand}.`,
      );
      expectThat(read.level.storeId === storeId && read.level.sku === sku, 'It told another level.');
      expectThat(read.asOfMs > 0, 'It does not say as of when.');
      const { levels } = await connector.levels();
      const same = levels.find((level) => level.storeId === storeId && level.sku === sku);
      expectThat(same?.onHand === read.level.onHand, 'levels() tells another number than level().');
      expectThat(same.revision === read.level.revision, 'levels() tells another revision than level().');
    },
  },
  {
    name: 'gives every change of a level a greater revision, and none to a reading',
    needs: null,
    run: async (house) => {
      const { storeId, sku } = house;
      const first = await makeFree(house, 3);
      const again = await readLevel(house, storeId, sku);
      expectThat(again.revision === first.revision, 'A reading alone changed the revision.');
      await house.setOnHand(storeId, sku, first.onHand + 1);
      const changed = await readLevel(house, storeId, sku);
      expectThat(changed.revision > first.revision, 'A count did not raise the revision.');
      await house.setOnHand(storeId, sku, first.onHand);
      const back = await readLevel(house, storeId, sku);
      expectThat(back.revision > changed.revision, 'A count back did not raise the revision.');
    },
  },
  {
    name: 'says that it does not count an unknown SKU, and invents no level for it',
    needs: null,
    run: async ({ connector, storeId, unknownSku }) => {
      expectKind(await connector.level(storeId, unknownSku), 'unknown-sku', 'An unknown SKU');
      const { levels } = await connector.levels();
      expectThat(!levels.some(({ sku }) => sku === unknownSku), 'levels() tells a SKU that is not counted.');
    },
  },
  {
    name: 'throws `unavailable` while its system cannot be reached, and tells the truth once it can',
    needs: null,
    wants: 'cutOff',
    run: async (house) => {
      if (!house.cutOff) return;
      const { connector, storeId, sku } = house;
      const before = await makeFree(house, 4);
      const mend = await house.cutOff();
      try {
        await expectFault(connector.level(storeId, sku), 'unavailable', 'level() while cut off');
        await expectFault(connector.levels(), 'unavailable', 'levels() while cut off');
      } finally {
        await mend();
      }
      const after = await readLevel(house, storeId, sku);
      expectThat(after.onHand === before.onHand, 'The level was another after the cut.');
    },
  },
  {
    name: 'tells a gap to whom it does not know, then hints at a change made past it, and nothing after the end',
    needs: 'subscribe',
    run: async (house) => {
      const { storeId, sku } = house;
      const { promised } = await makeFree(house, 2);
      const first = followed(house, null);
      await first.gap();
      await house.setOnHand(storeId, sku, promised + 3);
      await first.hintAt(storeId, sku);
      first.stop();
      const told = first.hints.length;
      const second = followed(house, null);
      await second.gap();
      await house.setOnHand(storeId, sku, promised + 4);
      await second.hintAt(storeId, sku);
      second.stop();
      expectThat(first.hints.length === told, 'It told hints after it was asked to stop.');
    },
  },
  {
    name: 'goes on from a cursor: what changed while nobody followed is hinted at, or told as a gap',
    needs: 'subscribe',
    run: async (house) => {
      const { storeId, sku } = house;
      const { promised } = await makeFree(house, 2);
      const first = followed(house, null);
      const cursor = await first.gap();
      first.stop();
      await house.setOnHand(storeId, sku, promised + 5);
      const second = followed(house, cursor);
      await Promise.race([second.hintAt(storeId, sku), second.gap()]);
      second.stop();
      const lost = followed(house, 'no such cursor');
      await lost.gap();
      lost.stop();
    },
  },
  {
    name: 'tells its catalogue, each SKU once',
    needs: 'catalogue',
    run: async ({ connector }) => {
      const { items } = await connector.catalogue();
      expectThat(items.length > 0, 'The catalogue is empty.');
      expectThat(new Set(items.map(({ sku }) => sku)).size === items.length, 'A SKU is told twice.');
    },
  },
];
