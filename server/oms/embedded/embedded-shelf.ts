import { sql } from 'kysely';
import type { EpochMs, MaisonId, Sku, StoreId } from '../../../protocol/index.ts';
import type { OmsLevel } from '../../../protocol/connector/index.ts';
import type { Queries, Tx } from '../../persistence/database.ts';

/** Takes the Maison's write lock in the embedded OMS until the transaction ends. */
export async function lockOms(tx: Tx, maisonId: MaisonId): Promise<void> {
  await tx
    .insertInto('oms_heads')
    .values({ maison_id: maisonId, seq: 0, pruned_to_seq: 0 })
    .onConflict((conflict) =>
      conflict.column('maison_id').doUpdateSet({ maison_id: (eb) => eb.ref('oms_heads.maison_id') }),
    )
    .execute();
}

/** The level of one SKU, if the boutique belongs to the Maison and counts it. */
export async function levelOf(
  db: Queries,
  maisonId: MaisonId,
  storeId: StoreId,
  sku: Sku,
): Promise<OmsLevel | null> {
  const row = await db
    .selectFrom('oms_levels')
    .innerJoin('stores', 'stores.id', 'oms_levels.store_id')
    .selectAll('oms_levels')
    .where('stores.maison_id', '=', maisonId)
    .where('oms_levels.store_id', '=', storeId)
    .where('oms_levels.sku', '=', sku)
    .executeTakeFirst();
  return row ? asLevel(row) : null;
}

/** What happens to pieces on the shelf. */
type Move =
  | 'promise' // free pieces are promised
  | 'give-back' // promised pieces are free again
  | 'hand-over' // promised pieces leave
  | 'sell'; // free pieces leave

/**
 * Moves pieces of one SKU and logs the change; null where too few are free. Staff may have counted fewer than are promised:
 * the promise stands until it is given back or handed over, and nothing falls below zero.
 */
export async function movePieces(
  tx: Tx,
  maisonId: MaisonId,
  move: Move,
  piece: { readonly storeId: StoreId; readonly sku: Sku; readonly quantity: number },
): Promise<OmsLevel | null> {
  const { storeId, sku, quantity } = piece;
  const leaves = move === 'hand-over' || move === 'sell';
  const promises = move === 'promise' ? quantity : move === 'sell' ? 0 : -quantity;
  let update = tx
    .updateTable('oms_levels')
    .set(({ eb }) => ({
      on_hand: leaves
        ? sql<number>`case when on_hand >= ${quantity} then on_hand - ${quantity} else 0 end`
        : eb.ref('on_hand'),
      promised: eb('promised', '+', promises),
      revision: eb('revision', '+', 1),
    }))
    .where('store_id', '=', storeId)
    .where('sku', '=', sku);
  if (move === 'promise' || move === 'sell') {
    update = update.where(({ eb }) => eb(eb('on_hand', '-', eb.ref('promised')), '>=', quantity));
  }
  const row = await update.returningAll().executeTakeFirst();
  if (!row) return null;
  await logChange(tx, maisonId, storeId, sku);
  return asLevel(row);
}

/** Writes down that a level changed: whoever follows the changes reads it again. */
export async function logChange(tx: Tx, maisonId: MaisonId, storeId: StoreId, sku: Sku): Promise<void> {
  const { seq } = await tx
    .updateTable('oms_heads')
    .set(({ eb }) => ({ seq: eb('seq', '+', 1) }))
    .where('maison_id', '=', maisonId)
    .returning('seq')
    .executeTakeFirstOrThrow();
  await tx.insertInto('oms_changes').values({ maison_id: maisonId, seq, store_id: storeId, sku }).execute();
}

/** Whether a hold of the Maison has run out and still keeps its piece. */
export async function hasDueHolds(db: Queries, maisonId: MaisonId, nowMs: EpochMs): Promise<boolean> {
  const row = await dueHolds(db, maisonId, nowMs).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Gives back the pieces of holds that have run out. Call it after `lockOms`. */
export async function endDueHolds(tx: Tx, maisonId: MaisonId, nowMs: EpochMs): Promise<void> {
  for (const hold of await dueHolds(tx, maisonId, nowMs).execute()) {
    await tx.updateTable('oms_holds').set({ state: 'expired' }).where('id', '=', hold.id).execute();
    await movePieces(tx, maisonId, 'give-back', { storeId: hold.store_id, sku: hold.sku, quantity: 1 });
  }
}

function dueHolds(db: Queries, maisonId: MaisonId, nowMs: EpochMs) {
  return db
    .selectFrom('oms_holds')
    .selectAll()
    .where('maison_id', '=', maisonId)
    .where('state', '=', 'active')
    .where('expires_at_ms', '<=', nowMs);
}

/** A level's row as the port tells it. */
export function asLevel(row: {
  store_id: string;
  sku: string;
  on_hand: number;
  promised: number;
  revision: number;
}): OmsLevel {
  const { store_id: storeId, sku, on_hand: onHand, promised, revision } = row;
  return { storeId, sku, onHand, promised, revision };
}
