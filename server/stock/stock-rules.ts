import type { Answer, MaisonId, StockRule } from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Hints } from '../core/hints.ts';
import type { Database } from '../persistence/database.ts';
import { everySku } from './kept-back.ts';
import { lockStore, logLevels } from './stock-writer.ts';

/** What each boutique does not offer: pieces for safety, and those that stand on display. */
export class StockRules {
  readonly #database: Database;
  readonly #hints: Hints;

  constructor(database: Database, hints: Hints) {
    this.#database = database;
    this.#hints = hints;
  }

  /** The rules of one Maison, or of every one. */
  async read(maisonId: MaisonId | null): Promise<StockRule[]> {
    let query = this.#database.db
      .selectFrom('stock_rules')
      .innerJoin('stores', 'stores.id', 'stock_rules.store_id')
      .selectAll('stock_rules')
      .orderBy('stores.position')
      .orderBy('stock_rules.sku');
    if (maisonId !== null) query = query.where('stores.maison_id', '=', maisonId);
    const rows = await query.execute();
    return rows.map((row) => ({
      storeId: row.store_id,
      sku: row.sku === everySku ? null : row.sku,
      safetyPieces: row.safety,
      displayPieces: row.display,
    }));
  }

  /** Sets one rule; every level that it touches is told anew. A boutique-wide one that keeps nothing back is lifted. */
  async set(maisonId: MaisonId | null, rule: StockRule): Promise<Answer<StockRule>> {
    const { storeId, safetyPieces: safety, displayPieces: display } = rule;
    const sku = rule.sku ?? everySku;
    let store = this.#database.db.selectFrom('stores').select('id').where('id', '=', storeId);
    if (maisonId !== null) store = store.where('maison_id', '=', maisonId);
    if (!(await store.executeTakeFirst())) return refuse('not-found', `There is no boutique ${storeId}.`);
    const isKnown = await this.#database.transact(async (tx) => {
      await lockStore(tx, storeId);
      let levels = tx.selectFrom('stock_levels').select('sku').where('store_id', '=', storeId);
      if (rule.sku !== null) levels = levels.where('sku', '=', rule.sku);
      const touched = await levels.execute();
      if (rule.sku !== null && touched.length === 0) return false;
      await tx.deleteFrom('stock_rules').where('store_id', '=', storeId).where('sku', '=', sku).execute();
      // A SKU's own rule that keeps nothing back stands: it is an exception from the boutique's.
      if (rule.sku !== null || safety + display > 0) {
        await tx.insertInto('stock_rules').values({ store_id: storeId, sku, safety, display }).execute();
      }
      await logLevels(
        tx,
        storeId,
        touched.map((row) => row.sku),
      );
      return true;
    });
    if (!isKnown) return refuse('unknown-sku', `${storeId} does not count ${rule.sku}.`);
    this.#hints.publish({ kind: 'stock', storeId });
    return done(rule);
  }
}
