import type { SessionId } from '../../protocol/ids.ts';
import {
  reduceSession,
  type SessionEvent,
  type SessionFrame,
  type SessionState,
} from '../../protocol/session.ts';

/** Asks the server for a session's events after `seq`; null when no answer came, or the session is not ours any more. */
export type ReadSessionTail = (sessionId: SessionId, seq: number) => Promise<readonly SessionEvent[] | null>;

/** The assisted session as its events come in, in the server's order; a gap is filled by asking. */
export class SessionFeed {
  readonly #read: ReadSessionTail;
  readonly #changed: (session: SessionState | null) => void;
  #session: SessionState | null = null;
  #generation = 0;
  #reading: SessionId | null = null;

  constructor(read: ReadSessionTail, changed: (session: SessionState | null) => void) {
    this.#read = read;
    this.#changed = changed;
  }

  get session(): SessionState | null {
    return this.#session;
  }

  /** How far this device has read its open session. */
  cursor(): { readonly sessionId: SessionId; readonly seq: number } | null {
    const session = this.#session;
    return session && !session.closed ? { sessionId: session.sessionId, seq: session.seq } : null;
  }

  reset(): void {
    this.#generation += 1;
    this.#reading = null;
    this.#set(null);
  }

  /** Takes what a welcome tells. A session that was open here and is not there was closed meanwhile. */
  welcome(told: { readonly sessionId: SessionId; readonly events: readonly SessionEvent[] } | null): void {
    this.#generation += 1;
    this.#reading = null;
    const open = this.cursor();
    if (told) return this.#take(told.sessionId, told.events);
    if (open) void this.#fill(open.sessionId, true);
  }

  /** Takes one frame as it was pushed. */
  frame(frame: SessionFrame): void {
    this.#take(frame.sessionId, frame.events);
  }

  #take(sessionId: SessionId, events: readonly SessionEvent[]): void {
    // Another session of this device can only have begun after the present one, whose end was missed.
    let session = this.#session?.sessionId === sessionId ? this.#session : null;
    let gap = false;
    for (const event of events) {
      const next = event.sessionId === sessionId ? reduceSession(session, event) : null;
      if (!next) gap = true;
      else session = next;
      if (gap) break;
    }
    if (session) this.#set(session);
    if (gap) void this.#fill(sessionId, false);
  }

  async #fill(sessionId: SessionId, over: boolean): Promise<void> {
    if (this.#reading === sessionId) return;
    this.#reading = sessionId;
    const generation = this.#generation;
    const before = this.#session?.sessionId;
    const seq = this.#session?.sessionId === sessionId ? this.#session.seq : 0;
    const events = await this.#read(sessionId, seq);
    if (generation !== this.#generation) return;
    if (this.#reading === sessionId) this.#reading = null;
    // The next session began while this one's rest was being read: what is over must not take its place.
    const present = this.#session?.sessionId;
    if (present !== before && present !== sessionId) return;
    if (events && events.length > 0) this.#take(sessionId, events);
    // What the server no longer holds open is over, even where it would not say how it ended.
    if (over && this.cursor()?.sessionId === sessionId) this.#set(null);
  }

  #set(session: SessionState | null): void {
    if (session === this.#session) return;
    this.#session = session;
    this.#changed(session);
  }
}
