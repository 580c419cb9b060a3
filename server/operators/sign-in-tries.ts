import type { Clock } from '../core/clock.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { Database } from '../persistence/database.ts';

/** Wrong sign-ins from one address before it must wait. */
export const mostWrong = 5;

/** How long it must wait then; and how long a wrong one counts. */
export const lockedMs = 15 * 60_000;

/** Counts wrong sign-ins by address, across restarts and nodes. Of an address only a keyed hash is kept. */
export class SignInTries {
  readonly #database: Database;
  readonly #secrets: ServerSecrets;
  readonly #clock: Clock;

  constructor(deps: { database: Database; secrets: ServerSecrets; clock: Clock }) {
    this.#database = deps.database;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
  }

  /** Milliseconds that an address must wait; 0 if it may try. */
  async waitMs(address: string): Promise<number> {
    const row = await this.#database.db
      .selectFrom('console_tries')
      .selectAll()
      .where('address_hash', '=', this.#hash(address))
      .executeTakeFirst();
    if (!row || row.wrong < mostWrong) return 0;
    return Math.max(0, row.last_wrong_at_ms + lockedMs - this.#clock.nowMs());
  }

  async wrong(address: string): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const fresh = nowMs - lockedMs;
    await this.#database.db
      .insertInto('console_tries')
      .values({ address_hash: this.#hash(address), wrong: 1, last_wrong_at_ms: nowMs })
      .onConflict((conflict) =>
        conflict.column('address_hash').doUpdateSet((builder) => ({
          // An old one does not count any more.
          wrong: builder
            .case()
            .when('console_tries.last_wrong_at_ms', '>', fresh)
            .then(builder('console_tries.wrong', '+', 1))
            .else(1)
            .end(),
          last_wrong_at_ms: nowMs,
        })),
      )
      .execute();
  }

  async right(address: string): Promise<void> {
    await this.#database.db
      .deleteFrom('console_tries')
      .where('address_hash', '=', this.#hash(address))
      .execute();
  }

  async prune(): Promise<void> {
    await this.#database.db
      .deleteFrom('console_tries')
      .where('last_wrong_at_ms', '<=', this.#clock.nowMs() - lockedMs)
      .execute();
  }

  #hash(address: string): string {
    return this.#secrets.ownHash('console-address', address);
  }
}
