import type { MaisonId, Sku, StoreId } from '../../protocol/index.ts';
import type { Hints } from '../core/hints.ts';
import type { OmsConnector, OmsLevel, OmsReading } from '../oms/oms-connector.ts';
import type { Database, Tx } from '../persistence/database.ts';
import { lockStore, logLevels } from './stock-writer.ts';

/** What became of a reading: levels changed, levels confirmed (their age is new), and levels dropped as stale. */
export interface BookOutcome {
  readonly changed: number;
  readonly confirmed: number;
  readonly stale: number;
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

  /** Takes a reading from the OMS. */
  async apply(reading: OmsReading, source: string): Promise<BookOutcome> {
    let total: BookOutcome = { changed: 0, confirmed: 0, stale: 0 };
    for (const [storeId, levels] of Map.groupBy(reading.levels, (level) => level.storeId)) {
      for (let from = 0; from < levels.length; from += levelsPerWrite) {
        const part = levels.slice(from, from + levelsPerWrite);
        const outcome = await this.#database.transact((tx) =>
          applyToStore(tx, storeId, part, reading.asOfMs, source),
        );
        if (outcome.changed + outcome.confirmed > 0) this.#hints.publish({ kind: 'stock', storeId });
        total = {
          changed: total.changed + outcome.changed,
          confirmed: total.confirmed + outcome.confirmed,
          stale: total.stale + outcome.stale,
        };
      }
    }
    return total;
  }

  /** Reads the whole of a Maison again; says nothing where the OMS does not answer, for then the levels keep their age. */
  async reconcile(oms: OmsConnector, maisonId: MaisonId): Promise<BookOutcome | null> {
    const reading = await oms.levels(maisonId);
    return reading.ok ? await this.apply(reading.value, oms.name) : null;
  }

  /** Reads one level again, because the OMS hinted at it. */
  async reread(oms: OmsConnector, storeId: StoreId, sku: Sku): Promise<BookOutcome | null> {
    const reading = await oms.level(storeId, sku);
    return reading.ok ? await this.apply(reading.value, oms.name) : null;
  }
}

async function applyToStore(
  tx: Tx,
  storeId: StoreId,
  levels: readonly OmsLevel[],
  asOfMs: number,
  source: string,
): Promise<BookOutcome> {
  await lockStore(tx, storeId);
  const rows = await tx.selectFrom('stock_levels').selectAll().where('store_id', '=', storeId).execute();
  const known = new Map(rows.map((row) => [row.sku, row]));
  const written: Sku[] = [];
  const outcome = { changed: 0, confirmed: 0, stale: 0 };
  for (const { sku, onHand, revision } of levels) {
    const row = known.get(sku);
    const confirms = row?.revision === revision && row.on_hand === onHand;
    if (row && !confirms && row.revision >= revision) outcome.stale += 1;
    else if (confirms && row.as_of_ms >= asOfMs) outcome.confirmed += 1;
    else {
      const values = { on_hand: onHand, revision, as_of_ms: asOfMs, source };
      await tx
        .insertInto('stock_levels')
        .values({ store_id: storeId, sku, ...values })
        .onConflict((conflict) => conflict.columns(['store_id', 'sku']).doUpdateSet(values))
        .execute();
      written.push(sku);
      if (confirms) outcome.confirmed += 1;
      else outcome.changed += 1;
    }
  }
  await logLevels(tx, storeId, written);
  return outcome;
}
