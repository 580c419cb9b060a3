import type { SessionId } from '../../protocol/index.ts';
import type { AskRow, ClientAsks } from '../clients/client-asks.ts';
import type { Background } from '../core/background.ts';
import { houseWide, inMaison } from '../core/scope.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Gateway } from './gateway.ts';
import { deviceRoom } from './rooms.ts';

/** Brings an advisor's question to the client's mirror and the client's no to the advisor's tablets, as far as they are on this node. */
export class AskFeed {
  readonly #asks: ClientAsks;
  readonly #sessions: Sessions;
  readonly #background: Background;
  readonly #gateway: Pick<Gateway, 'emit' | 'hears'>;
  /** Each no that this node has told. */
  readonly #told = new Map<SessionId, string>();

  constructor(deps: {
    asks: ClientAsks;
    sessions: Sessions;
    background: Background;
    gateway: Pick<Gateway, 'emit' | 'hears'>;
  }) {
    this.#asks = deps.asks;
    this.#sessions = deps.sessions;
    this.#background = deps.background;
    this.#gateway = deps.gateway;
  }

  /** Begins with what was said: a no of before is no news. */
  async start(): Promise<void> {
    for (const { session_id: sessionId, ask_id: askId, state } of await this.#all()) {
      if (state === 'declined') this.#told.set(sessionId, askId);
    }
  }

  /** Hears that something was said in a session. */
  hint(sessionId: SessionId): void {
    this.#background.run('client-ask-told', async () => {
      const row = await houseWide('whose session it is', () => this.#asks.find(sessionId));
      if (row) await this.#tell(row);
    });
  }

  /** Tells what no hint told of, and shows a question on a mirror that has come back. */
  async catchUp(): Promise<void> {
    const rows = await this.#all();
    for (const row of rows) await this.#tell(row);
    const recent = new Set(rows.map((row) => row.session_id));
    for (const sessionId of this.#told.keys()) if (!recent.has(sessionId)) this.#told.delete(sessionId);
  }

  async #all(): Promise<AskRow[]> {
    return await houseWide('questions that stand', () => this.#asks.all());
  }

  async #tell(row: AskRow): Promise<void> {
    const { session_id: sessionId, ask_id: askId } = row;
    switch (row.state) {
      case 'asked':
        await inMaison(row.maison_id, () => this.#show(row));
        return;
      case 'declined':
        if (this.#told.get(sessionId) === askId) return;
        this.#told.set(sessionId, askId);
        await inMaison(row.maison_id, () => this.#tellNo(sessionId));
        return;
      case 'shown':
        return;
    }
  }

  async #show(row: AskRow): Promise<void> {
    const audience = await this.#sessions.audience(row.session_id);
    if (!audience || audience.isClosed || audience.kiosk === null) return;
    const room = deviceRoom(audience.kiosk);
    // On another node its mirror is heard; the question stays there to be taken.
    if (!this.#gateway.hears(room)) return;
    const asked = await this.#asks.take(row);
    if (asked) this.#gateway.emit(room, 'client.asked', asked);
  }

  async #tellNo(sessionId: SessionId): Promise<void> {
    const audience = await this.#sessions.audience(sessionId);
    for (const tablet of audience?.tablets ?? []) {
      this.#gateway.emit(deviceRoom(tablet), 'client.declined', { sessionId });
    }
  }
}
