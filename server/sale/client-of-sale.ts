import type { ClientPurpose, EpochMs, SessionId } from '../../protocol/index.ts';
import type { OmsId } from '../../protocol/connector/index.ts';
import { grantsOf, liveLinkOf } from '../clients/client-rows.ts';
import type { Queries } from '../persistence/database.ts';

/** What a client of a visit said yes to, as far as a sale needs it. */
export interface YesOfSale {
  readonly clientId: OmsId;
  readonly linkId: string;
  readonly endsAtMs: EpochMs;
  readonly textVersion: string;
}

/** The yes to one purpose that stands in a visit; null where there is none. A yes for the visit ends with it. */
export async function yesOfSale(
  db: Queries,
  sessionId: SessionId,
  purpose: ClientPurpose,
  nowMs: EpochMs,
): Promise<YesOfSale | null> {
  const session = await db
    .selectFrom('sessions')
    .select('closed_at_ms')
    .where('id', '=', sessionId)
    .executeTakeFirst();
  const live = await liveLinkOf(db, { sessionId }, { nowMs, closedAtMs: session?.closed_at_ms ?? null });
  if (!live?.grants.some((grant) => grant.purpose === purpose)) return null;
  const { id: linkId, client_id: clientId } = live.link;
  const said = (await grantsOf(db, linkId)).find((grant) => grant.purpose === purpose);
  return said ? { clientId, linkId, endsAtMs: said.ends_at_ms, textVersion: said.text_version } : null;
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
