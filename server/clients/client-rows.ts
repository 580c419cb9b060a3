import {
  liveGrants,
  type ClientChoice,
  type ClientConsent,
  type ClientErasure,
  type ClientGrant,
  type EpochMs,
  type MaisonId,
  type SessionId,
} from '../../protocol/index.ts';
import type { OmsId } from '../../protocol/connector/index.ts';
import type { Queries, Tx } from '../persistence/database.ts';
import type { ClientParty } from './client-party.ts';
import type { Tables } from '../persistence/tables.ts';
import { forgetVisitNote } from './note-rows.ts';

export type LinkRow = Tables['client_links'];
export type GrantRow = Tables['client_grants'];

/** A link and those of its grants that stand now. */
export interface LiveLink {
  readonly link: LinkRow;
  readonly grants: readonly ClientGrant[];
}

/** When a visit is, and when it ended if it has. */
export interface VisitSpan {
  readonly nowMs: EpochMs;
  readonly closedAtMs: EpochMs | null;
}

/** Locks a session's row until the transaction ends, whether it is open or not. */
export async function lockSession(tx: Tx, sessionId: SessionId): Promise<void> {
  await tx
    .updateTable('sessions')
    .set((builder) => ({ head_seq: builder.ref('head_seq') }))
    .where('id', '=', sessionId)
    .execute();
}

/** The one client whom the session knows now; of a phone's page, its own. Null where it knows nobody. */
export async function liveLinkOf(
  db: Queries,
  { sessionId, linkId = null }: { readonly sessionId: SessionId; readonly linkId?: string | null },
  at: VisitSpan,
): Promise<LiveLink | null> {
  let query = db
    .selectFrom('client_links')
    .selectAll()
    .where('session_id', '=', sessionId)
    .orderBy('created_at_ms', 'desc');
  if (linkId !== null) query = query.where('id', '=', linkId);
  const links = await query.execute();
  for (const link of links) {
    const grants = liveGrants((await grantsOf(db, link.id)).map(asGrant), at);
    if (grants.length > 0) return { link, grants };
  }
  return null;
}

/** Whom this party speaks for: a phone's page for who said yes by it, a screen for who is known on it now. */
export async function ownLinkOf(tx: Tx, party: ClientParty, nowMs: EpochMs): Promise<LinkRow | undefined> {
  if (party.linkId === null) {
    return (await liveLinkOf(tx, party, { nowMs, closedAtMs: party.closedAtMs }))?.link;
  }
  return await tx
    .selectFrom('client_links')
    .selectAll()
    .where('id', '=', party.linkId)
    .where('maison_id', '=', party.maisonId)
    .executeTakeFirst();
}

/** Every link of a client in the Maison, in an order in which their sessions may be locked. */
export async function linksOf(tx: Tx, maisonId: MaisonId, clientId: OmsId): Promise<LinkRow[]> {
  return await tx
    .selectFrom('client_links')
    .selectAll()
    .where('maison_id', '=', maisonId)
    .where('client_id', '=', clientId)
    .orderBy('session_id')
    .execute();
}

export async function grantsOf(db: Queries, linkId: string): Promise<GrantRow[]> {
  return await db.selectFrom('client_grants').selectAll().where('link_id', '=', linkId).execute();
}

export function asGrant({ purpose, term, granted_at_ms, ends_at_ms }: GrantRow): ClientGrant {
  return { purpose, term, grantedAtMs: granted_at_ms, endsAtMs: ends_at_ms };
}

/** Writes a yes down; a newer yes to the same purpose stands in the place of the older. */
export async function writeGrant(
  tx: Tx,
  linkId: string,
  { purpose, term }: ClientChoice,
  { textVersion, locale }: ClientConsent,
  times: { readonly nowMs: EpochMs; readonly endsAtMs: EpochMs },
): Promise<void> {
  const said = {
    term,
    granted_at_ms: times.nowMs,
    ends_at_ms: times.endsAtMs,
    text_version: textVersion,
    locale,
  };
  await tx
    .insertInto('client_grants')
    .values({ link_id: linkId, purpose, ...said })
    .onConflict((conflict) => conflict.columns(['link_id', 'purpose']).doUpdateSet(said))
    .execute();
}

/** Forgets a link for good, with all that hangs on it. A phone's page stays, and knows nobody any more. */
export async function deleteLink(tx: Tx, linkId: string): Promise<void> {
  const link = await tx
    .selectFrom('client_links')
    .select(['maison_id', 'session_id'])
    .where('id', '=', linkId)
    .executeTakeFirst();
  if (link) await forgetVisitNote(tx, { maisonId: link.maison_id, sessionId: link.session_id });
  await tx.deleteFrom('client_grants').where('link_id', '=', linkId).execute();
  await tx.deleteFrom('client_links').where('id', '=', linkId).execute();
  await tx.updateTable('client_phones').set({ link_id: null }).where('link_id', '=', linkId).execute();
}

/** Forgets a link that nothing keeps: no grant, and no phone that could still withdraw or erase. */
export async function deleteIfBare(tx: Tx, linkId: string, nowMs: EpochMs): Promise<void> {
  const link = await tx
    .selectFrom('client_links')
    .select('keep_until_ms')
    .where('id', '=', linkId)
    .executeTakeFirst();
  if (!link || link.keep_until_ms > nowMs || (await grantsOf(tx, linkId)).length > 0) return;
  await deleteLink(tx, linkId);
}

/** The newest erasure that was asked for in a session. */
export async function erasureOf(
  db: Queries,
  maisonId: MaisonId,
  sessionId: SessionId,
): Promise<ClientErasure | null> {
  const row = await db
    .selectFrom('client_erasures')
    .selectAll()
    .where('maison_id', '=', maisonId)
    .where('session_id', '=', sessionId)
    .orderBy('asked_at_ms', 'desc')
    .executeTakeFirst();
  return row ? { state: row.state, askedAtMs: row.asked_at_ms } : null;
}
