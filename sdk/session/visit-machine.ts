import { assign } from 'xstate';
import { emptyVisit, visitSummary } from './visit-context.ts';
import type { CallProblem, VisitContext } from './visit-context.ts';
import { visitParts } from './visit-parts.ts';
import type { VisitPorts } from './visit-ports.ts';
import { standardVisitTimes } from './visit-times.ts';
import type { VisitTimes } from './visit-times.ts';

/**
 * The visit as a statechart: attract → visiting (welcome, discover, wear, closer, calling, together) → farewell → attract.
 * It is pure but for `ports`; time comes from the actor's clock. Whatever happens, an advisor or the farewell can be
 * reached, and returning to `attract` leaves nothing of the visit.
 */
export function createVisitMachine(ports: VisitPorts, times: VisitTimes = standardVisitTimes) {
  return visitParts(ports, times).createMachine({
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
          'bring-list': '#bring-list',
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
              // The mirror reads the client's list, before anything else was looked at.
              list: {
                id: 'bring-list',
                on: {
                  consent: { actions: 'consent' },
                  'list-came': { target: 'browse.wear', actions: ['wearList', 'keepList'] },
                  'call-advisor': 'calling',
                  session: { guard: 'isSessionOpen', target: 'together', actions: 'takeSession' },
                  back: 'welcome',
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
                      'open-story': { actions: 'openStory' },
                      'open-chapter': { actions: 'turnPage' },
                      'try-on': { target: 'wear', actions: 'choose' },
                      'bring-list': 'list',
                      back: [
                        { guard: 'isInChapter', actions: 'closeChapter' },
                        { guard: 'isInOneOfStories', actions: 'closeStory' },
                        { target: '#visit.visiting.journey.welcome' },
                      ],
                    },
                  },
                  wear: {
                    entry: 'showOnMirror',
                    exit: 'leaveMirror',
                    on: {
                      'try-on': { actions: 'changeOnMirror' },
                      'take-off': { actions: 'takeOff' },
                      'look-closer': 'closer',
                      'look-without-camera': { actions: 'withdrawConsent' },
                      'reconsider-camera': 'notice',
                      invite: { guard: 'mayJoin', target: 'join' },
                      part: { actions: 'partFromCompany' },
                      back: 'discover',
                    },
                  },
                  list: {
                    on: {
                      consent: { actions: 'consent' },
                      'list-came': { target: 'wear', actions: ['wearList', 'keepList'] },
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
                  join: { on: { join: { target: 'wear', actions: 'welcomeCompany' }, back: 'wear' } },
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
                      input: ({ context: { visit } }) => ({ locale: visit.locale, worn: visit.worn }),
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
                        summary: visitSummary(visit, ports.nowMs()),
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
                  'share-measure': { actions: 'handOver' },
                  'take-lead': { actions: 'takeLead' },
                  'answer-look': { actions: 'answerLook' },
                  session: { guard: 'isSessionOpen', actions: 'takeSession' },
                },
                states: {
                  // The advisor opens a story, or had when this mirror was started anew; the client turns its pages and leaves it.
                  story: {
                    always: { guard: 'isMirrorAgain', target: 'mirror' },
                    entry: 'openTogether',
                    on: {
                      'open-chapter': { actions: 'turnTogether' },
                      'try-on': { target: 'mirror', actions: ['closeTogether', 'choose', 'tellWorn'] },
                      'bring-list': 'list',
                      back: { target: 'mirror', actions: 'closeTogether' },
                    },
                  },
                  mirror: {
                    always: { guard: 'isTold', target: 'story' },
                    entry: 'showOnMirror',
                    exit: 'leaveMirror',
                    on: {
                      'try-on': { actions: ['changeOnMirror', 'tellWorn'] },
                      'take-off': { actions: ['takeOff', 'tellWorn'] },
                      'look-closer': 'closer',
                      'look-without-camera': { actions: 'withdrawConsent' },
                      'reconsider-camera': 'notice',
                      invite: { guard: 'mayJoin', target: 'join' },
                      part: { actions: 'partFromCompany' },
                      'bring-list': 'list',
                    },
                  },
                  // While the code is held up the advisor may have taken the lead: then their piece stays, and the list is kept.
                  list: {
                    on: {
                      consent: { actions: 'consent' },
                      'list-came': [
                        {
                          guard: 'isAdvisorLeading',
                          target: 'mirror',
                          actions: ['tellListKept', 'keepList'],
                        },
                        {
                          target: 'mirror',
                          actions: ['closeTogether', 'wearList', 'tellWorn', 'tellListKept', 'keepList'],
                        },
                      ],
                      back: 'mirror',
                    },
                  },
                  closer: {
                    always: { guard: 'isTold', target: 'story' },
                    on: { 'try-on': { actions: ['choose', 'tellWorn'] }, back: 'mirror' },
                  },
                  join: { on: { join: { target: 'mirror', actions: 'welcomeCompany' }, back: 'mirror' } },
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

export type VisitMachine = ReturnType<typeof createVisitMachine>;
