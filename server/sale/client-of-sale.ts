import type { EpochMs, SessionId } from '../../protocol/index.ts';
import type { OmsId } from '../../protocol/connector/index.ts';
import { liveLinkOf } from '../clients/client-rows.ts';
import type { Queries } from '../persistence/database.ts';

/**
 * The client's number in the house, where they said yes to being looked after with it and that yes still stands; null for whoever is
 * nobody here.
 */
export async function clientOfSale(db: Queries, sessionId: SessionId, nowMs: EpochMs): Promise<OmsId | null> {
  const session = await db
    .selectFrom('sessions')
    .select('closed_at_ms')
    .where('id', '=', sessionId)
    .executeTakeFirst();
  const at = { nowMs, closedAtMs: session?.closed_at_ms ?? null };
  const live = await liveLinkOf(db, { sessionId }, at);
  const isGranted = live?.grants.some(({ purpose }) => purpose === 'after-sale') ?? false;
  return live && isGranted ? live.link.client_id : null;
}
