import type { EpochMs, Sku, StoreId } from '../../protocol/index.ts';
import type { Tx } from '../persistence/database.ts';
import { onLedger } from './stock-writer.ts';

/** For how long a till may take to count a piece that it was not asked for. */
export const countedWithinMs = 30 * 60_000;

/**
 * Keeps a piece that was given to its client, since the house has not counted it: our hold has ended, and without this the piece would look
 * free. Call it after that end, under the boutique's write lock. Nothing where the level is so low that it was counted before.
 */
export async function keepUntilCounted(
  tx: Tx,
  given: {
    readonly id: string;
    readonly store_id: StoreId;
    readonly sku: Sku;
    readonly session_id: string;
    readonly device_id: string;
  },
  nowMs: EpochMs,
): Promise<void> {
  const { store_id: storeId, sku } = given;
  const level = await tx
    .selectFrom('stock_levels')
    .select(['on_hand', 'promised'])
    .where('store_id', '=', storeId)
    .where('sku', '=', sku)
    .executeTakeFirst();
  const { held } = await tx
    .selectFrom('holds')
    .select(({ fn }) => fn.countAll<number | string>().as('held'))
    .where('store_id', '=', storeId)
    .where('sku', '=', sku)
    .where('state', '=', 'active')
    .where('native', 'in', onLedger)
    .executeTakeFirstOrThrow();
  if (!level || level.on_hand - level.promised <= Number(held)) return;
  await tx
    .insertInto('holds')
    .values({
      id: `given-${given.id}`,
      store_id: storeId,
      sku,
      session_id: given.session_id,
      device_id: given.device_id,
      command_id: `given-${given.id}`,
      state: 'active',
      created_at_ms: nowMs,
      expires_at_ms: nowMs + countedWithinMs,
      native: 'none',
      oms_hold_id: null,
      purpose: 'given',
    })
    .execute();
}

/** The house has counted so many pieces less: as many of those that were given are counted, the first first. */
export async function endCounted(tx: Tx, storeId: StoreId, sku: Sku, fewer: number): Promise<void> {
  const given = await tx
    .selectFrom('holds')
    .select('id')
    .where('store_id', '=', storeId)
    .where('sku', '=', sku)
    .where('state', '=', 'active')
    .where('purpose', '=', 'given')
    .orderBy('created_at_ms')
    .orderBy('id')
    .limit(fewer)
    .execute();
  if (given.length === 0) return;
  await tx
    .updateTable('holds')
    .set({ state: 'committed', native: 'ended' })
    .where(
      'id',
      'in',
      given.map(({ id }) => id),
    )
    .execute();
}
