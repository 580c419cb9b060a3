import type { SessionId } from '../../protocol/index.ts';
import { clientStandings } from '../clients/client-standings.ts';
import type { Background } from '../core/background.ts';
import type { Clock } from '../core/clock.ts';
import { houseWide, inMaison } from '../core/scope.ts';
import type { Database } from '../persistence/database.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Gateway } from './gateway.ts';
import { deviceRoom } from './rooms.ts';

/** For so long after a visit has closed its advisor's tablets may still show it. */
const lookedBackMs = 10 * 60_000;

/**
 * Tells a session's screens that what is known of its client is another than before; what it is they read. A no must reach every screen
 * that shows what it takes back, so that what no hint told of is looked for.
 */
export class ClientFeed {
  readonly #database: Database;
  readonly #sessions: Sessions;
  readonly #clock: Clock;
  readonly #background: Background;
  readonly #gateway: Pick<Gateway, 'emit'>;
  /** What stood in each recent visit as it was told last. */
  readonly #told = new Map<SessionId, string>();

  constructor(deps: {
    database: Database;
    sessions: Sessions;
    clock: Clock;
    background: Background;
    gateway: Pick<Gateway, 'emit'>;
  }) {
    this.#database = deps.database;
    this.#sessions = deps.sessions;
    this.#clock = deps.clock;
    this.#background = deps.background;
    this.#gateway = deps.gateway;
  }

  /** Begins with what stands: who connects from now on reads it. */
  async start(): Promise<void> {
    for (const [sessionId, standing] of await this.#standings()) this.#told.set(sessionId, standing);
  }

  hint(sessionId: SessionId): void {
    this.#background.run('client-told', async () => {
      const standings = await this.#standings(sessionId);
      this.#told.set(sessionId, standings.get(sessionId) ?? '');
      await this.#tell(sessionId);
    });
  }

  /** Tells of every visit in which something else stands than was told last. */
  async catchUp(): Promise<void> {
    const standings = await this.#standings();
    const recent = await houseWide('the heads of every session', () => this.#sessions.heads());
    for (const sessionId of this.#told.keys()) if (!recent.has(sessionId)) this.#told.delete(sessionId);
    for (const sessionId of recent.keys()) {
      const standing = standings.get(sessionId) ?? '';
      if ((this.#told.get(sessionId) ?? '') === standing) continue;
      this.#told.set(sessionId, standing);
      await this.#tell(sessionId);
    }
  }

  async #standings(sessionId?: SessionId): Promise<Map<SessionId, string>> {
    const closedAfterMs = this.#clock.nowMs() - lookedBackMs;
    return await houseWide('what clients said', () =>
      clientStandings(this.#database.db, {
        closedAfterMs,
        ...(sessionId !== undefined && { sessionId }),
      }),
    );
  }

  async #tell(sessionId: SessionId): Promise<void> {
    const maisonId = await houseWide('whose session it is', () => this.#sessions.maisonOf(sessionId));
    if (maisonId !== null) await inMaison(maisonId, () => this.#tellIn(sessionId));
  }

  async #tellIn(sessionId: SessionId): Promise<void> {
    const audience = await this.#sessions.audience(sessionId);
    if (!audience) return;
    const mirror = audience.isClosed || audience.kiosk === null ? [] : [audience.kiosk];
    const screens = [...audience.tablets, ...mirror];
    for (const screen of screens) this.#gateway.emit(deviceRoom(screen), 'client.changed', { sessionId });
  }
}
