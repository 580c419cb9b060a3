import type { Sku, StoreId } from '../../protocol/index.ts';
import type { Queries } from '../persistence/database.ts';

/** Stands for every SKU without a rule of its own. */
export const everySku = '*';

/** Tells how many pieces of a SKU a boutique keeps back. */
export type KeptBack = (sku: Sku) => number;

/** The rules of one boutique as they stand. */
export async function keptBackIn(db: Queries, storeId: StoreId): Promise<KeptBack> {
  const rows = await db.selectFrom('stock_rules').selectAll().where('store_id', '=', storeId).execute();
  const kept = new Map(rows.map((row) => [row.sku, row.safety + row.display]));
  return (sku) => kept.get(sku) ?? kept.get(everySku) ?? 0;
}
