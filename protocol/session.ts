import * as z from 'zod/mini';
import { Advisor } from './device.ts';
import { Finger } from './finger.ts';
import { CommandId, EpochMs, HoldId, Locale, PieceId, SessionId, Sku, VariantId } from './ids.ts';
import { measureName, SharedMeasure } from './measure.ts';
import { Hold, HoldState } from './stock.ts';
import { leadAfter, type LeadState } from './lead.ts';
import { Pointed, ProposalAnswer, ProposedLook, StoryPage } from './together.ts';
import { endPath, stepChosen, stepWorn, type PathStep } from './visit-path.ts';

/** What the mirror shows on the client; of a ring, on which finger, the ring finger unless told. */
export const Worn = z.object({ pieceId: PieceId, variantId: VariantId, finger: z.optional(Finger) });
export type Worn = z.infer<typeof Worn>;

/**
 * Everything that is worn together, in the order in which it was put on: of rings on one finger the first sits lowest. Each piece once.
 * A peer from before looks leaves it out.
 */
export const Look = z.optional(z.array(Worn).check(z.maxLength(12)));

/** One thing tried on, and for how long it stayed, in whole seconds. */
export const Tried = z.object({
  pieceId: PieceId,
  variantId: VariantId,
  seconds: z.int().check(z.nonnegative()),
});
export type Tried = z.infer<typeof Tried>;

/**
 * What leaves the kiosk when the client confirms a hand-off: pieces, never pictures, landmarks or measurements, and
 * nothing that names the client.
 */
export const VisitSummary = z.object({
  locale: Locale,
  startedAtMs: EpochMs,
  worn: z.nullable(Worn),
  look: Look,
  tried: z.array(Tried).check(z.maxLength(100)),
  kept: z.array(Sku).check(z.maxLength(50)),
});
export type VisitSummary = z.infer<typeof VisitSummary>;

export const Actor = z.enum(['client', 'advisor', 'system']);
export type Actor = z.infer<typeof Actor>;

export const ClosedReason = z.enum(['farewell', 'idle', 'advisor']);
export type ClosedReason = z.infer<typeof ClosedReason>;

/** What can happen in an assisted session. */
export const SessionFact = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), advisor: Advisor, kioskName: z.string(), summary: VisitSummary }),
  z.object({ type: z.literal('worn'), worn: Worn, look: Look }),
  z.object({ type: z.literal('kept'), sku: Sku }),
  z.object({ type: z.literal('set-aside'), sku: Sku }),
  /** The client handed one measured number over; the newest of a kind replaces the one before. */
  z.object({ type: z.literal('measure-shared'), measure: SharedMeasure }),
  /** The actor takes the lead, and does nothing else by it. */
  z.object({ type: z.literal('led') }),
  /** A story is open on the mirror at this page; null: the mirror is a mirror again. */
  z.object({ type: z.literal('story-told'), page: z.nullable(StoryPage) }),
  z.object({ type: z.literal('pointed'), point: Pointed }),
  z.object({ type: z.literal('look-proposed'), proposalId: CommandId, look: ProposedLook }),
  /** Of a proposal that was accepted, the look is the next fact. */
  z.object({ type: z.literal('look-answered'), proposalId: CommandId, answer: ProposalAnswer }),
  z.object({ type: z.literal('hold-placed'), hold: Hold }),
  z.object({ type: z.literal('hold-ended'), holdId: HoldId, state: HoldState }),
  z.object({ type: z.literal('closed'), reason: ClosedReason }),
]);
export type SessionFact = z.infer<typeof SessionFact>;

/** A fact with its place in the session's one order, which the server gives. */
export const SessionEvent = z.object({
  sessionId: SessionId,
  seq: z.int().check(z.positive()),
  atMs: EpochMs,
  actor: Actor,
  fact: SessionFact,
});
export type SessionEvent = z.infer<typeof SessionEvent>;

/** Events `fromSeq..toSeq` of one session. */
export const SessionFrame = z.object({
  sessionId: SessionId,
  fromSeq: z.int().check(z.positive()),
  toSeq: z.int().check(z.positive()),
  events: z.array(SessionEvent).check(z.minLength(1)),
});
export type SessionFrame = z.infer<typeof SessionFrame>;

/** The session as both screens see it: a pure function of its events. */
export interface SessionState {
  readonly sessionId: SessionId;
  readonly seq: number;
  readonly advisor: Advisor;
  readonly kioskName: string;
  readonly startedAtMs: EpochMs;
  readonly locale: Locale;
  /** What is looked at, and everything that is worn with it and including it. */
  readonly worn: Worn | null;
  readonly look: readonly Worn[];
  readonly tried: readonly Tried[];
  readonly kept: readonly Sku[];
  readonly holds: readonly Hold[];
  /** What the client handed over, one of a kind (and finger). */
  readonly measures: readonly SharedMeasure[];
  /** Who leads; the other screen follows. */
  readonly lead: LeadState;
  /** What happened with the pieces since the client's yes; nothing from before it. */
  readonly path: readonly PathStep[];
  /** The page of a story that is open on the mirror. */
  readonly story: StoryPage | null;
  /** Where the advisor pointed last, and when: the light goes by itself. */
  readonly point: (Pointed & { readonly atMs: EpochMs }) | null;
  /** The look that waits for the client's answer. */
  readonly proposal: { readonly proposalId: CommandId; readonly look: ProposedLook } | null;
  /** What the client said to the last proposal, until there is another. */
  readonly answered: ProposalAnswer | null;
  readonly closed: { readonly atMs: EpochMs; readonly reason: ClosedReason } | null;
}

/** Applies the next event. Returns the state unchanged for an event it already holds; null for a gap. */
export function reduceSession(state: SessionState | null, event: SessionEvent): SessionState | null {
  const { fact } = event;
  if (fact.type === 'started') return state ?? startedState(event, fact);
  if (!state) return null;
  if (event.seq <= state.seq) return state;
  if (event.seq !== state.seq + 1) return null;
  return { ...applyFact(state, event), lead: leadAfter(state.lead, event), seq: event.seq };
}

function startedState(event: SessionEvent, fact: Extract<SessionFact, { type: 'started' }>): SessionState {
  const { worn } = fact.summary;
  return {
    sessionId: event.sessionId,
    seq: event.seq,
    advisor: fact.advisor,
    kioskName: fact.kioskName,
    startedAtMs: event.atMs,
    locale: fact.summary.locale,
    worn,
    look: withWorn(fact.summary.look ?? [], worn),
    tried: fact.summary.tried,
    kept: fact.summary.kept,
    holds: [],
    measures: [],
    lead: { by: 'client', sinceSeq: event.seq, sinceAtMs: event.atMs },
    path: worn ? stepWorn([], worn, 'client', event.atMs) : [],
    story: null,
    point: null,
    proposal: null,
    answered: null,
    closed: null,
  };
}

/** The look with what is looked at in it, whoever told of it. */
function withWorn(look: readonly Worn[], worn: Worn | null): readonly Worn[] {
  if (worn === null) return look;
  const known = look.some(({ pieceId }) => pieceId === worn.pieceId);
  return known ? look.map((one) => (one.pieceId === worn.pieceId ? worn : one)) : [...look, worn];
}

function applyFact(state: SessionState, { fact, atMs, actor }: SessionEvent): SessionState {
  const by = actor === 'advisor' ? 'advisor' : 'client';
  switch (fact.type) {
    case 'started':
    case 'led':
      return state;
    case 'worn':
      return afterWorn(state, fact, by, atMs);
    case 'kept': {
      const { sku } = fact;
      if (state.kept.includes(sku)) return state;
      const path = stepChosen(state.path, { kind: 'kept', sku, by, atMs });
      return { ...state, kept: [...state.kept, sku], path };
    }
    case 'set-aside': {
      const { sku } = fact;
      if (!state.kept.includes(sku)) return state;
      const path = stepChosen(state.path, { kind: 'set-aside', sku, by, atMs });
      return { ...state, kept: state.kept.filter((kept) => kept !== sku), path };
    }
    case 'measure-shared': {
      const others = state.measures.filter((known) => measureName(known) !== measureName(fact.measure));
      return { ...state, measures: [...others, fact.measure] };
    }
    case 'story-told':
      return { ...state, story: fact.page, point: null };
    case 'pointed':
      return { ...state, point: { ...fact.point, atMs } };
    case 'look-proposed':
      return { ...state, proposal: { proposalId: fact.proposalId, look: fact.look }, answered: null };
    case 'look-answered':
      return state.proposal?.proposalId === fact.proposalId
        ? { ...state, proposal: null, answered: fact.answer }
        : state;
    case 'hold-placed':
      return { ...state, holds: [...state.holds.filter((hold) => hold.id !== fact.hold.id), fact.hold] };
    case 'hold-ended':
      return {
        ...state,
        holds: state.holds.map((hold) => (hold.id === fact.holdId ? { ...hold, state: fact.state } : hold)),
      };
    case 'closed':
      return { ...state, path: endPath(state.path, atMs), closed: { atMs, reason: fact.reason } };
  }
}

/** Something is on the mirror: whoever reads a story looks up, and a light on another piece is out. */
function afterWorn(
  state: SessionState,
  fact: Extract<SessionFact, { type: 'worn' }>,
  by: LeadState['by'],
  atMs: number,
): SessionState {
  const { worn } = fact;
  const { pieceId, variantId } = worn;
  const known = state.tried.some((tried) => tried.pieceId === pieceId && tried.variantId === variantId);
  return {
    ...state,
    worn,
    look: withWorn(fact.look ?? state.look, worn),
    tried: known ? state.tried : [...state.tried, { pieceId, variantId, seconds: 0 }],
    path: stepWorn(state.path, worn, by, atMs),
    story: null,
    point: state.point?.pieceId === pieceId ? state.point : null,
  };
}
