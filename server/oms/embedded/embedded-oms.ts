import type { Answer, MaisonId, Sku, StoreId } from '../../../protocol/index.ts';
import { done, refuse } from '../../core/answers.ts';
import type { Clock } from '../../core/clock.ts';
import type { Database } from '../../persistence/database.ts';
import type { OmsConnector, OmsHint, OmsLevel, OmsReading } from '../oms-connector.ts';

/**
 * The OMS that comes with the kit, for houses that have none here: its own tables, its own revisions. The rest of the
 * server meets it through the connector port, exactly as it would meet a foreign one.
 */
export class EmbeddedOms implements OmsConnector {
  readonly name = 'embedded';
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #listeners = new Set<(hint: OmsHint) => void>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async levels(maisonId: MaisonId): Promise<Answer<OmsReading>> {
    const asOfMs = this.#clock.nowMs();
    const rows = await this.#database.db
      .selectFrom('oms_levels')
      .innerJoin('stores', 'stores.id', 'oms_levels.store_id')
      .selectAll('oms_levels')
      .where('stores.maison_id', '=', maisonId)
      .orderBy('stores.position')
      .orderBy('oms_levels.sku')
      .execute();
    return done({ asOfMs, levels: rows.map(asLevel) });
  }

  async level(storeId: StoreId, sku: Sku): Promise<Answer<OmsReading>> {
    const asOfMs = this.#clock.nowMs();
    const row = await this.#database.db
      .selectFrom('oms_levels')
      .selectAll()
      .where('store_id', '=', storeId)
      .where('sku', '=', sku)
      .executeTakeFirst();
    if (!row) return refuse('unknown-sku', `The OMS does not count ${sku} in ${storeId}.`);
    return done({ asOfMs, levels: [asLevel(row)] });
  }

  subscribe(listener: (hint: OmsHint) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Counts a piece anew: what a house's staff would do in their own system. Answers with the level as it now stands. */
  async setStock(storeId: StoreId, sku: Sku, onHand: number): Promise<Answer<OmsLevel>> {
    if (!Number.isSafeInteger(onHand) || onHand < 0) {
      return refuse('bad-request', 'A level is a whole number, zero or more.');
    }
    const row = await this.#database.db
      .updateTable('oms_levels')
      .set(({ eb }) => ({ on_hand: onHand, revision: eb('revision', '+', 1) }))
      .where('store_id', '=', storeId)
      .where('sku', '=', sku)
      .returningAll()
      .executeTakeFirst();
    if (!row) {
      const store = await this.#database.db
        .selectFrom('stores')
        .select('id')
        .where('id', '=', storeId)
        .executeTakeFirst();
      if (!store) return refuse('not-found', `There is no boutique ${storeId}.`);
      return refuse('unknown-sku', `The OMS does not count ${sku} in ${storeId}.`);
    }
    for (const listener of Array.from(this.#listeners)) listener({ storeId, sku });
    return done(asLevel(row));
  }
}

function asLevel(row: { store_id: string; sku: string; on_hand: number; revision: number }): OmsLevel {
  return { storeId: row.store_id, sku: row.sku, onHand: row.on_hand, revision: row.revision };
}
