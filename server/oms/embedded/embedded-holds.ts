import type { EpochMs, MaisonId } from '../../../protocol/index.ts';
import type {
  CommitOutcome,
  ExtendOutcome,
  HoldAsk,
  HoldExtension,
  HoldOutcome,
  OmsHold,
  OmsId,
  ReleaseOutcome,
} from '../../../protocol/connector/index.ts';
import type { Tx } from '../../persistence/database.ts';
import { levelOf, movePieces } from './embedded-shelf.ts';

/** Keeps one piece back, if one is free. */
export async function placeHold(
  tx: Tx,
  maisonId: MaisonId,
  { storeId, sku, expiresAtMs }: HoldAsk,
  id: OmsId,
  nowMs: EpochMs,
): Promise<HoldOutcome> {
  const known = await levelOf(tx, maisonId, storeId, sku);
  if (!known) return { kind: 'unknown-sku' };
  const level = await movePieces(tx, maisonId, 'promise', { storeId, sku, quantity: 1 });
  if (!level) {
    const { next } = await tx
      .selectFrom('oms_holds')
      .select(({ fn }) => fn.min<number | null>('expires_at_ms').as('next'))
      .where('store_id', '=', storeId)
      .where('sku', '=', sku)
      .where('state', '=', 'active')
      .executeTakeFirstOrThrow();
    return { kind: 'none-free', asOfMs: nowMs, level: known, nextFreeAtMs: next };
  }
  await tx
    .insertInto('oms_holds')
    .values({
      id,
      maison_id: maisonId,
      store_id: storeId,
      sku,
      state: 'active',
      expires_at_ms: expiresAtMs,
    })
    .execute();
  return { kind: 'held', hold: { id, storeId, sku, expiresAtMs }, asOfMs: nowMs, level };
}

/** Moves a hold's end. */
export async function extendHold(
  tx: Tx,
  maisonId: MaisonId,
  { holdId, expiresAtMs }: HoldExtension,
): Promise<ExtendOutcome> {
  const row = await tx
    .updateTable('oms_holds')
    .set({ expires_at_ms: expiresAtMs })
    .where('id', '=', holdId)
    .where('maison_id', '=', maisonId)
    .where('state', '=', 'active')
    .returningAll()
    .executeTakeFirst();
  if (!row) return { kind: 'ended' };
  const { id, store_id: storeId, sku } = row;
  return { kind: 'extended', hold: { id, storeId, sku, expiresAtMs } };
}

/** Ends a hold: its piece is free again (`released`) or leaves (`committed`). Null where it has ended before. */
export async function endHold(
  tx: Tx,
  maisonId: MaisonId,
  holdId: OmsId,
  state: 'released' | 'committed',
): Promise<OmsHold | null> {
  const row = await tx
    .updateTable('oms_holds')
    .set({ state })
    .where('id', '=', holdId)
    .where('maison_id', '=', maisonId)
    .where('state', '=', 'active')
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  const { id, store_id: storeId, sku, expires_at_ms: expiresAtMs } = row;
  const move = state === 'released' ? 'give-back' : 'hand-over';
  await movePieces(tx, maisonId, move, { storeId, sku, quantity: 1 });
  return { id, storeId, sku, expiresAtMs };
}

export async function releaseHold(
  tx: Tx,
  maisonId: MaisonId,
  holdId: OmsId,
  nowMs: EpochMs,
): Promise<ReleaseOutcome> {
  const level = await levelAfter(tx, maisonId, await endHold(tx, maisonId, holdId, 'released'));
  return level ? { kind: 'released', asOfMs: nowMs, level } : { kind: 'ended' };
}

export async function commitHold(
  tx: Tx,
  maisonId: MaisonId,
  holdId: OmsId,
  nowMs: EpochMs,
): Promise<CommitOutcome> {
  const level = await levelAfter(tx, maisonId, await endHold(tx, maisonId, holdId, 'committed'));
  return level ? { kind: 'committed', asOfMs: nowMs, level } : { kind: 'ended' };
}

async function levelAfter(tx: Tx, maisonId: MaisonId, hold: OmsHold | null) {
  return hold && (await levelOf(tx, maisonId, hold.storeId, hold.sku));
}
