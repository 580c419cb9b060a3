import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import type { Unit } from './tape.ts';

/** The reference: a bare driver, which says what is on the tape. */
export interface RawStore {
  play(units: readonly Unit[]): Promise<void>;
  /** Rows of a table, to see that both did the same. */
  count(table: 'holds' | 'session_events'): Promise<number>;
  close(): Promise<void>;
}

/** `better-sqlite3` with each statement prepared once, as durable as ours. */
export function openRawSqlite(path: string): RawStore {
  const database = new Sqlite(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  const statements = new Map<string, Sqlite.Statement>();
  const prepared = (sql: string): Sqlite.Statement => {
    const known = statements.get(sql);
    if (known) return known;
    const made = database.prepare(sql);
    statements.set(sql, made);
    return made;
  };
  return {
    play: async (units) => {
      for (const unit of units) {
        for (const { sql, parameters } of unit) {
          const statement = prepared(sql);
          if (statement.reader) statement.all(...parameters);
          else statement.run(...parameters);
        }
      }
    },
    count: async (table) => database.prepare(`select count(*) from ${table}`).pluck().get() as number,
    close: async () => void database.close(),
  };
}

/** One connection of `pg`. */
export async function openRawPostgres(connectionString: string): Promise<RawStore> {
  const client = new Client({ connectionString });
  await client.connect();
  return {
    play: async (units) => {
      for (const unit of units) {
        for (const { sql, parameters } of unit) await client.query(sql, [...parameters]);
      }
    },
    count: async (table) => {
      await client.query(
        `select set_config('role', 'none', false), set_config('vitrine.maison', '*', false)`,
      );
      const { rows } = await client.query<{ count: string }>(`select count(*) from ${table}`);
      return Number(rows[0]?.count);
    },
    close: () => client.end(),
  };
}
