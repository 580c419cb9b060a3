import type { DeviceIdentity } from '../../protocol/device.ts';
import type { Catalogue } from '../../protocol/product.ts';
import { applySnapshot, type StockState } from '../../protocol/stock.ts';
import type { Clock } from '../../sdk/core/clock.ts';

/** Some pieces of everything here, and some elsewhere: no number of the house's own. */
export function inventedStock({
  identity,
  catalogue,
  clock,
}: {
  readonly identity: DeviceIdentity;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
}): StockState {
  const skus = catalogue.pieces.flatMap(({ variants }) => variants.map(({ sku }) => sku));
  const asOfMs = clock.nowMs();
  const stores = [identity.store, ...identity.nearby];
  return stores.reduce<StockState>(
    (stock, { id: storeId }, at) =>
      applySnapshot(stock, {
        storeId,
        seq: 1,
        levels: skus.map((sku, index) => {
          const count = [2, 1, 3][(index + at) % 3] ?? 1;
          return { storeId, sku, onHand: count, available: count, revision: 1, asOfMs, source: 'practice' };
        }),
      }),
    new Map(),
  );
}
