import { sql } from 'kysely';
import type { Database } from '../persistence/database.ts';
import { newestVersion } from '../persistence/migration.ts';

/** What a look at a database found. `faults` is empty where it is whole. */
export interface DatabaseCheck {
  readonly schemaVersion: number;
  readonly devices: number;
  readonly levels: number;
  readonly sessions: number;
  readonly activeHolds: number;
  readonly faults: readonly string[];
}

/** Rows that contradict each other; each sentence with how many there are. */
const contradictions = [
  {
    sentence: 'boutiques whose log is ahead of their head',
    count: sql<number>`select count(*) from stock_heads h where h.seq <
      (select coalesce(max(l.seq), 0) from stock_log l where l.store_id = h.store_id)`,
  },
  {
    sentence: 'boutiques without a head',
    count: sql<number>`select count(*) from stores s where not exists
      (select 1 from stock_heads h where h.store_id = s.id)`,
  },
  {
    sentence: 'sessions whose events do not end at their head',
    count: sql<number>`select count(*) from sessions s where s.head_seq <>
      (select coalesce(max(e.seq), 0) from session_events e where e.session_id = s.id)`,
  },
  {
    sentence: 'sessions with a gap in their events',
    count: sql<number>`select count(*) from sessions s where s.head_seq <>
      (select count(*) from session_events e where e.session_id = s.id)`,
  },
  {
    sentence: 'holds of sessions that are not there',
    count: sql<number>`select count(*) from holds h where not exists
      (select 1 from sessions s where s.id = h.session_id)`,
  },
  {
    sentence: 'Maisons whose trail is ahead of its head',
    count: sql<number>`select count(*) from audit_heads h where h.seq <
      (select coalesce(max(e.seq), 0) from audit_entries e where e.maison_id = h.maison_id)`,
  },
] as const;

/** Looks a database through: its version, and whether what it holds fits together. Changes nothing. */
export async function checkDatabase(database: Database): Promise<DatabaseCheck> {
  return await database.read(async (tx) => {
    const one = async (query: (typeof contradictions)[number]['count']): Promise<number> => {
      const { rows } = await sql<{ n: number }>`select (${query}) as n`.execute(tx);
      return rows[0]?.n ?? 0;
    };
    const faults: string[] = [];
    if (database.kind === 'sqlite') {
      const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(tx);
      const found = rows[0]?.integrity_check;
      if (found !== 'ok') faults.push(`the file is damaged: ${found}`);
      const { rows: orphans } = await sql`pragma foreign_key_check`.execute(tx);
      if (orphans.length > 0) faults.push(`${orphans.length} rows lead to others that are not there`);
    }
    const schemaVersion = await one(sql<number>`select max(version) from schema_migrations`);
    if (schemaVersion !== newestVersion) faults.push(`its version is ${schemaVersion}, not ${newestVersion}`);
    for (const { sentence, count } of contradictions) {
      const found = await one(count);
      if (found > 0) faults.push(`${found} ${sentence}`);
    }
    return {
      schemaVersion,
      devices: await one(sql<number>`select count(*) from devices where revoked_at_ms is null`),
      levels: await one(sql<number>`select count(*) from stock_levels`),
      sessions: await one(sql<number>`select count(*) from sessions`),
      activeHolds: await one(sql<number>`select count(*) from holds where state = 'active'`),
      faults,
    };
  });
}
