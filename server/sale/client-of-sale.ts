import type { ClientPurpose, EpochMs, SessionId } from '../../protocol/index.ts';
import type { OmsId } from '../../protocol/connector/index.ts';
import type { Queries } from '../persistence/database.ts';

/** What a client of a visit said yes to, as far as a sale needs it. */
export interface YesOfSale {
  readonly clientId: OmsId;
  readonly linkId: string;
  readonly endsAtMs: EpochMs;
  readonly textVersion: string;
}

/** The yes to one purpose that stands in a visit; null where there is none. */
export async function yesOfSale(
  db: Queries,
  sessionId: SessionId,
  purpose: ClientPurpose,
  nowMs: EpochMs,
): Promise<YesOfSale | null> {
  const row = await db
    .selectFrom('client_links')
    .innerJoin('client_grants', 'client_grants.link_id', 'client_links.id')
    .select([
      'client_links.client_id',
      'client_links.id',
      'client_grants.ends_at_ms',
      'client_grants.text_version',
    ])
    .where('client_links.session_id', '=', sessionId)
    .where('client_grants.purpose', '=', purpose)
    .where('client_grants.ends_at_ms', '>', nowMs)
    .executeTakeFirst();
  if (!row) return null;
  const { client_id: clientId, id: linkId, ends_at_ms: endsAtMs, text_version: textVersion } = row;
  return { clientId, linkId, endsAtMs, textVersion };
}

/** The client's number in the house, where they said yes to this purpose; null for whoever is nobody here. */
export async function clientOfSale(
  db: Queries,
  sessionId: SessionId,
  purpose: ClientPurpose,
  nowMs: EpochMs,
): Promise<OmsId | null> {
  return (await yesOfSale(db, sessionId, purpose, nowMs))?.clientId ?? null;
}
