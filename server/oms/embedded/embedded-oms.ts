import type { Answer, MaisonId, Sku, StoreId } from '../../../protocol/index.ts';
import type {
  OmsCatalogue,
  OmsConnector,
  OmsCursor,
  OmsLevel,
  OmsListener,
} from '../../../protocol/connector/index.ts';
import { done, refuse } from '../../core/answers.ts';
import type { Background } from '../../core/background.ts';
import type { Clock } from '../../core/clock.ts';
import type { Random } from '../../core/random.ts';
import type { Database } from '../../persistence/database.ts';
import { ChangeFollower } from './embedded-changes.ts';
import { EmbeddedConnector } from './embedded-connector.ts';
import { forgetOldReplies, inOms } from './embedded-replies.ts';
import { asLevel, logChange } from './embedded-shelf.ts';

/** Changes kept per Maison: whoever was away longer reads everything anew. */
const keptChanges = 5_000;

/**
 * The OMS that comes with the kit, for houses that have none here: its own tables, its own revisions. The rest of the
 * server meets it through the connector port, exactly as it would meet a foreign one.
 */
export class EmbeddedOms {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #background: Background;
  readonly #followers = new Map<MaisonId, Set<ChangeFollower>>();

  constructor(deps: { database: Database; clock: Clock; random: Random; background: Background }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#background = deps.background;
  }

  /** One Maison's connector. */
  connector(maisonId: MaisonId, catalogue: OmsCatalogue = { items: [] }): OmsConnector {
    return new EmbeddedConnector({
      database: this.#database,
      clock: this.#clock,
      random: this.#random,
      maisonId,
      catalogue,
      follow: (cursor, listener) => this.#follow(maisonId, cursor, listener),
      committed: () => this.#committed(maisonId),
    });
  }

  /** Counts a piece anew: what a house's staff would do in their own system. Answers with the level as it now stands. */
  async setStock(storeId: StoreId, sku: Sku, onHand: number): Promise<Answer<OmsLevel>> {
    if (!Number.isSafeInteger(onHand) || onHand < 0) {
      return refuse('bad-request', 'A level is a whole number, zero or more.');
    }
    const store = await this.#database.db
      .selectFrom('stores')
      .select('maison_id')
      .where('id', '=', storeId)
      .executeTakeFirst();
    if (!store) return refuse('not-found', `There is no boutique ${storeId}.`);
    const maisonId = store.maison_id;
    const row = await inOms(this.#database, maisonId, this.#clock.nowMs(), async (tx) => {
      const changed = await tx
        .updateTable('oms_levels')
        .set(({ eb }) => ({ on_hand: onHand, revision: eb('revision', '+', 1) }))
        .where('store_id', '=', storeId)
        .where('sku', '=', sku)
        .returningAll()
        .executeTakeFirst();
      if (changed) await logChange(tx, maisonId, storeId, sku);
      return changed;
    });
    this.#committed(maisonId);
    return row ? done(asLevel(row)) : refuse('unknown-sku', `The OMS does not count ${sku} in ${storeId}.`);
  }

  /** Forgets all but the newest changes, notes that have ended, and replies that nobody may ask for again. */
  async prune(): Promise<void> {
    const { db } = this.#database;
    await db.deleteFrom('oms_notes').where('ends_at_ms', '<=', this.#clock.nowMs()).execute();
    await forgetOldReplies(this.#database, this.#clock.nowMs());
    for (const { maison_id: maisonId, seq } of await db.selectFrom('oms_heads').selectAll().execute()) {
      const prunedTo = seq - keptChanges;
      if (prunedTo <= 0) continue;
      await inOms(this.#database, maisonId, this.#clock.nowMs(), async (tx) => {
        const old = tx.deleteFrom('oms_changes').where('maison_id', '=', maisonId);
        await old.where('seq', '<=', prunedTo).execute();
        await tx
          .updateTable('oms_heads')
          .set({ pruned_to_seq: prunedTo })
          .where('maison_id', '=', maisonId)
          .execute();
      });
    }
  }

  #follow(maisonId: MaisonId, cursor: OmsCursor | null, listener: OmsListener): () => void {
    const follower = new ChangeFollower({
      database: this.#database,
      background: this.#background,
      maisonId,
      cursor,
      listener,
    });
    const followers = this.#followers.get(maisonId) ?? new Set();
    this.#followers.set(maisonId, followers.add(follower));
    follower.wake();
    return () => {
      follower.stop();
      followers.delete(follower);
    };
  }

  #committed(maisonId: MaisonId): void {
    for (const follower of this.#followers.get(maisonId) ?? []) follower.wake();
  }
}
