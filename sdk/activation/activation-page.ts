import type { ActivationScope } from '../../protocol/activation.ts';
import { activationScopes } from '../../protocol/activation.ts';
import type { Answer } from '../../protocol/errors.ts';
import type { DeviceIdentity } from '../../protocol/device.ts';
import type { OfferId, SessionId, Sku } from '../../protocol/ids.ts';
import type { Store } from '../../protocol/product.ts';
import type { VisitSummary } from '../../protocol/session.ts';
import type { CancelTimer, Clock } from '../core/clock.ts';
import { Emitter, type Unsubscribe } from '../core/emitter.ts';
import { err, ok, type Result } from '../core/result.ts';
import { ValueStore, type ReadableStore } from '../core/store.ts';
import { stockLine, type StockLine } from '../session/stock-line.ts';
import type { DeviceDoor } from '../sync/device-door.ts';
import type { DeviceKeys } from '../sync/link-ports.ts';
import type { Link, LinkState } from '../sync/link.ts';
import { stockViewOf } from '../sync/stock-view.ts';
import { ActivationError, callError, enrolmentError, isPassing } from './activation-error.ts';

/**
 * How the page stands. `joining`: being let in; `live`: what it shows is current; `offline`: what it shows has the age of
 * `sinceMs` (server time), and it tries again by itself; `waiting`: not let in now, and tries again by itself; `refused`:
 * over, and nothing is shown.
 */
export type ActivationStatus =
  | { readonly kind: 'joining' }
  | { readonly kind: 'live' }
  | { readonly kind: 'offline'; readonly sinceMs: number }
  | { readonly kind: 'waiting'; readonly error: ActivationError }
  | { readonly kind: 'refused'; readonly error: ActivationError };

/**
 * A call to the advisors. `calling`: their tablets show it, until `untilMs` (server time); `answered`: this advisor would
 * come, and reads the same two digits: the client compares them, then `confirm` or `decline`; `assisted`: the advisor has
 * what was tried. `none` carries how the last one ended.
 */
export type AdvisorCall =
  | { readonly kind: 'none'; readonly ended: 'unanswered' | 'declined' | 'cancelled' | null }
  | { readonly kind: 'calling'; readonly untilMs: number }
  | { readonly kind: 'answered'; readonly advisor: string; readonly digits: string; readonly untilMs: number }
  | { readonly kind: 'assisted'; readonly advisor: string };

/** What a page under an activation knows. */
export interface ActivationState {
  readonly status: ActivationStatus;
  /** The boutique of the activation; null before the page was let in. */
  readonly store: Store | null;
  readonly maisonName: string | null;
  readonly scope: readonly ActivationScope[];
  readonly call: AdvisorCall;
}

export interface ActivationEvents {
  /** The page was refused, or is kept waiting. Told once for each new reason. */
  readonly problem: ActivationError;
}

/** What the client has seen, handed to the advisor with their `confirm`. Pieces, and nothing of the client. */
export type ShownVisit = Partial<Pick<VisitSummary, 'worn' | 'tried' | 'kept'>> &
  Pick<VisitSummary, 'locale'>;

/** A line that has not come up for so long is asked after at the door: a page whose activation ended is not told otherwise. */
const askAfterMs = 10_000;
const askAgainMs = 60_000;
/** What nobody named a time for is tried again after this. */
const retryMs = 15_000;
/** A page that waits for its activation to begin asks at least this often: it may begin earlier. */
const longestWaitMs = 15 * 60_000;

const blank: ActivationState = {
  status: { kind: 'joining' },
  store: null,
  maisonName: null,
  scope: [],
  call: { kind: 'none', ended: null },
};

/** An agency's page under its activation: the boutique's stock with its age, and the way to its advisors. */
export class ActivationPage {
  readonly #state = new ValueStore<ActivationState>(blank);
  readonly events = new Emitter<ActivationEvents>();
  readonly #key: string;
  readonly #link: Link;
  readonly #door: DeviceDoor;
  readonly #keys: DeviceKeys;
  readonly #clock: Clock;
  #unsubscribes: Unsubscribe[] = [];
  #cancelAsk: CancelTimer | null = null;
  #isAsking = false;
  /** Since the line was live. */
  #hasKnocked = false;
  #isOver = false;
  #offer: { readonly offerId: OfferId; readonly untilMs: number } | null = null;
  #session: { readonly sessionId: SessionId; readonly advisor: string } | null = null;
  #ended: (AdvisorCall & { kind: 'none' })['ended'] = null;

  /** Made by `joinActivation`. */
  constructor(deps: { key: string; link: Link; door: DeviceDoor; keys: DeviceKeys; clock: Clock }) {
    this.#key = deps.key;
    this.#link = deps.link;
    this.#door = deps.door;
    this.#keys = deps.keys;
    this.#clock = deps.clock;
  }

  get state(): ReadableStore<ActivationState> {
    return this.#state;
  }

  /** Comes in, and stays in until `stop`. */
  async start(): Promise<void> {
    this.#unsubscribes = [
      this.#link.state.subscribe(() => this.#heard()),
      this.#link.events.on('offer-ended', ({ offerId, reason }) => {
        if (offerId !== this.#offer?.offerId || reason === 'confirmed' || reason === 'replaced') return;
        this.#endCall(reason === 'expired' ? 'unanswered' : reason);
      }),
    ];
    await this.#link.start();
    this.#heard();
  }

  /** Leaves: the line is closed, a call that nobody answered is taken back. */
  async stop(): Promise<void> {
    if (this.#offer) await this.cancel();
    this.#leave();
  }

  /**
   * What may be said of one SKU now; null before the page was let in, and once it is refused. `freshness` is `live` only
   * while the server would tell of a change at once: every other number carries its age and must be shown with it.
   */
  stock(sku: Sku): StockLine | null {
    const { status, scope } = this.#state.get();
    if (status.kind === 'refused' || !scope.includes('stock')) return null;
    const view = stockViewOf(this.#link.state.get(), this.#clock.nowMs());
    return view && stockLine(view, sku);
  }

  /** Calls `listener` whenever what `stock` or `state` say may have changed. */
  subscribe(listener: () => void): Unsubscribe {
    const ends = [this.#link.state.subscribe(listener), this.#state.subscribe(listener)];
    return () => ends.forEach((end) => end());
  }

  /** Calls the boutique's advisors. Errors: `out-of-scope`, `too-many`, `unreachable`. */
  async callAdvisor(): Promise<Result<null, ActivationError>> {
    const answer = await this.#ask('hand-off', () => this.#link.command('offer.open', {}));
    if (!answer.ok) return answer;
    const { offerId, expiresAtMs } = answer.value;
    this.#offer = { offerId, untilMs: expiresAtMs };
    this.#session = null;
    this.#ended = null;
    this.#heard();
    return ok(null);
  }

  /** Takes the call back. */
  async cancel(): Promise<Result<null, ActivationError>> {
    return await this.#about('cancelled', (offerId) => this.#link.command('offer.cancel', { offerId }));
  }

  /** The client does not want this advisor, or the digits differ. */
  async decline(): Promise<Result<null, ActivationError>> {
    return await this.#about('declined', (offerId) => this.#link.command('offer.decline', { offerId }));
  }

  /** The client has compared the digits and says yes. By this, and by nothing else, `visit` reaches the advisor. */
  async confirm({
    locale,
    worn = null,
    tried = [],
    kept = [],
  }: ShownVisit): Promise<Result<null, ActivationError>> {
    const offer = this.#offer;
    const { call } = this.#state.get();
    if (!offer || call.kind !== 'answered') return err(noCall());
    const startedAtMs = Math.round(this.#clock.nowMs() + this.#link.state.get().clockOffsetMs);
    const summary = { locale, startedAtMs, worn, tried: [...tried], kept: [...kept] };
    const answer = await this.#ask('hand-off', () =>
      this.#link.command('offer.confirm', { offerId: offer.offerId, summary }),
    );
    if (!answer.ok) return answer;
    this.#offer = null;
    this.#session = { sessionId: answer.value.sessionId, advisor: call.advisor };
    this.#heard();
    return ok(null);
  }

  /** The client has taken their leave of the advisor. */
  async farewell(): Promise<Result<null, ActivationError>> {
    const session = this.#session;
    if (!session) return err(noCall());
    const { sessionId } = session;
    const answer = await this.#ask('hand-off', () =>
      this.#link.command('session.close', { sessionId, reason: 'farewell' }),
    );
    if (!answer.ok && answer.error.code !== 'call-over') return answer;
    this.#endCall(null);
    return ok(null);
  }

  async #about(
    ended: 'cancelled' | 'declined',
    send: (offerId: OfferId) => Promise<Answer<unknown>>,
  ): Promise<Result<null, ActivationError>> {
    const { offerId } = this.#offer ?? {};
    if (offerId === undefined) return err(noCall());
    const answer = await this.#ask('hand-off', () => send(offerId));
    if (!answer.ok && answer.error.code !== 'call-over') return answer;
    if (this.#offer?.offerId === offerId) this.#endCall(ended);
    return ok(null);
  }

  async #ask<Value>(
    scope: ActivationScope,
    send: () => Promise<Answer<Value>>,
  ): Promise<Result<Value, ActivationError>> {
    const { status, scope: allowed } = this.#state.get();
    if (status.kind === 'refused' || status.kind === 'waiting') return err(status.error);
    if (this.#state.get().store !== null && !allowed.includes(scope)) {
      return err(new ActivationError('out-of-scope', `This activation does not include “${scope}”.`));
    }
    const answer = await send();
    return answer.ok ? answer : err(callError(answer.error));
  }

  #endCall(ended: (AdvisorCall & { kind: 'none' })['ended']): void {
    this.#offer = null;
    this.#session = null;
    this.#ended = ended;
    this.#heard();
  }

  /** The line said something: what the page knows follows. */
  #heard(): void {
    if (this.#isOver) return;
    const line = this.#link.state.get();
    const { identity } = line;
    const before = this.#state.get().status;
    const status = this.#statusOf(line, before);
    this.#set({
      status,
      store: identity?.store ?? null,
      maisonName: identity?.maisonName ?? null,
      scope: scopeOf(identity),
      call: this.#callOf(line),
    });
    if (line.status.kind === 'live') {
      this.#hasKnocked = false;
      this.#cancelAsk?.();
      this.#cancelAsk = null;
    } else if (line.status.kind === 'unenrolled' || line.status.kind === 'refused') {
      if (before.kind === 'waiting' || this.#isAsking) return;
      // Let in at the door and refused on the line all the same: again, but not at once and without end.
      if (this.#hasKnocked) this.#askLater(retryMs);
      else void this.#knock();
    } else this.#askLater(askAfterMs);
  }

  #statusOf({ status }: LinkState, before: ActivationStatus): ActivationStatus {
    if (status.kind === 'live') return { kind: 'live' };
    if (before.kind === 'waiting') return before;
    return status.kind === 'offline' ? { kind: 'offline', sinceMs: status.sinceMs } : { kind: 'joining' };
  }

  #callOf({ claim }: LinkState): AdvisorCall {
    if (this.#session) return { kind: 'assisted', advisor: this.#session.advisor };
    if (!this.#offer) return { kind: 'none', ended: this.#ended };
    if (claim?.offerId !== this.#offer.offerId) return { kind: 'calling', untilMs: this.#offer.untilMs };
    const { advisor, digits, expiresAtMs } = claim;
    return { kind: 'answered', advisor: advisor.name, digits, untilMs: expiresAtMs };
  }

  /** Asks at the door with this browser's own key: let in again, kept waiting, or why not. Asking twice makes no second place. */
  async #knock(): Promise<void> {
    if (this.#isAsking || this.#isOver) return;
    this.#isAsking = true;
    this.#hasKnocked = true;
    this.#cancelAsk?.();
    this.#cancelAsk = null;
    const { identity } = this.#link.state.get();
    const wasHere = (await this.#keys.publicKey()) !== null;
    const answer = await this.#door.enrol(this.#key);
    this.#isAsking = false;
    if (this.#isOver) return;
    if (answer.ok) return await this.#letIn(answer.value, identity);
    const error = enrolmentError(answer.error, wasHere);
    if (!isPassing(error)) return this.#refused(error);
    // A line that is only away goes on by itself, and what it knows keeps its age.
    if (error.code === 'unreachable' && identity !== null) return this.#askLater(askAgainMs);
    this.#tell({ kind: 'waiting', error });
    this.#askLater(Math.min(Math.max(error.retryAfterMs ?? retryMs, 1_000), longestWaitMs));
  }

  async #letIn(identity: DeviceIdentity, before: DeviceIdentity | null): Promise<void> {
    const { status } = this.#link.state.get();
    const goesOn = identity.deviceId === before?.deviceId && status.kind !== 'refused';
    if (this.#state.get().status.kind === 'waiting') this.#set({ status: { kind: 'joining' } });
    if (goesOn) return this.#askLater(askAgainMs);
    const enrolled = await this.#link.enrol(this.#key);
    if (!enrolled.ok) this.#askLater(retryMs);
  }

  #askLater(delayMs: number): void {
    this.#cancelAsk ??= this.#clock.after(delayMs, () => {
      this.#cancelAsk = null;
      void this.#knock();
    });
  }

  #refused(error: ActivationError): void {
    this.#leave();
    this.#offer = null;
    this.#session = null;
    this.#state.set({ ...blank, status: { kind: 'refused', error } });
    this.events.emit('problem', error);
  }

  #tell(status: ActivationStatus & { readonly kind: 'waiting' }): void {
    const before = this.#state.get().status;
    this.#set({ status });
    if (before.kind !== 'waiting' || before.error.code !== status.error.code)
      this.events.emit('problem', status.error);
  }

  #leave(): void {
    this.#isOver = true;
    this.#cancelAsk?.();
    this.#cancelAsk = null;
    for (const unsubscribe of this.#unsubscribes.splice(0)) unsubscribe();
    this.#link.stop();
  }

  #set(change: Partial<ActivationState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}

function noCall(): ActivationError {
  return new ActivationError('call-over', 'There is no call that this could be about.');
}

function scopeOf(identity: DeviceIdentity | null): readonly ActivationScope[] {
  return activationScopes.filter((scope) => identity?.activation?.scope.includes(scope));
}
