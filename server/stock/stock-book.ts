import type { EpochMs, StoreId } from '../../protocol/index.ts';
import type { OmsHint, OmsLevel, OmsReading } from '../../protocol/connector/index.ts';
import type { Hints } from '../core/hints.ts';
import type { Database } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { writeLevels } from './level-writer.ts';
import { lockStore, logLevels } from './stock-writer.ts';

/** What became of a reading: levels changed, levels confirmed (their age is new), and levels dropped as stale. */
export interface BookOutcome {
  readonly changed: number;
  readonly confirmed: number;
  readonly stale: number;
}

/** What is left of a level that is not counted any more. Its revision stays, so that the OMS may count it anew with the same one. */
function goneOf({ store_id: storeId, sku, revision }: Tables['stock_levels']): OmsLevel {
  return { storeId, sku, onHand: 0, promised: 0, revision };
}

/** Rows written by one transaction at most: far below either database's limit of parameters. */
const levelsPerWrite = 500;

/**
 * What the kit believes each boutique has. Levels are absolute and carry the OMS's own revision: a newer one replaces, the
 * same one confirms, an older one is dropped. Changes are never summed.
 */
export class StockBook {
  readonly #database: Database;
  readonly #hints: Hints;

  constructor(database: Database, hints: Hints) {
    this.#database = database;
    this.#hints = hints;
  }

  /** Takes everything that the OMS counts: what it has counted before and does not name any more is gone. */
  async applyWhole(reading: OmsReading, source: string, stores: ReadonlySet<StoreId>): Promise<BookOutcome> {
    if (stores.size === 0) return { changed: 0, confirmed: 0, stale: 0 };
    const named = new Set(reading.levels.map(({ storeId, sku }) => `${storeId} ${sku}`));
    const known = await this.#database.db
      .selectFrom('stock_levels')
      .selectAll()
      .where('source', '=', source)
      .where('store_id', 'in', Array.from(stores))
      .execute();
    const gone = known.filter((row) => !named.has(`${row.store_id} ${row.sku}`)).map(goneOf);
    return await this.apply({ ...reading, levels: [...reading.levels, ...gone] }, source, stores);
  }

  /** A boutique's levels as the OMS told them last. */
  async told(storeId: StoreId): Promise<OmsLevel[]> {
    const rows = await this.#database.db
      .selectFrom('stock_levels')
      .selectAll()
      .where('store_id', '=', storeId)
      .orderBy('sku')
      .execute();
    return rows.map((row) => ({
      storeId,
      sku: row.sku,
      onHand: row.on_hand,
      promised: row.promised,
      revision: row.revision,
    }));
  }

  /** The OMS does not count a piece that it has counted before: nothing of it can be held. */
  async remove({ storeId, sku }: OmsHint, asOfMs: EpochMs, source: string): Promise<void> {
    const row = await this.#database.db
      .selectFrom('stock_levels')
      .selectAll()
      .where('store_id', '=', storeId)
      .where('sku', '=', sku)
      .where('source', '=', source)
      .executeTakeFirst();
    if (row) await this.apply({ asOfMs, levels: [goneOf(row)] }, source, new Set([storeId]));
  }

  /** Takes a reading from the OMS of those whose boutiques `stores` are; levels of any other boutique are passed over. */
  async apply(reading: OmsReading, source: string, stores: ReadonlySet<StoreId>): Promise<BookOutcome> {
    let total: BookOutcome = { changed: 0, confirmed: 0, stale: 0 };
    for (const [storeId, levels] of Map.groupBy(reading.levels, (level) => level.storeId)) {
      if (!stores.has(storeId)) continue;
      for (let from = 0; from < levels.length; from += levelsPerWrite) {
        const part = levels.slice(from, from + levelsPerWrite);
        const outcome = await this.#database.transact(async (tx) => {
          await lockStore(tx, storeId);
          const levelsOutcome = await writeLevels(tx, storeId, part, reading.asOfMs, source);
          await logLevels(tx, storeId, levelsOutcome.written);
          return levelsOutcome;
        });
        if (outcome.written.length > 0) this.#hints.publish({ kind: 'stock', storeId });
        total = {
          changed: total.changed + outcome.changed,
          confirmed: total.confirmed + outcome.confirmed,
          stale: total.stale + outcome.stale,
        };
      }
    }
    return total;
  }
}
