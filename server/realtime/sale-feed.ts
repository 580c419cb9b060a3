import type { SessionId, StoreId } from '../../protocol/index.ts';
import type { Background } from '../core/background.ts';
import type { Clock } from '../core/clock.ts';
import { houseWide, inMaison } from '../core/scope.ts';
import type { Database } from '../persistence/database.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Gateway } from './gateway.ts';
import { deviceRoom, tabletsRoom } from './rooms.ts';

/** A change that no hint told of is looked for this long. */
const lookedBackMs = 10 * 60_000;

/** Tells a visit's screens and a boutique's tablets that something on the way to a sale has changed; what it is they read. */
export class SaleFeed {
  readonly #database: Database;
  readonly #sessions: Sessions;
  readonly #clock: Clock;
  readonly #background: Background;
  readonly #gateway: Pick<Gateway, 'emit'>;
  /** When each recent step had changed as it was told last. */
  readonly #told = new Map<string, number>();

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

  /** Begins with the steps as they are: who connects from now on reads them. */
  async start(): Promise<void> {
    for (const row of await this.#recent()) this.#told.set(row.id, row.changed_at_ms);
  }

  hint(sessionId: SessionId, storeId: StoreId): void {
    this.#background.run('sale-told', () => this.#tell(sessionId, storeId));
  }

  /** Tells of every recent step that is not as it was told last. */
  async catchUp(): Promise<void> {
    const rows = await this.#recent();
    for (const row of rows) {
      if (this.#told.get(row.id) === row.changed_at_ms) continue;
      this.#told.set(row.id, row.changed_at_ms);
      await this.#tell(row.session_id, row.store_id);
    }
    const recent = new Set(rows.map(({ id }) => id));
    for (const id of this.#told.keys()) if (!recent.has(id)) this.#told.delete(id);
  }

  async #recent() {
    return await houseWide('recent steps of sales', () =>
      this.#database.db
        .selectFrom('sale_steps')
        .select(['id', 'session_id', 'store_id', 'changed_at_ms'])
        .where('changed_at_ms', '>', this.#clock.nowMs() - lookedBackMs)
        .execute(),
    );
  }

  async #tell(sessionId: SessionId, storeId: StoreId): Promise<void> {
    const maisonId = await houseWide('whose session it is', () => this.#sessions.maisonOf(sessionId));
    if (maisonId === null) return;
    await inMaison(maisonId, async () => {
      const audience = await this.#sessions.audience(sessionId);
      if (!audience) return;
      const mirror = audience.isClosed || audience.kiosk === null ? [] : [audience.kiosk];
      for (const screen of [...audience.tablets, ...mirror])
        this.#gateway.emit(deviceRoom(screen), 'sale.changed', { sessionId });
      this.#gateway.emit(tabletsRoom(storeId), 'board.changed', { storeId });
    });
  }
}
