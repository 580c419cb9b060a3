import type { EpochMs, SessionId } from '../../protocol/index.ts';
import type { OmsId } from '../../protocol/connector/index.ts';
import type { Queries } from '../persistence/database.ts';

/** The client's number in the house, where they said yes to being looked after with it; null for whoever is nobody here. */
export async function clientOfSale(db: Queries, sessionId: SessionId, nowMs: EpochMs): Promise<OmsId | null> {
  const row = await db
    .selectFrom('client_links')
    .innerJoin('client_grants', 'client_grants.link_id', 'client_links.id')
    .select('client_links.client_id')
    .where('client_links.session_id', '=', sessionId)
    .where('client_grants.purpose', '=', 'after-sale')
    .where('client_grants.ends_at_ms', '>', nowMs)
    .executeTakeFirst();
  return row?.client_id ?? null;
}
