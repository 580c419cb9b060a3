import type { ExpressionBuilder } from 'kysely';
import type { EpochMs } from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../core/clock.ts';
import { newId, type Random } from '../core/random.ts';
import type { Database } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';

/** Nodes' clocks may differ by this much. */
const skewMs = 60_000;

/** A key that signs tokens (HS256). */
export interface TokenKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/**
 * The keys that sign device tokens. They are read from the database each time, so that every node signs with a new one,
 * and believes no old one, from the moment in which that was decided.
 */
export class TokenKeys {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #audit: AuditLog;
  readonly #tokenMs: number;

  constructor(deps: { database: Database; audit: AuditLog; clock: Clock; random: Random; tokenMs: number }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#tokenMs = deps.tokenMs;
  }

  /** Makes the first key, where there is none yet. Two nodes that start at once make the same row. */
  async start(): Promise<void> {
    await this.#database.db
      .insertInto('token_keys')
      .values({
        id: 'first',
        value: this.#random.bytes(32).toString('base64url'),
        made_at_ms: 0,
        good_until_ms: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** The key that signs now: the newest that is good for good. */
  async signing(): Promise<TokenKey> {
    const row = await this.#database.db
      .selectFrom('token_keys')
      .select(['id', 'value'])
      .where('good_until_ms', 'is', null)
      .orderBy('made_at_ms', 'desc')
      .orderBy('id')
      .executeTakeFirstOrThrow();
    return { id: row.id, bytes: Buffer.from(row.value, 'base64url') };
  }

  /** The key of this id, while its tokens are believed. A token from before keys had ids names none. */
  async good(id: string | undefined): Promise<TokenKey | undefined> {
    const row = await this.#database.db
      .selectFrom('token_keys')
      .select(['id', 'value'])
      .where('id', '=', id ?? 'first')
      .where(this.#isGood())
      .executeTakeFirst();
    return row && { id: row.id, bytes: Buffer.from(row.value, 'base64url') };
  }

  /** Ids of all keys whose tokens are believed. */
  async goodIds(): Promise<ReadonlySet<string>> {
    const rows = await this.#database.db
      .selectFrom('token_keys')
      .select('id')
      .where(this.#isGood())
      .execute();
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Signs with a new key from now on. Tokens of the old ones live out their time, so that no device is sent away; with
   * `atOnce` they are good no more, and every device proves its key anew within seconds.
   */
  async rotate({ atOnce }: { readonly atOnce: boolean }): Promise<{ oldGoodUntilMs: EpochMs }> {
    const nowMs = this.#clock.nowMs();
    const goodUntilMs = atOnce ? nowMs : nowMs + this.#tokenMs + skewMs;
    await this.#database.transact(async (tx) => {
      await tx
        .updateTable('token_keys')
        .set({ good_until_ms: goodUntilMs })
        .where((where) =>
          where.or([where('good_until_ms', 'is', null), where('good_until_ms', '>', goodUntilMs)]),
        )
        .execute();
      await tx
        .insertInto('token_keys')
        .values({
          id: newId(this.#random),
          value: this.#random.bytes(32).toString('base64url'),
          made_at_ms: nowMs,
          good_until_ms: null,
        })
        .execute();
      const maisons = await tx.selectFrom('maisons').select('id').orderBy('id').execute();
      const note = { actor: { kind: 'operator', id: null }, action: 'token-key.changed' } as const;
      for (const { id } of maisons) await this.#audit.note(tx, { ...note, maisonId: id });
    });
    return { oldGoodUntilMs: goodUntilMs };
  }

  /** Forgets keys that nothing is signed with any more; but for `first`, which `start` would make anew. */
  async prune(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    await this.#database.db
      .deleteFrom('token_keys')
      .where('good_until_ms', '<=', nowMs - skewMs)
      .where('id', '!=', 'first')
      .execute();
    await this.#database.db
      .updateTable('token_keys')
      .set({ value: '' })
      .where('id', '=', 'first')
      .where('good_until_ms', '<=', nowMs - skewMs)
      .execute();
  }

  #isGood() {
    const nowMs = this.#clock.nowMs();
    return (where: ExpressionBuilder<Tables, 'token_keys'>) =>
      where.or([where('good_until_ms', 'is', null), where('good_until_ms', '>', nowMs)]);
  }
}
