import * as z from 'zod/mini';
import { Actor, SessionFact, type EpochMs, type SessionEvent, type SessionId } from '../../protocol/index.ts';
import type { Queries, Tx } from '../persistence/database.ts';

/**
 * Appends facts to a session, in the order the server gives them. The row update that takes the sequences is the session's
 * write lock, so the order of sequences is the order of commits.
 */
export async function appendFacts(
  tx: Tx,
  sessionId: SessionId,
  actor: Actor,
  facts: readonly SessionFact[],
  atMs: EpochMs,
): Promise<SessionEvent[]> {
  const { head_seq: headSeq } = await tx
    .updateTable('sessions')
    .set(({ eb }) => ({ head_seq: eb('head_seq', '+', facts.length) }))
    .where('id', '=', sessionId)
    .returning('head_seq')
    .executeTakeFirstOrThrow();
  const firstSeq = headSeq - facts.length + 1;
  const events = facts.map((fact, index) => ({ sessionId, seq: firstSeq + index, atMs, actor, fact }));
  await tx
    .insertInto('session_events')
    .values(
      events.map(({ seq, fact }) => ({
        session_id: sessionId,
        seq,
        at_ms: atMs,
        actor,
        fact: JSON.stringify(fact),
      })),
    )
    .execute();
  return events;
}

/** The session's events after `seq`, in order. */
export async function readEvents(db: Queries, sessionId: SessionId, seq: number): Promise<SessionEvent[]> {
  const rows = await db
    .selectFrom('session_events')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({
    sessionId: row.session_id,
    seq: row.seq,
    atMs: row.at_ms,
    actor: z.parse(Actor, row.actor),
    fact: z.parse(SessionFact, JSON.parse(row.fact)),
  }));
}
