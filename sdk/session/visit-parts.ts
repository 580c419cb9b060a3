import { assign, enqueueActions, fromPromise, setup } from 'xstate';
import type { Answer } from '../../protocol/errors.ts';
import type { Offer } from '../../protocol/handoff.ts';
import type { Locale, OfferId, PieceId, SessionId } from '../../protocol/ids.ts';
import { takeOff, wearWith, type PlacedPiece } from '../../protocol/look.ts';
import type { SessionState, VisitSummary } from '../../protocol/session.ts';
import {
  emptyVisit,
  keepOrSetAside,
  mayJoin,
  offerStories,
  openChapter,
  openStory,
  putOn,
  sameWorn,
  takeOffMirror,
} from './visit-context.ts';
import type { CallProblem, VisitContext } from './visit-context.ts';
import type { VisitEvent } from './visit-events.ts';
import type { ToldWithCall, VisitInput, VisitPorts } from './visit-ports.ts';
import type { VisitTimes } from './visit-times.ts';

/** The statechart's memory: the visit, which a wipe empties, and what is true of the kiosk whoever stands there. */
export interface VisitWorld {
  readonly visit: VisitContext;
  /** The boutique's own language. */
  readonly houseLocale: Locale;
  /** Whether the server can be reached now. */
  readonly online: boolean;
  /**
   * The session that was closed here last: an opaque id. While the close is still on its way to the server, nobody who
   * comes next may be drawn into it.
   */
  readonly leftSessionId: SessionId | null;
}

/** What a confirmation takes with it. */
export interface ConfirmInput {
  readonly offerId: OfferId;
  readonly summary: VisitSummary;
}

const offline: CallProblem = { kind: 'offline' };

/** By these the client changes what is worn. */
const wearingEvents: ReadonlySet<VisitEvent['type']> = new Set(['try-on', 'take-off', 'list-came']);

/**
 * What the visit's statechart can ask, do and wait for: its guards, actions, actors and delays by name. The states that use
 * them are `createVisitMachine`'s. Pure but for `ports`.
 */
export function visitParts(ports: VisitPorts, times: VisitTimes) {
  const now = (): number => ports.nowMs();

  return setup({
    types: {
      context: {} as VisitWorld,
      events: {} as VisitEvent,
      input: {} as VisitInput,
    },
    actors: {
      openOffer: fromPromise<Answer<Offer>, ToldWithCall>(({ input, signal }) =>
        ports.openOffer(input, signal),
      ),
      confirmOffer: fromPromise<Answer<{ readonly sessionId: SessionId }>, ConfirmInput>(
        ({ input, signal }) => ports.confirmOffer(input.offerId, input.summary, signal),
      ),
    },
    delays: {
      idle: ({ context: { visit } }) => idleMsOf(visit, times) * visit.patience,
      answer: ({ context: { visit } }) => times.answerMs * visit.patience,
      farewell: ({ context: { visit } }) => times.farewellMs * visit.patience,
      wipe: times.wipeMs,
      openTimeout: times.openTimeoutMs,
      rotation: ({ context: { visit } }) =>
        visit.offer ? Math.max(1_000, visit.offer.expiresAtMs - times.rotateBeforeMs - now()) : 1_000,
    },
    guards: {
      isOffline: ({ context }) => !context.online,
      isOurClaim: ({ context: { visit }, event }) =>
        event.type === 'claimed' && event.claim.offerId === visit.offer?.offerId,
      isEndOfOurOffer: ({ context: { visit }, event }) =>
        event.type === 'offer-ended' &&
        event.end.reason !== 'replaced' &&
        event.end.reason !== 'confirmed' &&
        event.end.offerId === visit.offer?.offerId,
      isSessionOpen: ({ context, event }) =>
        event.type === 'session' &&
        event.session !== null &&
        event.session.closed === null &&
        event.session.sessionId !== context.leftSessionId,
      isSessionOver: ({ context: { visit }, event }) =>
        event.type === 'session' &&
        visit.session !== null &&
        (event.session === null || event.session.closed !== null),
      isTold: ({ context: { visit } }) => storyOf(visit.session) !== null,
      isMirrorAgain: ({ context: { visit } }) => storyOf(visit.session) === null,
      isAdvisorLeading: ({ context: { visit } }) => visit.session?.lead.by === 'advisor',
      mayJoin: ({ context: { visit } }) => mayJoin(visit),
      isInChapter: ({ context: { visit } }) => visit.storyId !== null && visit.chapter > 0,
      isInOneOfStories: ({ context: { visit } }) => visit.storyId !== null && visit.stories.length > 1,
    },
    actions: {
      wipe: assign({ visit: ({ context }) => emptyVisit(context.houseLocale) }),
      begin: assign({
        visit: ({ context: { visit } }) =>
          visit.startedAtMs === null
            ? offerStories({ ...visit, startedAtMs: now() }, ports.stories())
            : visit,
      }),
      hearLine: assign({
        online: ({ context, event }) => (event.type === 'line' ? event.online : context.online),
      }),
      setHouseLocale: assign({
        houseLocale: ({ context, event }) =>
          event.type === 'house-language' ? event.locale : context.houseLocale,
      }),
      speak: assign({
        visit: ({ context: { visit }, event }) =>
          event.type === 'speak' ? { ...visit, locale: event.locale } : visit,
      }),
      consent: assign({
        visit: ({ context: { visit }, event }) =>
          event.type === 'consent'
            ? {
                ...visit,
                consent: { textVersion: event.textVersion, locale: visit.locale, atMs: now() },
              }
            : visit,
      }),
      // Without the client there is nobody whom the others could have joined.
      withdrawConsent: assign({
        visit: ({ context: { visit } }) => ({ ...visit, consent: null, company: [] }),
      }),
      welcomeCompany: assign({
        visit: ({ context: { visit }, event }) => {
          if (event.type !== 'join' || !mayJoin(visit)) return visit;
          const consent = { textVersion: event.textVersion, locale: visit.locale, atMs: now() };
          return { ...visit, company: [...visit.company, consent] };
        },
      }),
      partFromCompany: assign({ visit: ({ context: { visit } }) => ({ ...visit, company: [] }) }),
      openStory: assign({
        visit: ({ context: { visit }, event }) =>
          event.type === 'open-story' ? openStory(visit, event.storyId) : visit,
      }),
      turnPage: assign({
        visit: ({ context: { visit }, event }) =>
          event.type === 'open-chapter' ? openChapter(visit, event.chapter) : visit,
      }),
      closeChapter: assign({ visit: ({ context: { visit } }) => openChapter(visit, 0) }),
      closeStory: assign({ visit: ({ context: { visit } }) => ({ ...visit, storyId: null }) }),
      choose: assign({
        visit: ({ context: { visit }, event }) =>
          event.type === 'try-on' ? { ...visit, ...joined(visit, event, ports, false) } : visit,
      }),
      changeOnMirror: assign({
        visit: ({ context: { visit }, event }) =>
          event.type === 'try-on' ? { ...visit, ...joined(visit, event, ports, true) } : visit,
      }),
      takeOff: assign({
        visit: ({ context: { visit }, event }) =>
          event.type === 'take-off' ? { ...visit, ...without(visit, event.pieceId, now()) } : visit,
      }),
      showOnMirror: assign({
        visit: ({ context: { visit } }) => ({ ...visit, ...putOn(visit, visit.worn, now(), true) }),
      }),
      leaveMirror: assign({
        visit: ({ context: { visit } }) => ({ ...visit, ...takeOffMirror(visit, now()) }),
      }),
      keep: assign({
        visit: ({ context: { visit }, event }) =>
          event.type === 'keep'
            ? { ...visit, kept: keepOrSetAside(visit.kept, event.sku, event.kept) }
            : visit,
      }),
      wearList: assign({
        visit: ({ context: { visit }, event }) => {
          const first = event.type === 'list-came' ? event.pieces[0] : undefined;
          return first ? { ...visit, ...joined(visit, first, ports, false) } : visit;
        },
      }),
      keepList: assign({
        visit: ({ context: { visit }, event }) => {
          if (event.type !== 'list-came') return visit;
          const kept = event.pieces.reduce((kept, { sku }) => keepOrSetAside(kept, sku, true), visit.kept);
          return { ...visit, kept, list: { came: event.pieces.length, gone: event.gone } };
        },
      }),
      tellListKept: ({ context: { visit }, event }) => {
        if (!visit.session || event.type !== 'list-came') return;
        for (const { sku } of event.pieces)
          if (!visit.session.kept.includes(sku)) ports.keep(visit.session.sessionId, sku, true);
      },
      takeMoreTime: assign({ visit: ({ context: { visit } }) => ({ ...visit, patience: 4 as const }) }),
      startWaiting: assign({
        visit: ({ context: { visit } }) => ({ ...visit, waiting: true, callProblem: null, claim: null }),
      }),
      stopWaiting: assign({
        visit: ({ context: { visit } }) => ({ ...visit, waiting: false, offer: null, claim: null }),
      }),
      takeClaim: assign({
        visit: ({ context: { visit }, event }) =>
          event.type === 'claimed' ? { ...visit, claim: event.claim } : visit,
      }),
      spendOffer: assign({ visit: ({ context: { visit } }) => ({ ...visit, offer: null }) }),
      loseLine: assign({
        visit: ({ context: { visit } }) => ({ ...visit, offer: null, claim: null, callProblem: offline }),
      }),
      takeSession: assign({
        visit: ({ context: { visit }, event }) =>
          event.type === 'session' && event.session ? follow(visit, event.session, now()) : visit,
      }),
      closeAs: assign({
        visit: ({ context: { visit } }, params: { readonly reason: 'farewell' | 'idle' | 'advisor' }) => ({
          ...visit,
          closing: visit.session?.closed?.reason ?? params.reason,
        }),
        leftSessionId: ({ context }) => context.visit.session?.sessionId ?? context.leftSessionId,
      }),
      cancelOffer: ({ context: { visit } }) => {
        if (visit.offer) ports.cancelOffer(visit.offer.offerId);
      },
      declineOffer: ({ context: { visit } }) => {
        if (visit.claim) ports.declineOffer(visit.claim.offerId);
      },
      tellWorn: ({ context: { visit }, event }) => {
        if (visit.session && visit.worn && wearingEvents.has(event.type))
          ports.wear(visit.session.sessionId, visit.worn, visit.look);
      },
      tellKept: ({ context: { visit }, event }) => {
        if (visit.session && event.type === 'keep')
          ports.keep(visit.session.sessionId, event.sku, event.kept);
      },
      takeLead: enqueueActions(({ context: { visit }, enqueue }) => {
        const { session } = visit;
        if (session?.closed !== null || session.lead.by === 'client') return;
        ports.lead(session.sessionId);
        // Their own screen does not wait for the boutique's to say so.
        enqueue.assign({
          visit: { ...visit, session: { ...session, lead: { ...session.lead, by: 'client' } } },
        });
      }),
      openTogether: assign({
        visit: ({ context: { visit } }) => ({ ...visit, ...storyOf(visit.session) }),
      }),
      turnTogether: enqueueActions(({ context: { visit }, event, enqueue }) => {
        const { session } = visit;
        if (event.type !== 'open-chapter' || session?.closed !== null || !session.story) return;
        const { storyId } = session.story;
        const chapter = Math.min(ports.chaptersOf(storyId), Math.max(0, Math.trunc(event.chapter)));
        const page = { storyId, chapter };
        ports.tell(session.sessionId, page);
        enqueue.assign({ visit: { ...visit, ...page, session: { ...session, story: page } } });
      }),
      closeTogether: enqueueActions(({ context: { visit }, event, enqueue }) => {
        const { session } = visit;
        if (session?.closed !== null) return;
        // What is worn next closes the story by itself.
        if (event.type === 'back') ports.tell(session.sessionId, null);
        enqueue.assign({ visit: { ...visit, session: { ...session, story: null } } });
      }),
      answerLook: enqueueActions(({ context: { visit }, event, enqueue }) => {
        const { session } = visit;
        if (event.type !== 'answer-look' || session?.closed !== null || !session.proposal) return;
        ports.answerLook(session.sessionId, session.proposal.proposalId, event.answer);
        enqueue.assign({ visit: { ...visit, session: { ...session, proposal: null } } });
      }),
      handOver: ({ context: { visit }, event }) => {
        if (visit.session?.closed === null && event.type === 'share-measure')
          ports.shareMeasure(visit.session.sessionId, event.measure);
      },
      // The server's yes overtook the client's going: whoever comes next has no part in that session.
      closeUnattended: enqueueActions(({ event, enqueue }) => {
        if (event.type !== 'session' || !event.session) return;
        ports.close(event.session.sessionId, 'farewell');
        enqueue.assign({ leftSessionId: event.session.sessionId });
      }),
      closeSession: ({ context: { visit } }, params: { readonly reason: 'farewell' | 'idle' }) => {
        if (visit.session?.closed === null) ports.close(visit.session.sessionId, params.reason);
      },
    },
  });
}

function idleMsOf({ session, waiting }: VisitContext, times: VisitTimes): number {
  if (session) return times.assistedIdleMs;
  return waiting ? times.waitingIdleMs : times.idleMs;
}

/** A piece joins what is worn, and is what is looked at. */
function joined(
  visit: VisitContext,
  { worn, beside = false }: Pick<Extract<VisitEvent, { type: 'try-on' }>, 'worn' | 'beside'>,
  ports: VisitPorts,
  shown: boolean,
): Partial<VisitContext> {
  const pieceOf = (pieceId: PieceId): PlacedPiece | null => ports.pieceOf(pieceId);
  const look = wearWith(visit.look, worn, { looked: visit.worn, beside, pieceOf });
  const entry = look.find(({ pieceId }) => pieceId === worn.pieceId) ?? worn;
  return { ...putOn(visit, entry, ports.nowMs(), shown), look, list: null };
}

/** What remains when a piece is taken off; of what was looked at itself, what was put on last is looked at instead. */
function without(visit: VisitContext, pieceId: PieceId, nowMs: number): Partial<VisitContext> {
  const look = takeOff(visit.look, pieceId);
  if (look === null) return {};
  if (visit.worn?.pieceId !== pieceId) return { look };
  return { ...putOn(visit, look.at(-1) ?? null, nowMs, visit.wornSinceMs !== null), look };
}

/** The mirror follows the session: what is worn and kept is what the server's order of events says. */
function follow(visit: VisitContext, session: SessionState, nowMs: number): VisitContext {
  const shown = visit.wornSinceMs !== null;
  const wearing = sameWorn(session.worn, visit.worn)
    ? { worn: session.worn }
    : putOn(visit, session.worn, nowMs, shown);
  const locale = visit.session ? visit.locale : session.locale;
  const { look, kept, story } = session;
  return { ...visit, ...wearing, ...story, locale, look, kept, session };
}

/** The page of a story that is open on the mirror for both. */
function storyOf(session: SessionState | null): SessionState['story'] {
  return session?.closed === null ? session.story : null;
}
