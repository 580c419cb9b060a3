import { dayIn } from '../../protocol/boutique.ts';
import type { Advisor, DeviceIdentity } from '../../protocol/device.ts';
import type { Answer, WireError } from '../../protocol/errors.ts';
import { offerLifetimeMs, readTypedCode } from '../../protocol/handoff.ts';
import { mayAdvisorLead } from '../../protocol/lead.ts';
import type { Catalogue } from '../../protocol/product.ts';
import type { CommandName, CommandPayload, CommandReply } from '../../protocol/realtime.ts';
import { reduceSession, type Actor, type SessionFact } from '../../protocol/session.ts';
import type { VisitNote } from '../../protocol/visit-note.ts';
import type { CancelTimer, Clock } from '../../sdk/core/clock.ts';
import { Emitter } from '../../sdk/core/emitter.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import type { Link, LinkEvents, LinkState } from '../../sdk/sync/link.ts';
import { inventedStock } from './invented-stock.ts';
import { PracticeClient } from './practice-client.ts';
import type { Scenario } from './scenarios.ts';

/** What the mirror of a rehearsal shows beside its pieces: the code to be typed, then the digits to be compared. */
export const practiceCode = '7N2KQX94';
export const practiceDigits = '47';

const callsAfterMs = 3_000;
const confirmsAfterMs = 6_000;
const answersAfterMs = 5_000;
const holdLastsMs = 20 * 60_000;
const sessionId = 'practice-session';
const offerId = 'practice-offer';

/** Who rehearses, where, and what. */
export interface PracticeOptions {
  readonly identity: DeviceIdentity;
  readonly advisor: Advisor;
  readonly catalogue: Catalogue;
  readonly scenario: Scenario;
  readonly kioskName: string;
  readonly clock: Clock;
}

/**
 * A boutique for rehearsals, behind the same `Link` as the real one: a client calls, confirms, looks at pieces and answers, by a script.
 * It has no way to a server. What it cannot play it refuses as `not-offered`.
 */
export class PracticeLink implements Link {
  readonly state: ValueStore<LinkState>;
  readonly events = new Emitter<LinkEvents>();
  readonly #options: PracticeOptions;
  #kioskName: string;
  #seq = 0;
  #holds = 0;
  #proposals = 0;
  #stopped = false;
  #hasLed = false;
  #noted: VisitNote | null = null;
  readonly #client: PracticeClient;
  readonly #timers = new Set<CancelTimer>();

  constructor(options: PracticeOptions) {
    this.#options = options;
    this.#kioskName = options.kioskName;
    // One who only looks does not wish to be remembered.
    this.#client = new PracticeClient(options.scenario.id !== 'only-looks');
    const { identity, advisor, clock } = options;
    this.state = new ValueStore<LinkState>({
      status: { kind: 'live' },
      identity,
      stock: inventedStock(options),
      heardAtMs: clock.nowMs(),
      session: null,
      advisor,
      calls: [],
      claim: null,
      clockOffsetMs: 0,
      malformedCount: 0,
    });
  }

  get hasLed(): boolean {
    return this.#hasLed;
  }

  get noted(): VisitNote | null {
    return this.#noted;
  }

  /** Calls the mirror by its name in another language, wherever it was named. */
  rename(kioskName: string): void {
    this.#kioskName = kioskName;
    const { calls, claim, session } = this.state.get();
    this.#set({
      calls: calls.map((call) => ({ ...call, kioskName })),
      claim: claim && { ...claim, kioskName },
      session: session && { ...session, kioskName },
    });
  }

  /** The client calls soon. */
  start(): Promise<void> {
    this.#after(callsAfterMs, () => this.#call());
    return Promise.resolve();
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  enrol(): Promise<Answer<DeviceIdentity>> {
    return Promise.resolve(refused('not-offered'));
  }

  token(): Promise<Answer<string>> {
    return Promise.resolve(refused('not-offered'));
  }

  command<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<Answer<CommandReply<Name>>> {
    // The table below answers each command as its schema says.
    return Promise.resolve(this.#answer(name, payload) as Answer<CommandReply<Name>>);
  }

  #answer(name: CommandName, payload: unknown): Answer<unknown> {
    const { advisor } = this.#options;
    switch (name) {
      case 'advisor.list':
        return done({ advisors: [advisor], present: [advisor.id] });
      case 'advisor.visits':
        return done({ visits: [] });
      case 'sale.board':
        return done({ runs: [], collections: [] });
      case 'call.go':
      case 'call.leave':
        return this.#go(name === 'call.go');
      case 'offer.claim':
        return this.#claim(payload as CommandPayload<'offer.claim'>);
      case 'session.lead':
      case 'session.wear':
      case 'session.tell':
        return this.#lead(name, payload as CommandPayload<'session.lead'>);
      case 'session.point':
        return this.#tell({ type: 'pointed', ...(payload as CommandPayload<'session.point'>) });
      case 'session.propose':
        return this.#propose(payload as CommandPayload<'session.propose'>);
      case 'session.keep': {
        const { sku, kept } = payload as CommandPayload<'session.keep'>;
        return this.#tell({ type: kept ? 'kept' : 'set-aside', sku });
      }
      case 'hold.place':
        return this.#hold(payload as CommandPayload<'hold.place'>);
      case 'hold.release': {
        const { holdId } = payload as CommandPayload<'hold.release'>;
        return this.#tell({ type: 'hold-ended', holdId, state: 'released' });
      }
      case 'follow-up.list':
        return done({ today: dayIn(this.#options.clock.nowMs(), this.#timeZone), followUps: [] });
      case 'client.read':
        return done(this.#client.reading(this.#options.clock.nowMs()));
      case 'client.ask':
        return this.#ask();
      case 'client.withdraw':
        this.#client.withdraw();
        return done({});
      case 'session.conclude':
        if (!this.#client.isRemembered) return refused('consent-missing');
        this.#noted = (payload as CommandPayload<'session.conclude'>).note;
        this.stop();
        return this.#tell({ type: 'closed', reason: 'advisor' });
      case 'session.close':
        this.stop();
        return this.#tell({ type: 'closed', reason: 'advisor' });
      default:
        return refused('not-offered');
    }
  }

  get #timeZone(): string {
    return this.#options.identity.store.timeZone;
  }

  #ask(): Answer<unknown> {
    const { clock } = this.#options;
    this.#after(answersAfterMs, () => {
      const event = this.#client.answer(clock.nowMs()) ? 'client-changed' : 'client-declined';
      this.events.emit(event, { sessionId });
    });
    return done({ expiresAtMs: this.#client.askedUntilMs(clock.nowMs()) });
  }

  #call(): void {
    const { scenario, clock } = this.#options;
    const nowMs = clock.nowMs();
    const call = {
      offerId,
      callId: offerId,
      kioskName: this.#kioskName,
      sinceMs: nowMs,
      claimedBy: null,
      locale: this.#options.identity.store.locale,
      worn: scenario.tried.at(-1)?.worn ?? null,
      going: null,
    };
    this.#set({ calls: [call] });
  }

  #go(goes: boolean): Answer<unknown> {
    const { advisor, clock } = this.#options;
    const going = goes ? { advisor, untilMs: clock.nowMs() + offerLifetimeMs, passedBy: null } : null;
    this.#set({ calls: this.state.get().calls.map((call) => ({ ...call, going })) });
    return done({});
  }

  #claim(payload: CommandPayload<'offer.claim'>): Answer<unknown> {
    const { advisor, clock } = this.#options;
    const typed = 'code' in payload && typeof payload.code === 'string' ? payload.code : '';
    const isOpen = this.state.get().calls.length > 0;
    if (!isOpen || readTypedCode(typed) !== practiceCode) return refused('code-unknown');
    const claim = {
      offerId,
      advisor,
      digits: practiceDigits,
      kioskName: this.#kioskName,
      expiresAtMs: clock.nowMs() + offerLifetimeMs,
    };
    this.#set({ calls: [], claim });
    this.#after(confirmsAfterMs, () => this.#confirm());
    return done(claim);
  }

  /** The client says yes, and goes on looking. */
  #confirm(): void {
    const { scenario, advisor, identity, clock } = this.#options;
    const worn = scenario.tried.at(-1)?.worn ?? null;
    const spentMs = scenario.tried.reduce((sum, { seconds }) => sum + seconds * 1_000, 0);
    this.#set({ claim: null });
    this.#tell(
      {
        type: 'started',
        advisor,
        kioskName: this.#kioskName,
        summary: {
          locale: identity.store.locale,
          startedAtMs: clock.nowMs() - spentMs,
          worn,
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
      this.#after(dueMs, () => {
        this.#tell(
          act === 'wear'
            ? { type: 'worn', worn: next, look: [next] }
            : { type: act === 'keep' ? 'kept' : 'set-aside', sku },
          'client',
        );
      });
    }
  }

  /** What leads is refused, as in earnest, where the client took the lead meanwhile. */
  #lead(name: CommandName, payload: CommandPayload<'session.lead'>): Answer<unknown> {
    const { session } = this.state.get();
    if (!session) return refused('not-found');
    const { leadSeq } = payload;
    if (leadSeq !== undefined && !mayAdvisorLead(session.lead, leadSeq)) return refused('conflict');
    this.#hasLed = true;
    if (name === 'session.lead') return this.#tell({ type: 'led' });
    if (name === 'session.wear') {
      const { worn, look } = payload as CommandPayload<'session.wear'>;
      return this.#tell({ type: 'worn', worn, look });
    }
    const { page } = payload as unknown as CommandPayload<'session.tell'>;
    return this.#tell({ type: 'story-told', page });
  }

  #propose({ look }: CommandPayload<'session.propose'>): Answer<unknown> {
    this.#proposals += 1;
    const proposalId = `practice-proposal-${this.#proposals}`;
    const answer = this.#options.scenario.answer(look);
    this.#after(answersAfterMs, () => {
      this.#tell({ type: 'look-answered', proposalId, answer }, 'client');
      const [worn] = look;
      if (answer === 'accepted' && worn) this.#tell({ type: 'worn', worn, look: [...look] }, 'client');
    });
    return this.#tell({ type: 'look-proposed', proposalId, look });
  }

  #hold({ sku }: CommandPayload<'hold.place'>): Answer<unknown> {
    const { identity, clock } = this.#options;
    const nowMs = clock.nowMs();
    this.#holds += 1;
    const hold = {
      id: `practice-hold-${this.#holds}`,
      storeId: identity.store.id,
      sku,
      sessionId,
      state: 'active' as const,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + holdLastsMs,
    };
    this.#tell({ type: 'hold-placed', hold });
    return done({ hold });
  }

  #tell(fact: SessionFact, actor: Actor = 'advisor'): Answer<unknown> {
    const before = this.state.get().session;
    if (before?.closed) return refused('not-found');
    this.#seq += 1;
    const atMs = this.#options.clock.nowMs();
    const session = reduceSession(before, { sessionId, seq: this.#seq, atMs, actor, fact });
    this.#set({ session });
    return done({ seq: this.#seq });
  }

  #after(delayMs: number, run: () => void): void {
    const cancel = this.#options.clock.after(delayMs, () => {
      this.#timers.delete(cancel);
      if (!this.#stopped) run();
    });
    this.#timers.add(cancel);
  }

  #set(change: Partial<LinkState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

const done = (value: unknown): Answer<unknown> => ({ ok: true, value });

function refused(code: WireError['code']): { readonly ok: false; readonly error: WireError } {
  return { ok: false, error: { code, message: 'This is a rehearsal.' } };
}
