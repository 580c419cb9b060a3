import type { EpochMs } from '../../protocol/index.ts';
import type { Hint } from '../core/hints.ts';
import { liveStates } from '../handoff/offer-rows.ts';
import type { AdvisorRow } from '../houses/advisor-rows.ts';
import type { Tx } from '../persistence/database.ts';
import { leaveRuns } from '../sale/leave-runs.ts';
import { appendFacts } from '../sessions/session-log.ts';
import { lockOpenSession } from '../sessions/session-writer.ts';

/**
 * Gives back what an advisor had taken on and will not do: a mirror that waits for them calls again, a piece that they went for is
 * everybody's to bring, and a visit that they were leading ends, so that its client can call a colleague. What they did stays theirs, and
 * their tasks and appointments are left to the boutique. Returns what is to be told once it is committed.
 */
export async function giveBack(tx: Tx, advisor: AdvisorRow, nowMs: EpochMs): Promise<Hint[]> {
  return [
    ...(await giveCallsBack(tx, advisor, nowMs)),
    ...(await endSessions(tx, advisor, nowMs)),
    ...(await giveRunsBack(tx, advisor, nowMs)),
  ];
}

/** Calls first: one that a client confirms meanwhile is found as the session that it became. */
async function giveCallsBack(
  tx: Tx,
  { maison_id: maisonId, id }: AdvisorRow,
  nowMs: EpochMs,
): Promise<Hint[]> {
  const claimed = await tx
    .updateTable('offers')
    .set({ state: 'expired' })
    .where('maison_id', '=', maisonId)
    .where('advisor_id', '=', id)
    .where('state', '=', 'claimed')
    .where('expires_at_ms', '>', nowMs)
    .returning('id')
    .execute();
  const going = await tx
    .updateTable('offers')
    .set({ going_advisor_id: null, going_until_ms: null, passed_by_advisor_id: null })
    .where('maison_id', '=', maisonId)
    .where('going_advisor_id', '=', id)
    .where('state', 'in', liveStates)
    .returning('id')
    .execute();
  return [...claimed, ...going].map(({ id: offerId }) => ({ kind: 'offer', offerId }));
}

async function endSessions(tx: Tx, { maison_id: maisonId, id }: AdvisorRow, nowMs: EpochMs): Promise<Hint[]> {
  const open = await tx
    .selectFrom('sessions')
    .select('id')
    .where('maison_id', '=', maisonId)
    .where('advisor_id', '=', id)
    .where('closed_at_ms', 'is', null)
    .execute();
  const hints: Hint[] = [];
  for (const { id: sessionId } of open) {
    if (!(await lockOpenSession(tx, sessionId))) continue;
    await tx.updateTable('sessions').set({ closed_at_ms: nowMs }).where('id', '=', sessionId).execute();
    const closed = { type: 'closed', reason: 'advisor' } as const;
    const [event] = await appendFacts(tx, sessionId, 'system', [closed], nowMs);
    if (event) hints.push({ kind: 'session', sessionId, fromSeq: event.seq });
    const storeId = await leaveRuns(tx, sessionId, nowMs);
    if (storeId !== null) hints.push({ kind: 'sale', sessionId, storeId });
  }
  return hints;
}

async function giveRunsBack(
  tx: Tx,
  { maison_id: maisonId, id }: AdvisorRow,
  nowMs: EpochMs,
): Promise<Hint[]> {
  const rows = await tx
    .updateTable('sale_steps')
    .set({ state: 'asked', other_id: null, changed_at_ms: nowMs })
    .where('maison_id', '=', maisonId)
    .where('kind', '=', 'run')
    .where('state', '=', 'on-its-way')
    .where('other_id', '=', id)
    .returning(['session_id', 'store_id'])
    .execute();
  return rows.map(({ session_id: sessionId, store_id: storeId }) => ({ kind: 'sale', sessionId, storeId }));
}
