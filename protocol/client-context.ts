import * as z from 'zod/mini';
import { ClientReference } from './client-reference.ts';
import { Advisor } from './device.ts';
import { AdvisorId, EpochMs, Locale, SessionId, Sku } from './ids.ts';
import { VisitNote } from './visit-note.ts';

/** What a client may let the boutique know them for. Each is asked for by itself; none is given unless the client touches it. */
export const clientPurposes = ['greet', 'advise', 'after-sale', 'remember'] as const;
export const ClientPurpose = z.enum(clientPurposes);
export type ClientPurpose = z.infer<typeof ClientPurpose>;

/**
 * For how long: until this visit ends, which is what is offered first, or for thirty days, where the client chooses so. Thirty days
 * are offered for care after a sale, and are the only term for being remembered: nobody needs a greeting when the client has left, and
 * nothing can be remembered of a visit for the visit alone. No term is longer than the client's own page lasts, by which it is taken back.
 */
export const ClientTerm = z.enum(['visit', 'month']);
export type ClientTerm = z.infer<typeof ClientTerm>;
export const termsOf: Readonly<Record<ClientPurpose, readonly ClientTerm[]>> = {
  greet: ['visit'],
  advise: ['visit'],
  'after-sale': ['visit', 'month'],
  remember: ['month'],
};

/** The term that is offered first. */
export function firstTermOf(purpose: ClientPurpose): ClientTerm {
  return termsOf[purpose][0] ?? 'visit';
}
export const clientMonthMs = 30 * 24 * 3_600_000;

const shortText = z.string().check(z.minLength(1), z.maxLength(120));

/** Everything that may ever be known of a client here; whatever else a house holds is not spoken of. */
export const ClientFact = z.discriminatedUnion('kind', [
  /** How they wish to be addressed. */
  z.object({ kind: z.literal('name'), name: shortText }),
  z.object({ kind: z.literal('language'), locale: Locale }),
  z.object({ kind: z.literal('advisor'), advisorId: AdvisorId }),
  z.object({ kind: z.literal('appointment'), startsAtMs: EpochMs, advisorId: z.nullable(AdvisorId) }),
  /** As the house writes sizes of this kind: `52`, `17.5 cm`. */
  z.object({
    kind: z.literal('size'),
    of: z.enum(['ring', 'wrist', 'frame', 'hat', 'belt']),
    value: z.string().check(z.minLength(1), z.maxLength(24)),
  }),
  /** `sku` where it is in today's catalogue; `name` as the house calls it. */
  z.object({ kind: z.literal('owned'), sku: z.nullable(Sku), name: shortText }),
  z.object({ kind: z.literal('wished'), sku: z.nullable(Sku), name: shortText }),
  /** A piece of theirs in care, ready to be fetched, or due for a look. */
  z.object({
    kind: z.literal('care'),
    sku: z.nullable(Sku),
    name: shortText,
    state: z.enum(['in-care', 'ready', 'due']),
  }),
  /** What an advisor wrote down when a visit ended, as it was written. */
  z.object({ kind: z.literal('visit-note'), advisorId: AdvisorId, ...VisitNote.shape }),
]);
export type ClientFact = z.infer<typeof ClientFact>;

/** The scope of each purpose: which kinds of facts it may show. Each kind serves one purpose. */
export const factsOf: Readonly<Record<ClientPurpose, readonly ClientFact['kind'][]>> = {
  greet: ['name', 'language', 'advisor', 'appointment'],
  advise: ['size', 'owned', 'wished'],
  'after-sale': ['care'],
  remember: ['visit-note'],
};

/** The purpose that a kind of fact serves. */
export function purposeOf(kind: ClientFact['kind']): ClientPurpose {
  return clientPurposes.find((purpose) => factsOf[purpose].includes(kind)) ?? 'advise';
}

/** Why the house has it: the answer to "why am I seeing this?". */
export const FactReason = z.enum([
  'told-us',
  'chose',
  'bought',
  'wished',
  'measured',
  'booked',
  'left-for-care',
  'agreed-to-notes',
]);
export type FactReason = z.infer<typeof FactReason>;

/** A fact with where it comes from, since when, why, and for which purpose it may be shown. */
export const KnownFact = z.object({
  fact: ClientFact,
  /** The place or the system that wrote it down, as a client may read it: `Place Vendôme`. */
  source: z.string().check(z.minLength(1), z.maxLength(80)),
  asOfMs: EpochMs,
  reason: FactReason,
  purpose: ClientPurpose,
});
export type KnownFact = z.infer<typeof KnownFact>;

/** What a client said yes to: one purpose, until then at the latest. */
export const ClientGrant = z.object({
  purpose: ClientPurpose,
  term: ClientTerm,
  grantedAtMs: EpochMs,
  endsAtMs: EpochMs,
});
export type ClientGrant = z.infer<typeof ClientGrant>;

/** How far an erasure has come in the house's own system; here it is done at once. `by-hand`: a person of the house must see to it. */
export const ClientErasure = z.object({
  state: z.enum(['asked', 'done', 'by-hand']),
  askedAtMs: EpochMs,
});
export type ClientErasure = z.infer<typeof ClientErasure>;

/** What is known now, read now. */
export const ClientContext = z.object({
  grants: z.array(ClientGrant).check(z.minLength(1)),
  facts: z.array(KnownFact).check(z.maxLength(100)),
  /** How the advisors whom the facts name are called, where the house has them. */
  advisors: z.optional(z.array(z.object({ id: AdvisorId, name: shortText }))),
  readAtMs: EpochMs,
});
export type ClientContext = z.infer<typeof ClientContext>;

/** What a screen reads: whether clients can be known here at all, what is known, and what became of an erasure. */
export const ClientReading = z.object({
  offered: z.boolean(),
  /** What may be asked for here: a house that keeps no notes is not asked to remember. */
  purposes: z.array(ClientPurpose),
  known: z.nullable(ClientContext),
  erasure: z.nullable(ClientErasure),
});
export type ClientReading = z.infer<typeof ClientReading>;

/** One yes: a purpose and its term. */
export const ClientChoice = z.object({ purpose: ClientPurpose, term: ClientTerm });
export type ClientChoice = z.infer<typeof ClientChoice>;

/** What a client says yes to, by their own touch: which words they read, in which language. Nothing said is no. */
export const ClientConsent = z.object({
  /** Their card; null for whom this visit knows already, and who says yes to more. */
  reference: z.nullable(ClientReference),
  choices: z.array(ClientChoice).check(
    z.minLength(1),
    z.maxLength(clientPurposes.length),
    z.refine((choices) => new Set(choices.map(({ purpose }) => purpose)).size === choices.length),
    z.refine((choices) => choices.every(({ purpose, term }) => termsOf[purpose].includes(term))),
  ),
  textVersion: z.string().check(z.minLength(1), z.maxLength(64)),
  locale: Locale,
});
export type ClientConsent = z.infer<typeof ClientConsent>;

/** The advisor asks on the mirror whether the client wishes to be known. The card goes to that screen and is kept nowhere. */
export const ClientAsked = z.object({
  sessionId: SessionId,
  advisor: Advisor,
  reference: z.nullable(ClientReference),
  expiresAtMs: EpochMs,
});
export type ClientAsked = z.infer<typeof ClientAsked>;

/** How long a question stands on the mirror, and a mark for a phone may be read. */
export const clientAskMs = 120_000;

/** Wrong cards that one visit may try before it must wait as long as a question stands. */
export const clientCardTries = 5;

/** The end that a yes gets. A visit is never longer than `longestVisitMs`, however it ends. */
export function grantEndMs(
  term: ClientTerm,
  visit: { startedAtMs: number; longestMs: number },
  nowMs: number,
): number {
  return term === 'month' ? nowMs + clientMonthMs : visit.startedAtMs + visit.longestMs;
}

/** The grants that stand: none past its end, and of those for the visit none past the visit. */
export function liveGrants(
  grants: readonly ClientGrant[],
  at: { readonly nowMs: number; readonly closedAtMs: number | null },
): ClientGrant[] {
  const isOver = at.closedAtMs !== null && at.closedAtMs <= at.nowMs;
  return grants.filter(({ term, endsAtMs }) => endsAtMs > at.nowMs && !(term === 'visit' && isOver));
}

/** What of a house's answer may be shown: facts in the scope of a purpose that was granted, and nothing else. */
export function shownFacts(facts: readonly KnownFact[], purposes: readonly ClientPurpose[]): KnownFact[] {
  return facts.filter(
    ({ fact, purpose }) => purposes.includes(purpose) && factsOf[purpose].includes(fact.kind),
  );
}
