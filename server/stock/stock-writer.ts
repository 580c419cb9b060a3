import type { EpochMs, Sku, StockLevel, StoreId } from '../../protocol/index.ts';
import type { Queries, Tx } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { keptBackIn } from './kept-back.ts';

/**
 * Takes the boutique's write lock until the transaction ends, and with it a view of everything committed before.
 *
 * PostgreSQL runs these transactions READ COMMITTED: each statement sees what was committed before it began. After this
 * one, no other writer of the boutique's stock can be between its check and its insert. On SQLite the transaction itself
 * is the lock.
 */
export async function lockStore(tx: Tx, storeId: StoreId): Promise<void> {
  await tx
    .updateTable('stock_heads')
    .set((builder) => ({ seq: builder.ref('seq') }))
    .where('store_id', '=', storeId)
    .execute();
}

/** Holds that lie on our ledger only: the OMS does not count their pieces as promised. */
export const onLedger = ['none', 'asked', 'queued'] as const;

/** Active holds by SKU in one boutique that no level has in it. */
async function ledgerHolds(db: Queries, storeId: StoreId): Promise<Map<Sku, number>> {
  const rows = await db
    .selectFrom('holds')
    .select(({ fn }) => ['sku', fn.countAll<number>().as('held')])
    .where('store_id', '=', storeId)
    .where('state', '=', 'active')
    .where('native', 'in', onLedger)
    .groupBy('sku')
    .execute();
  return new Map(rows.map(({ sku, held }) => [sku, held]));
}

/** The boutique's levels as they stand, less what is promised, held and kept back; all, or those of the SKUs named. */
export async function readLevels(
  db: Queries,
  storeId: StoreId,
  skus?: readonly Sku[],
): Promise<StockLevel[]> {
  if (skus?.length === 0) return [];
  let query = db.selectFrom('stock_levels').selectAll().where('store_id', '=', storeId).orderBy('sku');
  if (skus) query = query.where('sku', 'in', skus);
  const rows = await query.execute();
  const held = await ledgerHolds(db, storeId);
  const keptBack = await keptBackIn(db, storeId);
  return rows.map((row) => {
    const kept = Math.min(row.on_hand, keptBack(row.sku));
    const taken = row.promised + (held.get(row.sku) ?? 0) + kept;
    return {
      storeId,
      sku: row.sku,
      onHand: row.on_hand,
      available: Math.max(0, row.on_hand - taken),
      ...(kept > 0 && { keptBack: kept }),
      revision: row.revision,
      asOfMs: row.as_of_ms,
      source: row.source,
    };
  });
}

/**
 * Writes the present levels of `skus` into the boutique's log, each with the next sequence. Call it after `lockStore` and
 * after the change, in the same transaction: sequences then have no gaps and their order is the order of the commits.
 */
export async function logLevels(tx: Tx, storeId: StoreId, skus: readonly Sku[]): Promise<void> {
  const levels = await readLevels(tx, storeId, skus);
  if (levels.length === 0) return;
  const { seq } = await tx
    .updateTable('stock_heads')
    .set(({ eb }) => ({ seq: eb('seq', '+', levels.length) }))
    .where('store_id', '=', storeId)
    .returning('seq')
    .executeTakeFirstOrThrow();
  const firstSeq = seq - levels.length + 1;
  await tx
    .insertInto('stock_log')
    .values(levels.map((level, index) => asLogRow(level, firstSeq + index)))
    .execute();
}

function asLogRow(level: StockLevel, seq: number): Tables['stock_log'] {
  return {
    store_id: level.storeId,
    seq,
    sku: level.sku,
    on_hand: level.onHand,
    available: level.available,
    kept_back: level.keptBack ?? 0,
    revision: level.revision,
    as_of_ms: level.asOfMs,
    source: level.source,
  };
}

/** When the next hold on a piece runs out, where there is one; what was given to its client does not come back. */
export async function nextFreeAtMs(db: Queries, storeId: StoreId, sku: Sku): Promise<EpochMs | undefined> {
  const row = await db
    .selectFrom('holds')
    .select(({ fn }) => fn.min('expires_at_ms').as('next'))
    .where('store_id', '=', storeId)
    .where('sku', '=', sku)
    .where('state', '=', 'active')
    .where('purpose', '!=', 'given')
    .executeTakeFirst();
  return row?.next ?? undefined;
}
