import * as z from 'zod/mini';
import {
  Lead,
  leadAfter,
  mayAdvisorLead,
  reduceSession,
  type Actor,
  type Answer,
  type EpochMs,
  type LeadState,
  type SessionEvent,
  type SessionFact,
  type SessionId,
  type SessionState,
} from '../../protocol/index.ts';
import { done, refuse, type Refusal } from '../core/answers.ts';
import type { Tx } from '../persistence/database.ts';
import { appendFacts, readEvents } from './session-log.ts';

/** What a party to a session adds to it. */
export interface Appended {
  /** The facts to be added, none where it is so already. The state is null unless `readsState` asks for it. */
  readonly facts: (state: SessionState | null) => Answer<SessionFact[]>;
  readonly readsState?: boolean;
  /** The lead as the sender has heard of it. */
  readonly leadSeq?: number | undefined;
  /** Written with the facts, once the session is locked and open; where it refuses, it has written nothing, and nothing is. */
  readonly beside?: (tx: Tx) => Promise<Refusal | null>;
  /** What the sender is answered; nothing where it is left out. */
  readonly reply?: object;
}

/** The refusal for anything done in a session that is over. */
export function sessionEnded() {
  return refuse('session-ended', 'This session has ended.');
}

/**
 * Events of one visit: a touch in every second of fifty minutes. Whoever returns reads all of them, so a device that never stops
 * would keep a server from everybody else.
 */
export const mostEvents = 3_000;

/** The refusal for anything more in a session that is full. It can be closed, and holds end in it. */
export function sessionFull() {
  return refuse('too-large', `A visit holds at most ${mostEvents} events. Close it, and begin another.`);
}

/** Whether nothing more goes into a session. */
export async function isFull(tx: Tx, sessionId: SessionId, added = 1): Promise<boolean> {
  const { head_seq: headSeq } = await tx
    .selectFrom('sessions')
    .select('head_seq')
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow();
  return headSeq + added > mostEvents;
}

/** Locks a session until the transaction ends; false if it has closed. */
export async function lockOpenSession(tx: Tx, sessionId: SessionId): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sessions')
    .set((builder) => ({ head_seq: builder.ref('head_seq') }))
    .where('id', '=', sessionId)
    .where('closed_at_ms', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Who leads a session. The time is not kept: nothing on the server asks for it. */
async function readLead(tx: Tx, sessionId: SessionId): Promise<LeadState> {
  const { lead_by: by, lead_seq: sinceSeq } = await tx
    .selectFrom('sessions')
    .select(['lead_by', 'lead_seq'])
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow();
  return { by: z.parse(Lead, by), sinceSeq, sinceAtMs: 0 };
}

/**
 * Adds what a party wishes to an open session, under its lock: what they read is what they add to. Returns the events, none where it was
 * so already.
 */
export async function writeFacts(
  tx: Tx,
  {
    sessionId,
    actor,
    nowMs,
  }: { readonly sessionId: SessionId; readonly actor: Actor; readonly nowMs: EpochMs },
  { facts, readsState = false, leadSeq, beside }: Appended,
): Promise<Answer<SessionEvent[]>> {
  if (!(await lockOpenSession(tx, sessionId))) return sessionEnded();
  const lead = await readLead(tx, sessionId);
  if (actor === 'advisor' && leadSeq !== undefined && !mayAdvisorLead(lead, leadSeq)) {
    return refuse('conflict', 'The client has taken the lead meanwhile.');
  }
  const events = readsState ? await readEvents(tx, sessionId, 0) : [];
  const added = facts(events.reduce<SessionState | null>(reduceSession, null));
  if (!added.ok) return added;
  if (added.value.length === 0) return done([]);
  const closes = added.value.some(({ type }) => type === 'closed');
  if (!closes && (await isFull(tx, sessionId, added.value.length))) return sessionFull();
  const refusal = await beside?.(tx);
  if (refusal) return refusal;
  if (closes) {
    await tx.updateTable('sessions').set({ closed_at_ms: nowMs }).where('id', '=', sessionId).execute();
  }
  const appended = await appendFacts(tx, sessionId, actor, added.value, nowMs);
  const next = appended.reduce(leadAfter, lead);
  if (next !== lead) {
    await tx
      .updateTable('sessions')
      .set({ lead_by: next.by, lead_seq: next.sinceSeq })
      .where('id', '=', sessionId)
      .execute();
  }
  return done(appended);
}
