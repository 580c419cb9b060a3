import {
  liveGrants,
  shownFacts,
  type ClientAsked,
  type ClientConsent,
  type ClientContext,
  type ClientErasure,
  type ClientPurpose,
  type ClientReading,
} from '../../protocol/client-context.ts';
import type { PhoneInvitation } from '../../protocol/client-phone.ts';
import type { ClientReference } from '../../protocol/client-reference.ts';
import type { Answer, WireError } from '../../protocol/errors.ts';
import type { SessionId } from '../../protocol/ids.ts';
import type { CancelTimer, Clock } from '../core/clock.ts';
import type { Unsubscribe } from '../core/emitter.ts';
import { ValueStore } from '../core/store.ts';
import type { Link } from './link.ts';

/** What is being attempted about the client. */
export type ClientAttempt = 'read' | 'ask' | 'consent' | 'withdraw' | 'erase' | 'invite';

/** What a screen knows of the client of its visit. */
export interface ClientView {
  readonly sessionId: SessionId | null;
  /** Whether the house can know clients at all. */
  readonly offered: boolean;
  /** What the client may be asked for here. */
  readonly purposes: readonly ClientPurpose[];
  readonly known: ClientContext | null;
  readonly erasure: ClientErasure | null;
  /** Mirror: the advisor's question. */
  readonly asked: ClientAsked | null;
  /** Tablet: until when the question stands on the mirror. */
  readonly waitsUntilMs: number | null;
  /** Tablet: the client said no to the last question. */
  readonly declined: boolean;
  readonly invitation: PhoneInvitation | null;
  readonly busy: ClientAttempt | null;
  readonly refused: { readonly attempt: ClientAttempt; readonly error: WireError } | null;
}

const nobody: ClientView = {
  sessionId: null,
  offered: false,
  purposes: [],
  known: null,
  erasure: null,
  asked: null,
  waitsUntilMs: null,
  declined: false,
  invitation: null,
  busy: null,
  refused: null,
};

/**
 * What the client of the visit has let be known, in memory only: read anew at every change, dropped at the end of each grant by this
 * device's own clock, and gone with the visit.
 */
export class ClientBoard {
  readonly #state = new ValueStore<ClientView>(nobody);
  readonly #link: Link;
  readonly #clock: Clock;
  #live = false;
  /** Counts readings, so that one that was overtaken is not shown. */
  #readings = 0;
  #cancelEnd: CancelTimer = () => {};
  #cancelAsked: CancelTimer = () => {};

  constructor(link: Link, clock: Clock) {
    this.#link = link;
    this.#clock = clock;
  }

  get state() {
    return this.#state;
  }

  /** Follows the line; returns what stops it and forgets. */
  start(): Unsubscribe {
    const { state, events } = this.#link;
    const here = (sessionId: SessionId) => sessionId === this.#state.get().sessionId;
    const stops = [
      state.subscribe(() => this.#follow()),
      events.on('client-changed', ({ sessionId }) => {
        if (here(sessionId)) void this.#read();
      }),
      events.on('client-asked', (asked) => {
        if (here(asked.sessionId)) this.#ask(asked);
      }),
      events.on('client-declined', ({ sessionId }) => {
        if (here(sessionId)) this.#set({ declined: true, waitsUntilMs: null });
      }),
    ];
    this.#follow();
    return () => {
      stops.forEach((stop) => stop());
      this.#forget(null);
    };
  }

  /** The client says yes, by their touch. */
  async consent(consent: ClientConsent): Promise<boolean> {
    const ok = await this.#attempt('consent', (sessionId) =>
      this.#link.command('client.consent', { sessionId, consent }),
    );
    if (ok) this.#set({ asked: null, erasure: null });
    return ok;
  }

  /** The client says no; whoever asked is told. */
  async decline(): Promise<void> {
    const { sessionId, asked } = this.#state.get();
    this.#set({ asked: null, refused: null });
    if (sessionId && asked) await this.#link.command('client.decline', { sessionId });
  }

  /** Takes back one purpose, or all. What it let be seen is off the screen before the answer is here. */
  async withdraw(purpose: ClientPurpose | null): Promise<boolean> {
    const { known } = this.#state.get();
    if (known) {
      const grants = purpose === null ? [] : known.grants.filter((grant) => grant.purpose !== purpose);
      this.#show({ ...known, grants });
    }
    return await this.#attempt('withdraw', (sessionId) =>
      this.#link.command('client.withdraw', { sessionId, purpose }),
    );
  }

  /** Has everything forgotten, here and in the house. */
  async erase(): Promise<boolean> {
    const { known } = this.#state.get();
    if (known) this.#show({ ...known, grants: [] });
    return await this.#attempt('erase', (sessionId) => this.#link.command('client.erase', { sessionId }));
  }

  /** Tablet: puts the question on the mirror. */
  async ask(reference: ClientReference | null): Promise<void> {
    this.#set({ declined: false, waitsUntilMs: null });
    await this.#attempt('ask', async (sessionId) => {
      const answer = await this.#link.command('client.ask', { sessionId, reference });
      if (answer.ok) this.#set({ waitsUntilMs: answer.value.expiresAtMs });
      return answer;
    });
  }

  /** Shows a mark for the client's own phone. */
  async invite(): Promise<void> {
    await this.#attempt('invite', async (sessionId) => {
      const answer = await this.#link.command('client.invite', { sessionId });
      if (answer.ok) this.#set({ invitation: answer.value });
      return answer;
    });
  }

  endInvitation(): void {
    this.#set({ invitation: null });
  }

  clearRefusal(): void {
    if (this.#state.get().refused) this.#set({ refused: null });
  }

  #follow(): void {
    const { status, session } = this.#link.state.get();
    const cameLive = status.kind === 'live' && !this.#live;
    this.#live = status.kind === 'live';
    const sessionId = session && !session.closed ? session.sessionId : null;
    const isNew = sessionId !== this.#state.get().sessionId;
    if (isNew) this.#forget(sessionId);
    if (sessionId && (isNew || cameLive)) void this.#read();
  }

  async #read(): Promise<void> {
    const { sessionId } = this.#state.get();
    if (!sessionId) return;
    this.#readings += 1;
    const reading = this.#readings;
    const answer = await this.#link.command('client.read', { sessionId });
    if (reading !== this.#readings) return;
    if (answer.ok) this.#take(answer.value);
    else this.#set({ refused: { attempt: 'read', error: answer.error }, known: null });
  }

  #take({ offered, purposes, known, erasure }: ClientReading): void {
    const { refused } = this.#state.get();
    this.#set({ offered, purposes, erasure, refused: refused?.attempt === 'read' ? null : refused });
    this.#show(known);
    if (known) this.#set({ invitation: null, waitsUntilMs: null, declined: false });
  }

  /** Shows what stands now, and looks again when the next grant ends. */
  #show(known: ClientContext | null): void {
    this.#cancelEnd();
    const nowMs = this.#serverNowMs();
    const grants = known ? liveGrants(known.grants, { nowMs, closedAtMs: null }) : [];
    if (!known || grants.length === 0) return this.#set({ known: null });
    const facts = shownFacts(
      known.facts,
      grants.map(({ purpose }) => purpose),
    );
    this.#set({ known: { ...known, grants, facts } });
    const endsAtMs = Math.min(...grants.map((grant) => grant.endsAtMs));
    this.#cancelEnd = this.#clock.after(endsAtMs - nowMs, () => this.#show(this.#state.get().known));
  }

  #ask(asked: ClientAsked): void {
    this.#cancelAsked();
    this.#set({ asked, refused: null });
    this.#cancelAsked = this.#clock.after(Math.max(0, asked.expiresAtMs - this.#serverNowMs()), () => {
      if (this.#state.get().asked === asked) this.#set({ asked: null });
    });
  }

  async #attempt(
    attempt: ClientAttempt,
    send: (sessionId: SessionId) => Promise<Answer<unknown>>,
  ): Promise<boolean> {
    const { sessionId } = this.#state.get();
    if (!sessionId) return false;
    this.#set({ busy: attempt, refused: null });
    const answer = await send(sessionId);
    // The visit may be over by now: what is shown then is another's.
    if (this.#state.get().sessionId !== sessionId) return false;
    this.#set({ busy: null, refused: answer.ok ? null : { attempt, error: answer.error } });
    if (answer.ok && attempt !== 'ask' && attempt !== 'invite') await this.#read();
    return answer.ok;
  }

  #forget(sessionId: SessionId | null): void {
    this.#readings += 1;
    this.#cancelEnd();
    this.#cancelAsked();
    this.#state.set({ ...nobody, sessionId });
  }

  #serverNowMs(): number {
    return this.#clock.nowMs() + this.#link.state.get().clockOffsetMs;
  }

  #set(change: Partial<ClientView>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}
