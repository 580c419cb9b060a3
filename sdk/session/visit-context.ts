import type { WireError } from '../../protocol/errors.ts';
import type { Claim, Offer } from '../../protocol/handoff.ts';
import type { Locale, Sku } from '../../protocol/ids.ts';
import type { ClosedReason, SessionState, VisitSummary, Worn } from '../../protocol/session.ts';
import type { Story } from '../../protocol/story.ts';
import type { Patience } from './visit-times.ts';

/** The client's release of the camera: which words they saw, in which language, and when they touched to begin. */
export interface CameraConsent {
  readonly textVersion: string;
  readonly locale: Locale;
  readonly atMs: number;
}

/** One thing tried on, and for how long it stayed. */
export interface TriedSpan extends Pick<Worn, 'pieceId' | 'variantId'> {
  readonly durationMs: number;
}

/** Why no advisor can be called just now: no line to the server, or the server's refusal. */
export type CallProblem =
  { readonly kind: 'offline' } | { readonly kind: 'refused'; readonly code: WireError['code'] };

/** As much of a story as the visit needs to find its way through it. */
export interface ToldStory {
  readonly id: Story['id'];
  readonly chapters: number;
}

/** Everything a visit knows. It lives in memory only, and a wipe replaces all of it by `emptyVisit`. */
export interface VisitContext {
  readonly locale: Locale;
  /** Null: the client looks without a camera. */
  readonly consent: CameraConsent | null;
  /** The release of everybody who joined the client in the mirror, each by their own touch; at most three. */
  readonly company: readonly CameraConsent[];
  /** Monotonic order is not needed here: wall time, in milliseconds since the epoch. */
  readonly startedAtMs: number | null;
  /** What is looked at. */
  readonly worn: Worn | null;
  /** Everything that is worn together, in the order in which it was put on, `worn` among it. */
  readonly look: readonly Worn[];
  /** Since when `worn` has been on the mirror; null while it is not shown there. */
  readonly wornSinceMs: number | null;
  readonly tried: readonly TriedSpan[];
  readonly kept: readonly Sku[];
  /** Of the list that the client brought: how many pieces came, and how many the house has no more. Until another piece is chosen. */
  readonly list: { readonly came: number; readonly gone: number } | null;
  /** The stories that this visit may choose between, in the order in which they are offered. */
  readonly stories: readonly ToldStory[];
  /** The story that is open; null while the client has not chosen. */
  readonly storyId: Story['id'] | null;
  /** The chapter of it that is open, from 1 on; 0 is its first page. */
  readonly chapter: number;
  readonly patience: Patience;
  /** True between the call and the advisor's arrival. */
  readonly waiting: boolean;
  readonly offer: Offer | null;
  readonly claim: Claim | null;
  readonly callProblem: CallProblem | null;
  readonly session: SessionState | null;
  readonly closing: ClosedReason | null;
}

/** Largest numbers that a summary may carry, as the wire contract has them. */
const maxTried = 100;
const maxKept = 50;

/** A visit that has not begun, in the boutique's own language. */
export function emptyVisit(locale: Locale): VisitContext {
  return {
    locale,
    consent: null,
    company: [],
    startedAtMs: null,
    worn: null,
    look: [],
    wornSinceMs: null,
    tried: [],
    kept: [],
    list: null,
    stories: [],
    storyId: null,
    chapter: 0,
    patience: 1,
    waiting: false,
    offer: null,
    claim: null,
    callProblem: null,
    session: null,
    closing: null,
  };
}

/** A mirror follows four faces at the most. */
const maxCompany = 3;

/** How many people the camera may be used on; 0 looks without one. */
export function peopleOf({ consent, company }: Pick<VisitContext, 'consent' | 'company'>): number {
  return consent === null ? 0 : 1 + company.length;
}

/** Whether one more may join the client in the mirror. */
export function mayJoin({ consent, company }: Pick<VisitContext, 'consent' | 'company'>): boolean {
  return consent !== null && company.length < maxCompany;
}

type VariantChoice = Pick<Worn, 'pieceId' | 'variantId'>;

/** Whether two things on the mirror are the same piece in the same variant. */
export function sameWorn(one: VariantChoice | null, other: VariantChoice | null): boolean {
  return one?.pieceId === other?.pieceId && one?.variantId === other?.variantId;
}

/** Opens a story at its first page, if it is one that is told here. */
export function openStory(visit: VisitContext, storyId: Story['id']): VisitContext {
  return visit.stories.some(({ id }) => id === storyId) ? { ...visit, storyId, chapter: 0 } : visit;
}

/** Opens a chapter of the open story, or the nearest that it has. */
export function openChapter(visit: VisitContext, chapter: number): VisitContext {
  const last = visit.stories.find(({ id }) => id === visit.storyId)?.chapters ?? 0;
  return { ...visit, chapter: Math.min(last, Math.max(0, Math.trunc(chapter))) };
}

/** The stories of a visit that begins; where there is nothing to choose, the only one is open. */
export function offerStories(visit: VisitContext, stories: readonly ToldStory[]): VisitContext {
  const [only, ...others] = stories;
  return { ...visit, stories, storyId: only && others.length === 0 ? only.id : null, chapter: 0 };
}

type Wearing = Pick<VisitContext, 'worn' | 'wornSinceMs' | 'tried'>;

/** Ends the running span of what is worn and adds it to what was tried. */
export function takeOffMirror(visit: Wearing, nowMs: number): Wearing {
  const { worn, wornSinceMs, tried } = visit;
  if (!worn || wornSinceMs === null) return { worn, wornSinceMs: null, tried };
  const durationMs = Math.max(0, nowMs - wornSinceMs);
  const known = tried.find((span) => sameWorn(span, worn));
  const others = tried.filter((span) => span !== known);
  const { pieceId, variantId } = worn;
  const span = { pieceId, variantId, durationMs: (known?.durationMs ?? 0) + durationMs };
  return { worn, wornSinceMs: null, tried: [...others, span] };
}

/** Puts `worn` on the mirror (null: takes it off for good); `shown` says whether its time counts from now. */
export function putOn(visit: Wearing, worn: Worn | null, nowMs: number, shown: boolean): Wearing {
  const before = takeOffMirror(visit, nowMs);
  return { ...before, worn, wornSinceMs: shown && worn ? nowMs : null };
}

/** Adds to what is kept, or sets aside; the newest last, the oldest giving way beyond what a summary can carry. */
export function keepOrSetAside(kept: readonly Sku[], sku: Sku, keep: boolean): readonly Sku[] {
  const others = kept.filter((other) => other !== sku);
  return keep ? [...others, sku].slice(-maxKept) : others;
}

/** What an advisor is told when the client confirms: pieces and seconds, nothing of a person or a camera. */
export function visitSummary(visit: VisitContext, nowMs: number): VisitSummary {
  const { tried } = takeOffMirror(visit, nowMs);
  return {
    locale: visit.locale,
    startedAtMs: visit.startedAtMs ?? nowMs,
    worn: visit.worn,
    look: [...visit.look],
    tried: tried.slice(-maxTried).map(({ pieceId, variantId, durationMs }) => ({
      pieceId,
      variantId,
      seconds: Math.round(durationMs / 1000),
    })),
    kept: [...visit.kept],
  };
}
