// #region suite
import { describe, it } from 'vitest';
import { conformanceChecks, isAsked, type HouseUnderTest } from 'vitrine/connector';
import { Storeroom } from './storeroom.ts';
import { StoreroomConnector } from './storeroom-connector.ts';

let nowMs = 1_800_000_000_000;
let keys = 0;
const room = new Storeroom(() => nowMs);
room.count('house-paris', 'ring.gold', 2);
room.count('house-london', 'ring.gold', 1);

const house: HouseUnderTest = {
  connector: new StoreroomConnector(room, () => nowMs),
  storeId: 'house-paris',
  otherStoreId: 'house-london',
  sku: 'ring.gold',
  unknownSku: 'ring.nowhere',
  setOnHand: async (storeId, sku, onHand) => room.count(storeId, sku, onHand),
  nowMs: () => nowMs,
  advance: async (byMs) => void (nowMs += byMs),
  cutOff: null, // it lives in this process
  client: null,
  advisorId: 'ada-lund',
  newKey: () => `key-${String((keys += 1)).padStart(6, '0')}`,
};

describe('the storeroom’s connector', () => {
  for (const check of conformanceChecks.filter((one) => isAsked(one, house))) {
    it(check.name, () => check.run(house));
  }
});
// #endregion
