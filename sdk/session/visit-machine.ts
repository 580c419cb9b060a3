import { assign, enqueueActions, fromPromise, setup } from 'xstate';
import type { Answer } from '../../protocol/errors.ts';
import type { Offer } from '../../protocol/handoff.ts';
import type { Locale, OfferId, SessionId } from '../../protocol/ids.ts';
import type { SessionState, VisitSummary } from '../../protocol/session.ts';
import { emptyVisit, keepOrSetAside, putOn, takeOffMirror, visitSummary } from './visit-context.ts';
import type { CallProblem, VisitContext } from './visit-context.ts';
import type { VisitEvent } from './visit-events.ts';
import type { VisitInput, VisitPorts } from './visit-ports.ts';
import { standardVisitTimes } from './visit-times.ts';
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

interface ConfirmInput {
  readonly offerId: OfferId;
  readonly summary: VisitSummary;
}

const offline: CallProblem = { kind: 'offline' };

/**
 * The visit as a statechart: attract → visiting (welcome, discover, wear, closer, calling, together) → farewell → attract.
 * It is pure but for `ports`; time comes from the actor's clock. Whatever happens, an advisor or the farewell can be
 * reached, and returning to `attract` leaves nothing of the visit.
 */
export function createVisitMachine(ports: VisitPorts, times: VisitTimes = standardVisitTimes) {
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
      idle: ({ context: { visit } }) => (visit.waiting ? times.waitingIdleMs : times.idleMs) * visit.patience,
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
      isFirstChapter: ({ context: { visit } }) => visit.chapter === 0,
    },
    actions: {
      wipe: assign({ visit: ({ context }) => emptyVisit(context.houseLocale) }),
      begin: assign({
        visit: ({ context: { visit } }) => ({ ...visit, startedAtMs: visit.startedAtMs ?? now() }),
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
      withdrawConsent: assign({ visit: ({ context: { visit } }) => ({ ...visit, consent: null }) }),
      turnPage: assign({
        visit: ({ context: { visit }, event }) =>
          event.type === 'open-chapter' ? { ...visit, chapter: Math.max(0, event.chapter) } : visit,
      }),
      turnBack: assign({ visit: ({ context: { visit } }) => ({ ...visit, chapter: visit.chapter - 1 }) }),
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
  }).createMachine({
    id: 'visit',
    context: ({ input }) => ({
      visit: emptyVisit(input.locale),
      houseLocale: input.locale,
      online: false,
      leftSessionId: null,
    }),
    initial: 'attract',
    on: {
      line: { actions: 'hearLine' },
      speak: { actions: 'speak' },
      'house-language': { actions: 'setHouseLocale' },
    },
    states: {
      attract: {
        entry: 'wipe',
        on: {
          'house-language': { target: 'attract', reenter: true, actions: 'setHouseLocale' },
          approach: 'visiting',
          speak: { target: 'visiting', actions: 'speak' },
          // After a reload in the middle of an assisted session the advisor is still there: go on together.
          session: { guard: 'isSessionOpen', target: '#together', actions: 'takeSession' },
        },
      },
      visiting: {
        type: 'parallel',
        entry: 'begin',
        on: {
          leave: {
            target: 'farewell',
            actions: [
              { type: 'closeSession', params: { reason: 'farewell' } },
              { type: 'closeAs', params: { reason: 'farewell' } },
            ],
          },
          session: {
            guard: 'isSessionOver',
            target: 'farewell',
            actions: ['takeSession', { type: 'closeAs', params: { reason: 'advisor' } }],
          },
        },
        states: {
          journey: {
            initial: 'welcome',
            states: {
              welcome: {
                on: {
                  consent: { target: 'browse', actions: 'consent' },
                  'look-without-camera': { target: 'browse', actions: 'withdrawConsent' },
                  'call-advisor': 'calling',
                  back: '#visit.attract',
                },
              },
              browse: {
                initial: 'discover',
                on: {
                  keep: { actions: 'keep' },
                  'call-advisor': 'calling',
                  session: { guard: 'isSessionOpen', target: 'together', actions: 'takeSession' },
                },
                states: {
                  discover: {
                    on: {
                      'open-chapter': { actions: 'turnPage' },
                      'try-on': { target: 'wear', actions: 'choose' },
                      back: [
                        { guard: 'isFirstChapter', target: '#visit.visiting.journey.welcome' },
                        { actions: 'turnBack' },
                      ],
                    },
                  },
                  wear: {
                    entry: 'showOnMirror',
                    exit: 'leaveMirror',
                    on: {
                      'try-on': { actions: 'changeOnMirror' },
                      'look-closer': 'closer',
                      'look-without-camera': { actions: 'withdrawConsent' },
                      'reconsider-camera': 'notice',
                      back: 'discover',
                    },
                  },
                  closer: { on: { 'try-on': { actions: 'choose' }, back: 'wear' } },
                  notice: {
                    on: {
                      consent: { target: 'wear', actions: 'consent' },
                      'look-without-camera': { target: 'wear', actions: 'withdrawConsent' },
                      back: 'wear',
                    },
                  },
                  before: { type: 'history' },
                },
              },
              calling: {
                initial: 'opening',
                entry: 'startWaiting',
                exit: ['cancelOffer', 'stopWaiting'],
                on: {
                  back: 'browse.before',
                  claimed: { guard: 'isOurClaim', target: '.claimed', actions: 'takeClaim' },
                  session: { guard: 'isSessionOpen', target: 'together', actions: 'takeSession' },
                },
                states: {
                  opening: {
                    always: { guard: 'isOffline', target: 'unreachable', actions: 'loseLine' },
                    invoke: {
                      src: 'openOffer',
                      onDone: [
                        {
                          guard: ({ event }) => event.output.ok,
                          target: 'offering',
                          actions: assign({
                            visit: ({ context: { visit }, event }) =>
                              event.output.ok
                                ? { ...visit, offer: event.output.value, claim: null, callProblem: null }
                                : visit,
                          }),
                        },
                        {
                          target: 'unreachable',
                          actions: assign({
                            visit: ({ context: { visit }, event }) =>
                              event.output.ok ? visit : refused(visit, event.output.error.code),
                          }),
                        },
                      ],
                      onError: { target: 'unreachable', actions: 'loseLine' },
                    },
                    after: { openTimeout: { target: 'unreachable', actions: 'loseLine' } },
                  },
                  offering: {
                    always: { guard: 'isOffline', target: 'unreachable', actions: 'loseLine' },
                    after: { rotation: 'opening' },
                    on: { 'offer-ended': { guard: 'isEndOfOurOffer', target: 'opening' } },
                  },
                  claimed: {
                    on: {
                      confirm: { target: 'confirming', actions: 'spendOffer' },
                      decline: { target: 'declined', actions: ['declineOffer', 'spendOffer'] },
                      'offer-ended': { guard: 'isEndOfOurOffer', target: 'opening' },
                    },
                  },
                  confirming: {
                    invoke: {
                      src: 'confirmOffer',
                      input: ({ context: { visit } }) => ({
                        offerId: visit.claim?.offerId ?? '',
                        summary: visitSummary(visit, now()),
                      }),
                      onDone: [
                        { guard: ({ event }) => event.output.ok, target: 'arriving' },
                        {
                          target: 'unreachable',
                          actions: assign({
                            visit: ({ context: { visit }, event }) =>
                              event.output.ok ? visit : refused(visit, event.output.error.code),
                          }),
                        },
                      ],
                      onError: { target: 'unreachable', actions: 'loseLine' },
                    },
                    after: { openTimeout: { target: 'unreachable', actions: 'loseLine' } },
                  },
                  // The server has begun the session; its first event is on the way.
                  arriving: { after: { openTimeout: { target: 'unreachable', actions: 'loseLine' } } },
                  declined: { on: { 'call-again': 'opening' } },
                  unreachable: {
                    on: {
                      'call-again': 'opening',
                      line: {
                        guard: ({ context: { visit }, event }) =>
                          event.online && visit.callProblem?.kind === 'offline',
                        target: 'opening',
                        actions: 'hearLine',
                      },
                    },
                  },
                },
              },
              together: {
                id: 'together',
                initial: 'mirror',
                on: {
                  keep: { actions: ['keep', 'tellKept'] },
                  session: { guard: 'isSessionOpen', actions: 'takeSession' },
                },
                states: {
                  mirror: {
                    entry: 'showOnMirror',
                    exit: 'leaveMirror',
                    on: {
                      'try-on': { actions: ['changeOnMirror', 'tellWorn'] },
                      'look-closer': 'closer',
                      'look-without-camera': { actions: 'withdrawConsent' },
                      'reconsider-camera': 'notice',
                    },
                  },
                  closer: {
                    on: { 'try-on': { actions: ['choose', 'tellWorn'] }, back: 'mirror' },
                  },
                  notice: {
                    on: {
                      consent: { target: 'mirror', actions: 'consent' },
                      'look-without-camera': { target: 'mirror', actions: 'withdrawConsent' },
                      back: 'mirror',
                    },
                  },
                },
              },
            },
          },
          presence: {
            initial: 'here',
            on: {
              activity: '.here',
              claimed: '.here',
              'call-advisor': '.here',
              session: { guard: 'isSessionOpen', target: '.here' },
              'more-time': { target: '.here', actions: 'takeMoreTime' },
            },
            states: {
              here: { after: { idle: 'asking' }, on: { present: { target: 'here', reenter: true } } },
              asking: {
                after: {
                  answer: {
                    target: '#visit.wiping',
                    actions: [
                      { type: 'closeSession', params: { reason: 'idle' } },
                      { type: 'closeAs', params: { reason: 'idle' } },
                    ],
                  },
                },
              },
            },
          },
        },
      },
      farewell: {
        entry: 'leaveMirror',
        on: {
          activity: { target: 'farewell', reenter: true },
          'more-time': { target: 'farewell', reenter: true, actions: 'takeMoreTime' },
          leave: 'wiping',
          session: { guard: 'isSessionOpen', actions: 'closeUnattended' },
          back: {
            guard: ({ context: { visit } }) => visit.session === null,
            target: '#visit.visiting.journey.browse',
          },
          'call-advisor': {
            guard: ({ context: { visit } }) => visit.session === null,
            target: '#visit.visiting.journey.calling',
          },
        },
        after: { farewell: 'wiping' },
      },
      wiping: {
        on: { session: { guard: 'isSessionOpen', actions: 'closeUnattended' } },
        after: { wipe: 'attract' },
      },
    },
  });
}

function refused(visit: VisitContext, code: (CallProblem & { kind: 'refused' })['code']): VisitContext {
  return { ...visit, offer: null, claim: null, callProblem: { kind: 'refused', code } };
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

export type VisitMachine = ReturnType<typeof createVisitMachine>;
