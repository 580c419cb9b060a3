import type { SessionFrame, SessionId } from '../../protocol/index.ts';
import type { Background } from '../core/background.ts';
import { houseWide, inMaison } from '../core/scope.ts';
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

  /** Begins at the present heads: who connects from now on reads what lies before from the log. */
  async start(): Promise<void> {
    for (const [sessionId, seq] of await this.#heads()) this.#sent.set(sessionId, seq);
  }

  /** Sends what was logged and not hinted at; forgets sessions that closed long ago. */
  async catchUp(): Promise<void> {
    const heads = await this.#heads();
    for (const [sessionId, seq] of heads) {
      const sent = this.#sent.get(sessionId) ?? 0;
      if (seq > sent) this.hint(sessionId, sent + 1);
    }
    for (const sessionId of this.#sent.keys()) if (!heads.has(sessionId)) this.#sent.delete(sessionId);
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

  async #heads(): Promise<Map<SessionId, number>> {
    return await houseWide('the heads of every session', () => this.#sessions.heads());
  }

  async #flush(sessionId: SessionId, fromSeq: number): Promise<void> {
    const maisonId = await houseWide('whose session it is', () => this.#sessions.maisonOf(sessionId));
    if (maisonId !== null) await inMaison(maisonId, () => this.#flushIn(sessionId, fromSeq));
  }

  async #flushIn(sessionId: SessionId, fromSeq: number): Promise<void> {
    const sent = this.#sent.get(sessionId) ?? fromSeq - 1;
    const unsent = await this.#sessions.eventsAfter(sessionId, sent);
    const closedAt = unsent.findIndex(({ fact }) => fact.type === 'closed');
    const events = closedAt < 0 ? unsent : unsent.slice(0, closedAt + 1);
    const last = events.at(-1);
    const audience = await this.#sessions.audience(sessionId);
    if (!last || !audience) return;
    this.#sent.set(sessionId, unsent.at(-1)?.seq ?? last.seq);
    if (audience.isClosed && closedAt < 0) return;
    const frame = { sessionId, fromSeq: sent + 1, toSeq: last.seq, events };
    for (const deviceId of [...(audience.kiosk === null ? [] : [audience.kiosk]), ...audience.tablets])
      this.#send(deviceId, frame);
  }
}
