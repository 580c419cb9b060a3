import { assign, enqueueActions, fromPromise, setup } from 'xstate';
import type { Answer } from '../../protocol/errors.ts';
import type { Offer } from '../../protocol/handoff.ts';
import type { Locale, OfferId, SessionId } from '../../protocol/ids.ts';
import type { SessionState, VisitSummary } from '../../protocol/session.ts';
import {
  emptyVisit,
  keepOrSetAside,
  mayJoin,
  offerStories,
  openChapter,
  openStory,
  putOn,
  takeOffMirror,
} from './visit-context.ts';
import type { CallProblem, VisitContext } from './visit-context.ts';
import type { VisitEvent } from './visit-events.ts';
import type { VisitInput, VisitPorts } from './visit-ports.ts';
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
      openOffer: fromPromise<Answer<Offer>>(({ signal }) => ports.openOffer(signal)),
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
          event.type === 'try-on' ? { ...visit, ...putOn(visit, event.worn, now(), false) } : visit,
      }),
      changeOnMirror: assign({
        visit: ({ context: { visit }, event }) =>
          event.type === 'try-on' ? { ...visit, ...putOn(visit, event.worn, now(), true) } : visit,
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
        if (visit.session && event.type === 'try-on') ports.wear(visit.session.sessionId, event.worn);
      },
      tellKept: ({ context: { visit }, event }) => {
        if (visit.session && event.type === 'keep')
          ports.keep(visit.session.sessionId, event.sku, event.kept);
      },
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

/** The mirror follows the session: what is worn and kept is what the server's order of events says. */
function follow(visit: VisitContext, session: SessionState, nowMs: number): VisitContext {
  const shown = visit.wornSinceMs !== null;
  const changed =
    session.worn?.pieceId !== visit.worn?.pieceId || session.worn?.variantId !== visit.worn?.variantId;
  const wearing = changed ? putOn(visit, session.worn, nowMs, shown) : null;
  const locale = visit.session ? visit.locale : session.locale;
  return { ...visit, ...wearing, locale, kept: session.kept, session };
}
