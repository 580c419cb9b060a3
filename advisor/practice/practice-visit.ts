import { ok } from '../../sdk/core/result.ts';
import type { Answer } from '../../protocol/errors.ts';
import { offerLifetimeMs, readTypedCode, type Claim } from '../../protocol/handoff.ts';
import { mayAdvisorLead } from '../../protocol/lead.ts';
import type { CommandPayload } from '../../protocol/realtime.ts';
import type { SessionFact } from '../../protocol/session.ts';
import { refused, type PracticeStage, type Plays } from './practice-stage.ts';

/** What the mirror of a rehearsal shows beside its pieces: the code to be typed, then the digits to be compared. */
export const practiceCode = '7N2KQX94';
export const practiceDigits = '47';

const callsAfterMs = 3_000;
const confirmsAfterMs = 6_000;
/** How long a simulated client thinks about a question. */
export const answersAfterMs = 5_000;
const offerId = 'practice-offer';

/** The visit from the call to its last touch: the client calls, confirms, looks at pieces and answers, by a script. */
export class PracticeVisit {
  readonly plays: Plays;
  readonly #stage: PracticeStage;
  #hasLed = false;

  constructor(stage: PracticeStage) {
    this.#stage = stage;
    this.plays = {
      'call.go': () => {
        const untilMs = stage.nowMs + offerLifetimeMs;
        this.#going({ advisor: stage.house.advisor, untilMs, passedBy: null });
        return ok({ untilMs });
      },
      'call.leave': () => {
        this.#going(null);
        return ok({});
      },
      'offer.claim': (payload) => this.#claim(payload),
      'session.lead': ({ leadSeq }) => this.#lead(leadSeq, { type: 'led' }),
      'session.wear': ({ leadSeq, worn, look }) => this.#lead(leadSeq, { type: 'worn', worn, look }),
      'session.tell': ({ leadSeq, page }) => this.#lead(leadSeq, { type: 'story-told', page }),
      'session.point': ({ point }) => this.#tell({ type: 'pointed', point }),
      'session.keep': ({ sku, kept }) => this.#tell({ type: kept ? 'kept' : 'set-aside', sku }),
      'session.propose': ({ look }) => this.#propose(look),
    };
  }

  /** Whether the advisor took the lead, in whatever way. */
  get hasLed(): boolean {
    return this.#hasLed;
  }

  /** The client calls soon. */
  start(): void {
    this.#stage.after(callsAfterMs, () => this.#call());
  }

  #call(): void {
    const { house, names, nowMs } = this.#stage;
    const call = {
      offerId,
      callId: offerId,
      kioskName: names.kiosk,
      sinceMs: nowMs,
      claimedBy: null,
      locale: house.identity.store.locale,
      worn: house.scenario.tried.at(-1)?.worn ?? null,
      going: null,
    };
    this.#stage.set({ calls: [call] });
  }

  #going(going: NonNullable<ReturnType<typeof callsOf>[number]['going']> | null): void {
    this.#stage.set({ calls: callsOf(this.#stage).map((call) => ({ ...call, going })) });
  }

  #claim(payload: CommandPayload<'offer.claim'>): Answer<Claim> {
    const { house, names, nowMs } = this.#stage;
    const typed = 'code' in payload && typeof payload.code === 'string' ? payload.code : '';
    if (callsOf(this.#stage).length === 0 || readTypedCode(typed) !== practiceCode)
      return refused('code-unknown');
    const claim = {
      offerId,
      advisor: house.advisor,
      digits: practiceDigits,
      kioskName: names.kiosk,
      expiresAtMs: nowMs + offerLifetimeMs,
    };
    this.#stage.set({ calls: [], claim });
    this.#stage.after(confirmsAfterMs, () => this.#confirm());
    return ok(claim);
  }

  /** The client says yes, and goes on looking. */
  #confirm(): void {
    const { house, names, nowMs } = this.#stage;
    const { scenario, advisor, identity } = house;
    const spentMs = scenario.tried.reduce((sum, { seconds }) => sum + seconds * 1_000, 0);
    this.#stage.set({ claim: null });
    this.#stage.tell(
      {
        type: 'started',
        advisor,
        kioskName: names.kiosk,
        summary: {
          locale: identity.store.locale,
          startedAtMs: nowMs - spentMs,
          worn: scenario.tried.at(-1)?.worn ?? null,
          tried: scenario.tried.map(({ worn: { pieceId, variantId }, seconds }) => ({
            pieceId,
            variantId,
            seconds,
          })),
          kept: [...scenario.kept],
        },
      },
      'client',
    );
    let dueMs = 0;
    for (const { afterMs, act, worn: next, sku } of scenario.steps) {
      dueMs += afterMs;
      this.#stage.after(dueMs, () => {
        this.#stage.tell(
          act === 'wear'
            ? { type: 'worn', worn: next, look: [next] }
            : { type: act === 'keep' ? 'kept' : 'set-aside', sku },
          'client',
        );
      });
    }
  }

  /** What leads is refused, as in earnest, where the client took the lead meanwhile. */
  #lead(leadSeq: number | undefined, fact: SessionFact): Answer<Record<string, never>> {
    const { session } = this.#stage.state.get();
    if (!session) return refused('not-found');
    if (leadSeq !== undefined && !mayAdvisorLead(session.lead, leadSeq)) return refused('conflict');
    this.#hasLed = true;
    return this.#tell(fact);
  }

  #propose(look: CommandPayload<'session.propose'>['look']): Answer<{ proposalId: string }> {
    const proposalId = this.#stage.nextId('proposal');
    const answer = this.#stage.house.scenario.answer(look);
    if (!this.#stage.tell({ type: 'look-proposed', proposalId, look })) return refused('session-ended');
    this.#stage.after(answersAfterMs, () => {
      this.#stage.tell({ type: 'look-answered', proposalId, answer }, 'client');
      const [worn] = look;
      if (answer === 'accepted' && worn) this.#stage.tell({ type: 'worn', worn, look: [...look] }, 'client');
    });
    return ok({ proposalId });
  }

  #tell(fact: SessionFact): Answer<Record<string, never>> {
    return this.#stage.tell(fact) ? ok({}) : refused('session-ended');
  }
}

function callsOf(stage: PracticeStage) {
  return stage.state.get().calls;
}
