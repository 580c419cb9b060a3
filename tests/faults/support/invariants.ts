import type { Link } from '../../../sdk/sync/link.ts';
import type { Database } from '../../../server/persistence/database.ts';
import { onLedger } from '../../../server/stock/stock-writer.ts';
import { StockLog } from '../../../server/stock/stock-log.ts';

/** What the server said yes to, noted by who asked. */
export interface Acknowledged {
  /** Ids of holds that were placed. */
  readonly holdIds: readonly string[];
  /** How often a piece was kept or set aside. */
  readonly keeps: number;
}

/** How far a database is from what must always be true of it. Every number must be nought. */
export interface Breaches {
  /** Pieces of which more are held than there are. */
  readonly oversold: number;
  /** Acknowledged commands that the database does not know. */
  readonly lost: number;
  /** Sequences of the stock log and of sessions that are missing or doubled. */
  readonly gaps: number;
}

/** Reads a quiet database. */
export async function breachesOf(database: Database, acknowledged: Acknowledged): Promise<Breaches> {
  const { db } = database;
  const holds = await db.selectFrom('holds').selectAll().execute();
  const levels = await db.selectFrom('stock_levels').selectAll().execute();
  const active = Map.groupBy(
    holds.filter(({ state }) => state === 'active'),
    (hold) => `${hold.store_id} ${hold.sku}`,
  );
  const oversold = levels.reduce((sum, level) => {
    const held = active.get(`${level.store_id} ${level.sku}`) ?? [];
    // What the OMS counts as promised are our holds that it keeps; the others lie on our ledger alone.
    const ours = held.filter(({ native }) => onLedger.some((state) => state === native)).length;
    return sum + Math.max(0, held.length - level.on_hand, ours + level.promised - level.on_hand);
  }, 0);
  const known = new Set(holds.map(({ id }) => id));
  const events = await db.selectFrom('session_events').selectAll().execute();
  const kept = events.filter(({ fact }) => /"type":"(kept|set-aside)"/.test(fact)).length;
  const lost =
    acknowledged.holdIds.filter((id) => !known.has(id)).length + Math.max(0, acknowledged.keeps - kept);
  const log = await db.selectFrom('stock_log').select(['store_id as of', 'seq']).execute();
  const gaps =
    gapsOf(log, await db.selectFrom('stock_heads').select(['store_id as of', 'seq']).execute()) +
    gapsOf(
      events.map(({ session_id: of, seq }) => ({ of, seq })),
      await db.selectFrom('sessions').select(['id as of', 'head_seq as seq']).execute(),
    );
  return { oversold, lost, gaps };
}

interface Numbered {
  readonly of: string;
  readonly seq: number;
}

function gapsOf(rows: readonly Numbered[], heads: readonly Numbered[]): number {
  const seqs = Map.groupBy(rows, (row) => row.of);
  return heads.reduce((sum, { of, seq: head }) => {
    const distinct = new Set((seqs.get(of) ?? []).map(({ seq }) => seq));
    const doubled = (seqs.get(of)?.length ?? 0) - distinct.size;
    return sum + doubled + Math.abs(head - distinct.size);
  }, 0);
}

/** How many levels a device shows otherwise than the database has them, once it has read to the head. */
export async function wrongOnScreen(
  database: Database,
  link: Link,
  storeIds: readonly string[],
): Promise<number> {
  const log = new StockLog(database);
  let wrong = 0;
  for (const storeId of storeIds) {
    const truth = await log.catchUp(storeId, undefined);
    const shown = link.state.get().stock.get(storeId);
    if (truth.kind !== 'snapshot' || shown?.cursor !== truth.snapshot.seq) wrong += 1;
    else {
      for (const level of truth.snapshot.levels) {
        if (shown.levels.get(level.sku)?.available !== level.available) wrong += 1;
      }
    }
  }
  return wrong;
}

/** Boutiques of another Maison that a device knows of. */
export function foreignStores(link: Link, maisonId: string): number {
  return Array.from(link.state.get().stock.keys()).filter((id) => !id.startsWith(`${maisonId}-`)).length;
}
