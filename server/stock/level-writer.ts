import type { EpochMs, Sku, StoreId } from '../../protocol/index.ts';
import type { OmsLevel } from '../../protocol/connector/index.ts';
import type { Tx } from '../persistence/database.ts';
import { endCounted } from './given-pieces.ts';

/** What became of levels: changed, confirmed (their age is new), or dropped as stale; `written` are to be told. */
export interface WrittenLevels {
  readonly written: readonly Sku[];
  readonly changed: number;
  readonly confirmed: number;
  readonly stale: number;
}

/**
 * Writes levels of one boutique, each by the OMS's revision: a newer one replaces, the same one confirms, an older one is dropped.
 * Call it after `lockStore`, and `logLevels` after it.
 */
export async function writeLevels(
  tx: Tx,
  storeId: StoreId,
  levels: readonly OmsLevel[],
  asOfMs: EpochMs,
  source: string,
): Promise<WrittenLevels> {
  const skus = levels.map(({ sku }) => sku);
  const rows = await tx
    .selectFrom('stock_levels')
    .selectAll()
    .where('store_id', '=', storeId)
    .where('sku', 'in', skus)
    .execute();
  const known = new Map(rows.map((row) => [row.sku, row]));
  const written: Sku[] = [];
  const outcome = { changed: 0, confirmed: 0, stale: 0 };
  for (const { sku, onHand, promised, revision } of levels) {
    const row = known.get(sku);
    // Another system's revisions say nothing about this one's.
    const comparable = row?.source === source ? row : undefined;
    const confirms =
      comparable?.revision === revision && comparable.on_hand === onHand && comparable.promised === promised;
    // Where the OMS counts its changes by the clock, two within one tick have one revision: the later reading is the truth.
    const isOlder =
      comparable !== undefined &&
      (comparable.revision > revision ||
        (comparable.revision === revision && !confirms && comparable.as_of_ms >= asOfMs));
    if (isOlder) outcome.stale += 1;
    else if (confirms && comparable.as_of_ms >= asOfMs) outcome.confirmed += 1;
    else {
      const values = { on_hand: onHand, promised, revision, as_of_ms: asOfMs, source };
      await tx
        .insertInto('stock_levels')
        .values({ store_id: storeId, sku, ...values })
        .onConflict((conflict) => conflict.columns(['store_id', 'sku']).doUpdateSet(values))
        .execute();
      const fewer = comparable ? comparable.on_hand - onHand : 0;
      if (fewer > 0) await endCounted(tx, storeId, sku, fewer);
      // A house that names a piece twice is compared with what it said first.
      known.set(sku, { store_id: storeId, sku, ...values });
      written.push(sku);
      if (confirms) outcome.confirmed += 1;
      else outcome.changed += 1;
    }
  }
  return { written, ...outcome };
}
