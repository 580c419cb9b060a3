import type { StockCatchUp, StockFrame, StockLevel, StoreId } from '../../protocol/index.ts';
import type { Database, Queries } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { lockStore, readLevels } from './stock-writer.ts';

/** Log rows that one frame covers at most, so that a frame stays well below the largest message. */
export const rowsPerFrame = 200;

/** A peer further behind than this gets a snapshot: it is smaller than the tail. */
const longestTail = 1_000;

/** Reads each boutique's log in order. */
export class StockLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The last sequence of every boutique. */
  async heads(): Promise<Map<StoreId, number>> {
    const rows = await this.#database.db.selectFrom('stock_heads').select(['store_id', 'seq']).execute();
    return new Map(rows.map((row) => [row.store_id, row.seq]));
  }

  /** The changes after `cursor`, coalesced to the newest level per SKU, in frames that follow one another without gap. */
  async framesAfter(storeId: StoreId, cursor: number): Promise<StockFrame[]> {
    return await framesAfter(this.#database.db, storeId, cursor);
  }

  /** What a peer that has read up to `cursor` misses; everything where it has read nothing or the log is pruned. */
  async catchUp(storeId: StoreId, cursor: number | undefined): Promise<StockCatchUp> {
    return await this.#database.read(async (tx) => {
      const head = await tx
        .selectFrom('stock_heads')
        .selectAll()
        .where('store_id', '=', storeId)
        .executeTakeFirst();
      const seq = head?.seq ?? 0;
      const reaches =
        cursor !== undefined &&
        cursor > 0 &&
        cursor <= seq &&
        cursor >= (head?.pruned_to_seq ?? 0) &&
        seq - cursor <= longestTail;
      if (reaches) return { kind: 'tail', storeId, frames: await framesAfter(tx, storeId, cursor) };
      return { kind: 'snapshot', snapshot: { storeId, seq, levels: await readLevels(tx, storeId) } };
    });
  }

  /** Forgets all but the newest `keep` changes of every boutique. */
  async prune(keep: number): Promise<void> {
    for (const [storeId, seq] of await this.heads()) {
      const prunedTo = seq - keep;
      if (prunedTo <= 0) continue;
      await this.#database.transact(async (tx) => {
        await lockStore(tx, storeId);
        await tx
          .deleteFrom('stock_log')
          .where('store_id', '=', storeId)
          .where('seq', '<=', prunedTo)
          .execute();
        await tx
          .updateTable('stock_heads')
          .set({ pruned_to_seq: prunedTo })
          .where('store_id', '=', storeId)
          .where('pruned_to_seq', '<', prunedTo)
          .execute();
      });
    }
  }
}

async function framesAfter(db: Queries, storeId: StoreId, cursor: number): Promise<StockFrame[]> {
  const rows = await db
    .selectFrom('stock_log')
    .selectAll()
    .where('store_id', '=', storeId)
    .where('seq', '>', cursor)
    .orderBy('seq')
    .execute();
  const frames: StockFrame[] = [];
  for (let from = 0; from < rows.length; from += rowsPerFrame) {
    const part = rows.slice(from, from + rowsPerFrame);
    const first = part[0];
    const last = part.at(-1);
    if (!first || !last) continue;
    const newest = new Map(part.map((row) => [row.sku, asLevel(row)] as const));
    frames.push({ storeId, fromSeq: first.seq, toSeq: last.seq, levels: Array.from(newest.values()) });
  }
  return frames;
}

function asLevel(row: Tables['stock_log']): StockLevel {
  return {
    storeId: row.store_id,
    sku: row.sku,
    onHand: row.on_hand,
    available: row.available,
    ...(row.kept_back > 0 && { keptBack: row.kept_back }),
    revision: row.revision,
    asOfMs: row.as_of_ms,
    source: row.source,
  };
}
