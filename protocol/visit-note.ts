import * as z from 'zod/mini';
import { CalendarDay } from './boutique.ts';
import { Advisor } from './device.ts';
import { AdvisorId, EpochMs, SaleStepId, Sku } from './ids.ts';

/**
 * Why a client came. A closed list: what would tell of faith, health or a family's grief is not on it, and a house may offer fewer, never
 * others.
 */
export const visitOccasions = [
  'gift',
  'for-themselves',
  'engagement',
  'wedding',
  'anniversary',
  'birthday',
  'business',
  'looking',
] as const;
export const VisitOccasion = z.enum(visitOccasions);
export type VisitOccasion = z.infer<typeof VisitOccasion>;

/** What was decided when the visit ended. */
export const visitDecisions = ['ordered', 'held', 'appointment', 'thinking', 'not-now'] as const;
export const VisitDecision = z.enum(visitDecisions);
export type VisitDecision = z.infer<typeof VisitDecision>;

/** What the advisor has promised to do. */
export const nextStepKinds = ['call', 'message', 'invite', 'send-list'] as const;
export const NextStepKind = z.enum(nextStepKinds);
export type NextStepKind = z.infer<typeof NextStepKind>;

/** Longest line of a note, in characters. */
export const noteLineMost = 120;

/** One line about the piece and the next step. What it may not be about, `lineFault` says. */
export const NoteLine = z
  .string()
  .check(z.minLength(1), z.maxLength(noteLineMost), z.regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u));
export type NoteLine = z.infer<typeof NoteLine>;

/** What was promised, by when. */
export const NextStep = z.object({
  step: NextStepKind,
  /** By the boutique's own calendar. */
  dueOn: CalendarDay,
  /** The piece that it is about. */
  sku: z.nullable(Sku),
  line: z.nullable(NoteLine),
});
export type NextStep = z.infer<typeof NextStep>;

/** What is left of a visit: three touches, and a line about the next step. */
export const VisitNote = z.object({
  occasion: VisitOccasion,
  decision: VisitDecision,
  /** Null where nothing was promised. */
  next: z.nullable(NextStep),
});
export type VisitNote = z.infer<typeof VisitNote>;

/** What an advisor has promised a client, as a task with a day. Who the client is stands nowhere in it. */
export const FollowUp = z.object({
  id: SaleStepId,
  state: z.enum(['open', 'done']),
  ...NextStep.shape,
  occasion: VisitOccasion,
  decision: VisitDecision,
  /** When the visit ended. */
  notedAtMs: EpochMs,
  notedBy: Advisor,
  /** Whose task it is; null: whoever of the boutique has time. */
  owner: z.nullable(Advisor),
  /** The last day on which the client's yes stands: it cannot be put off for longer. */
  lastDay: CalendarDay,
  changedAtMs: EpochMs,
});
export type FollowUp = z.infer<typeof FollowUp>;

/** What is to be done with a task. */
export const FollowUpChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  /** It was touched by mistake. */
  z.object({ kind: z.literal('reopen') }),
  z.object({ kind: z.literal('move'), dueOn: CalendarDay }),
  /** To a colleague of this boutique, or to all of them (null). */
  z.object({ kind: z.literal('hand'), advisorId: z.nullable(AdvisorId) }),
]);
export type FollowUpChange = z.infer<typeof FollowUpChange>;

/** A task that was done stays on the list for so long, so that a touch by mistake can be taken back. */
export const followUpSeenMs = 10 * 60_000;

/** When tasks are due, as the list is read. */
export type FollowUpTime = 'overdue' | 'today' | 'later';

export function followUpTime({ dueOn }: Pick<FollowUp, 'dueOn'>, today: CalendarDay): FollowUpTime {
  if (dueOn === today) return 'today';
  return dueOn < today ? 'overdue' : 'later';
}
