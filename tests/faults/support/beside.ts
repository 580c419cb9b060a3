import { openDatabase, type Database } from '../../../server/persistence/database.ts';
import { openPostgres } from '../../../server/persistence/postgres.ts';
import { openSqlite } from '../../../server/persistence/sqlite.ts';

/** The suite asks after everybody's rows, as nobody does who serves a device. */
const unscoped = { kind: 'house-wide', why: 'what a fault has left behind' } as const;

/** Opens a server's PostgreSQL beside it, to look at what is there. */
export async function openBesidePostgres(url: string): Promise<Database> {
  return await openDatabase(await openPostgres(url), 'postgres', Date.now(), { unscoped });
}

/** Opens a server's SQLite file beside it, to look at what is there. */
export async function openBesideSqlite(path: string): Promise<Database> {
  return await openDatabase(await openSqlite(path), 'sqlite', Date.now(), { unscoped });
}
