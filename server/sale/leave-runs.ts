import { openRuns, type EpochMs, type SessionId, type StoreId } from '../../protocol/index.ts';
import type { Queries } from '../persistence/database.ts';

/**
 * A visit is over: what was asked for from the back room and is not here yet is fetched for nobody. Returns the boutique whose board is
 * another than before; null where nothing was asked for.
 */
export async function leaveRuns(tx: Queries, sessionId: SessionId, nowMs: EpochMs): Promise<StoreId | null> {
  const [left] = await tx
    .updateTable('sale_steps')
    .set({ state: 'cancelled', changed_at_ms: nowMs })
    .where('session_id', '=', sessionId)
    .where('kind', '=', 'run')
    .where('state', 'in', openRuns)
    .returning('store_id')
    .execute();
  return left?.store_id ?? null;
}
