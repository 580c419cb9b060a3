import type { EpochMs, MaisonId } from '../../../protocol/index.ts';
import type {
  OmsId,
  Transfer,
  TransferAsk,
  TransferOutcome,
  TransferTimes,
} from '../../../protocol/connector/index.ts';
import type { Queries, Tx } from '../../persistence/database.ts';
import { levelOf, movePieces } from './embedded-shelf.ts';

/** Promises pieces of another boutique to this one. */
export async function requestTransfer(
  tx: Tx,
  maisonId: MaisonId,
  { fromStoreId, toStoreId, sku, quantity }: TransferAsk,
  id: OmsId,
  nowMs: EpochMs,
): Promise<TransferOutcome> {
  const known = await levelOf(tx, maisonId, fromStoreId, sku);
  if (!known || !(await levelOf(tx, maisonId, toStoreId, sku))) return { kind: 'unknown-sku' };
  const promised = await movePieces(tx, maisonId, 'promise', { storeId: fromStoreId, sku, quantity });
  if (!promised) return { kind: 'none-free', asOfMs: nowMs, level: known };
  const { times } = await transferTimes(tx, maisonId);
  const time = times.find((one) => one.fromStoreId === fromStoreId && one.toStoreId === toStoreId);
  const expectedAtMs = time ? nowMs + time.durationMs : null;
  const transfer: Transfer = { id, fromStoreId, toStoreId, sku, quantity, expectedAtMs };
  await tx
    .insertInto('oms_transfers')
    .values({ maison_id: maisonId, id, body: JSON.stringify(transfer) })
    .execute();
  return { kind: 'requested', transfer };
}

export async function transferTimes(db: Queries, maisonId: MaisonId): Promise<TransferTimes> {
  const rows = await db
    .selectFrom('oms_transfer_times')
    .innerJoin('stores', 'stores.id', 'oms_transfer_times.from_store_id')
    .selectAll('oms_transfer_times')
    .where('stores.maison_id', '=', maisonId)
    .orderBy('from_store_id')
    .orderBy('to_store_id')
    .execute();
  const times = rows.map((row) => ({
    fromStoreId: row.from_store_id,
    toStoreId: row.to_store_id,
    durationMs: row.duration_ms,
  }));
  return { times };
}
