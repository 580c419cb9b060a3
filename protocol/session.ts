import * as z from 'zod/mini';
import { Advisor } from './device.ts';
import { Finger } from './finger.ts';
import { EpochMs, HoldId, Locale, PieceId, SessionId, Sku, VariantId } from './ids.ts';
import { measureName, SharedMeasure } from './measure.ts';
import { Hold, HoldState } from './stock.ts';

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
  readonly closed: { readonly atMs: EpochMs; readonly reason: ClosedReason } | null;
}

/** Applies the next event. Returns the state unchanged for an event it already holds; null for a gap. */
export function reduceSession(state: SessionState | null, event: SessionEvent): SessionState | null {
  const { fact } = event;
  if (fact.type === 'started') return state ?? startedState(event, fact);
  if (!state) return null;
  if (event.seq <= state.seq) return state;
  if (event.seq !== state.seq + 1) return null;
  return { ...applyFact(state, event), seq: event.seq };
}

function startedState(event: SessionEvent, fact: Extract<SessionFact, { type: 'started' }>): SessionState {
  return {
    sessionId: event.sessionId,
    seq: event.seq,
    advisor: fact.advisor,
    kioskName: fact.kioskName,
    startedAtMs: event.atMs,
    locale: fact.summary.locale,
    worn: fact.summary.worn,
    look: withWorn(fact.summary.look ?? [], fact.summary.worn),
    tried: fact.summary.tried,
    kept: fact.summary.kept,
    holds: [],
    measures: [],
    closed: null,
  };
}

/** The look with what is looked at in it, whoever told of it. */
function withWorn(look: readonly Worn[], worn: Worn | null): readonly Worn[] {
  if (worn === null) return look;
  const known = look.some(({ pieceId }) => pieceId === worn.pieceId);
  return known ? look.map((one) => (one.pieceId === worn.pieceId ? worn : one)) : [...look, worn];
}

function applyFact(state: SessionState, { fact, atMs }: SessionEvent): SessionState {
  switch (fact.type) {
    case 'started':
      return state;
    case 'worn': {
      const { worn } = fact;
      const known = state.tried.some(
        (tried) => tried.pieceId === worn.pieceId && tried.variantId === worn.variantId,
      );
      const { pieceId, variantId } = worn;
      const tried = known ? state.tried : [...state.tried, { pieceId, variantId, seconds: 0 }];
      return { ...state, worn, look: withWorn(fact.look ?? state.look, worn), tried };
    }
    case 'kept':
      return state.kept.includes(fact.sku) ? state : { ...state, kept: [...state.kept, fact.sku] };
    case 'set-aside':
      return { ...state, kept: state.kept.filter((sku) => sku !== fact.sku) };
    case 'measure-shared': {
      const others = state.measures.filter((known) => measureName(known) !== measureName(fact.measure));
      return { ...state, measures: [...others, fact.measure] };
    }
    case 'hold-placed':
      return { ...state, holds: [...state.holds.filter((hold) => hold.id !== fact.hold.id), fact.hold] };
    case 'hold-ended':
      return {
        ...state,
        holds: state.holds.map((hold) => (hold.id === fact.holdId ? { ...hold, state: fact.state } : hold)),
      };
    case 'closed':
      return { ...state, closed: { atMs, reason: fact.reason } };
  }
}
