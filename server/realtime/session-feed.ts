import type { SessionFrame, SessionId } from '../../protocol/index.ts';
import type { Background } from '../core/background.ts';
import type { Sessions } from '../sessions/sessions.ts';

/**
 * Sends each session's events to its kiosk and its advisor's tablets, in the session's order. After `closed` nothing more
 * is sent: the kiosk has wiped, and what happens to holds later is seen in the advisor's visits and in the stock.
 */
export class SessionFeed {
  readonly #sessions: Sessions;
  readonly #background: Background;
  readonly #send: (deviceId: string, frame: SessionFrame) => void;
  readonly #sent = new Map<SessionId, number>();
  readonly #tails = new Map<SessionId, Promise<void>>();

  constructor(deps: {
    sessions: Sessions;
    background: Background;
    send: (deviceId: string, frame: SessionFrame) => void;
  }) {
    this.#sessions = deps.sessions;
    this.#background = deps.background;
    this.#send = deps.send;
  }

  /** Hears that a session's log has grown from `fromSeq` on. */
  hint(sessionId: SessionId, fromSeq: number): void {
    const before = this.#tails.get(sessionId) ?? Promise.resolve();
    const tail = before.catch(() => undefined).then(() => this.#flush(sessionId, fromSeq));
    this.#tails.set(sessionId, tail);
    this.#background.run('session-feed', async () => {
      try {
        await tail;
      } finally {
        if (this.#tails.get(sessionId) === tail) this.#tails.delete(sessionId);
      }
    });
  }

  async #flush(sessionId: SessionId, fromSeq: number): Promise<void> {
    const sent = this.#sent.get(sessionId) ?? fromSeq - 1;
    const unsent = await this.#sessions.eventsAfter(sessionId, sent);
    const closedAt = unsent.findIndex(({ fact }) => fact.type === 'closed');
    const events = closedAt < 0 ? unsent : unsent.slice(0, closedAt + 1);
    const last = events.at(-1);
    const audience = await this.#sessions.audience(sessionId);
    if (!last || !audience) return;
    if (audience.isClosed) this.#sent.delete(sessionId);
    else this.#sent.set(sessionId, last.seq);
    if (audience.isClosed && closedAt < 0) return;
    const frame = { sessionId, fromSeq: sent + 1, toSeq: last.seq, events };
    for (const deviceId of [...(audience.kiosk === null ? [] : [audience.kiosk]), ...audience.tablets])
      this.#send(deviceId, frame);
  }
}
