import { sql } from 'kysely';
import type { EpochMs, StoreId } from '../../protocol/index.ts';
import type { Clock } from '../core/clock.ts';
import type { Database, Tx } from '../persistence/database.ts';

/** Wrong PINs before a name is locked. */
export const pinTries = 5;

const minuteMs = 60_000;

/** How long the first, second, … lock in a row holds; the last holds for all that follow. */
export const pinLocksMs = [15 * minuteMs, 30 * minuteMs, 60 * minuteMs, 120 * minuteMs, 240 * minuteMs];

const longestLockMs = Math.max(...pinLocksMs);

/** After a day without a wrong PIN all is forgotten. */
export const pinForgottenMs = 24 * 60 * minuteMs;

/** What became of a try before its PIN was looked at. */
export type PinTry =
  | { readonly kind: 'locked'; readonly retryAfterMs: number }
  /** `lockedForMs`: how long the name is locked if the PIN was wrong; null while tries are left. */
  | { readonly kind: 'counted'; readonly triesLeft: number; readonly lockedForMs: number | null };

/**
 * Counts wrong PINs by boutique and name, across its tablets, nodes and restarts. Names that nobody has are counted just so: the
 * answers tell nothing of who there is. What is tried in one boutique locks nobody in another, every lock ends by itself after
 * four hours at most, and each in a row is longer, so that a day gives a guesser some fifty tries of ten thousand.
 */
export class PinTries {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Counts a try before its PIN is looked at: many at once cannot slip past the limit while one is being hashed. */
  async count(storeId: StoreId, name: string): Promise<PinTry> {
    const nowMs = this.#clock.nowMs();
    const row = await this.#database.transact(async (tx) => {
      await forget(tx, storeId, name, nowMs);
      return await tx
        .insertInto('pin_tries')
        .values({
          store_id: storeId,
          advisor_id: name,
          wrong: 1,
          locks: 0,
          locked_until_ms: 0,
          last_wrong_at_ms: nowMs,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['store_id', 'advisor_id'])
            .doUpdateSet((builder) => ({
              wrong: builder('pin_tries.wrong', '+', 1),
              last_wrong_at_ms: nowMs,
              locked_until_ms: sql<number>`case when pin_tries.wrong >= ${sql.lit(pinTries - 1)} then ${lockEnd(nowMs)} else 0 end`,
              locks: sql<number>`case when pin_tries.wrong >= ${sql.lit(pinTries - 1)} then pin_tries.locks + 1 else pin_tries.locks end`,
            }))
            .where('pin_tries.locked_until_ms', '=', 0),
        )
        .returningAll()
        .executeTakeFirst();
    });
    if (!row) return { kind: 'locked', retryAfterMs: await this.#waitMs(storeId, name, nowMs) };
    const lockedForMs = row.locked_until_ms > 0 ? row.locked_until_ms - nowMs : null;
    return { kind: 'counted', triesLeft: pinTries - row.wrong, lockedForMs };
  }

  /** The PIN was right. */
  async right(tx: Tx, storeId: StoreId, name: string): Promise<void> {
    await tx.deleteFrom('pin_tries').where('store_id', '=', storeId).where('advisor_id', '=', name).execute();
  }

  /** Forgets what is a day old. */
  async prune(): Promise<void> {
    await this.#database.db
      .deleteFrom('pin_tries')
      .where('last_wrong_at_ms', '<=', this.#clock.nowMs() - pinForgottenMs)
      .execute();
  }

  async #waitMs(storeId: StoreId, name: string, nowMs: EpochMs): Promise<number> {
    const row = await this.#database.db
      .selectFrom('pin_tries')
      .select('locked_until_ms')
      .where('store_id', '=', storeId)
      .where('advisor_id', '=', name)
      .executeTakeFirst();
    return Math.max(1, (row?.locked_until_ms ?? 0) - nowMs);
  }
}

/** Ends a lock whose time has come, or that a clock set back would draw out beyond any; forgets all after a quiet day. */
async function forget(tx: Tx, storeId: StoreId, name: string, nowMs: EpochMs): Promise<void> {
  const ofName = () =>
    tx.updateTable('pin_tries').where('store_id', '=', storeId).where('advisor_id', '=', name);
  await ofName()
    .set({ wrong: 0, locks: 0, locked_until_ms: 0 })
    .where('last_wrong_at_ms', '<=', nowMs - pinForgottenMs)
    .execute();
  await ofName()
    .set({ wrong: 0, locked_until_ms: 0 })
    .where('locked_until_ms', '>', 0)
    .where((builder) =>
      builder.or([
        builder('locked_until_ms', '<=', nowMs),
        builder('locked_until_ms', '>', nowMs + longestLockMs),
      ]),
    )
    .execute();
}

function lockEnd(nowMs: EpochMs) {
  const whens = pinLocksMs
    .slice(0, -1)
    .map((lockMs, locks) => sql`when pin_tries.locks <= ${sql.lit(locks)} then ${sql.lit(lockMs)}`);
  return sql`cast(${nowMs} as bigint) + case ${sql.join(whens, sql` `)} else ${sql.lit(longestLockMs)} end`;
}
