import { clientAskMs, clientCardTries, type SessionId } from '../../protocol/index.ts';
import type { Clock } from '../core/clock.ts';
import type { Database } from '../persistence/database.ts';

/** Counts cards that nobody has, so that nobody is found by trying numbers: five to a visit, then a pause. */
export class CardTries {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Counts a card before it is looked for, so that many at once cannot slip past. Returns how long to wait, or 0. */
  async count(sessionId: SessionId): Promise<number> {
    const nowMs = this.#clock.nowMs();
    return await this.#database.transact(async (tx) => {
      await tx
        .insertInto('client_tries')
        .values({ session_id: sessionId, wrong_cards: 0, last_wrong_at_ms: nowMs })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await tx
        .updateTable('client_tries')
        .set({ wrong_cards: 0 })
        .where('session_id', '=', sessionId)
        .where('last_wrong_at_ms', '<=', nowMs - clientAskMs)
        .execute();
      const counted = await tx
        .updateTable('client_tries')
        .set(({ eb }) => ({ wrong_cards: eb('wrong_cards', '+', 1), last_wrong_at_ms: nowMs }))
        .where('session_id', '=', sessionId)
        .where('wrong_cards', '<', clientCardTries)
        .returning('wrong_cards')
        .executeTakeFirst();
      if (counted) return 0;
      const { last_wrong_at_ms: lastMs } = await tx
        .selectFrom('client_tries')
        .select('last_wrong_at_ms')
        .where('session_id', '=', sessionId)
        .executeTakeFirstOrThrow();
      return Math.max(1, lastMs + clientAskMs - nowMs);
    });
  }

  async left(sessionId: SessionId): Promise<number> {
    const row = await this.#database.db
      .selectFrom('client_tries')
      .select('wrong_cards')
      .where('session_id', '=', sessionId)
      .executeTakeFirst();
    return Math.max(0, clientCardTries - (row?.wrong_cards ?? 0));
  }

  /** The card was somebody's, or nobody could say: it costs no try, and buys none. */
  async giveBack(sessionId: SessionId): Promise<void> {
    await this.#database.db
      .updateTable('client_tries')
      .set(({ eb }) => ({ wrong_cards: eb('wrong_cards', '-', 1) }))
      .where('session_id', '=', sessionId)
      .where('wrong_cards', '>', 0)
      .execute();
  }
}
