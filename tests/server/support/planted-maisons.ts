import { sql } from 'kysely';
import { asOwner } from '../../../server/core/scope.ts';
import type { Database, Queries } from '../../../server/persistence/database.ts';
import type { Tables } from '../../../server/persistence/tables.ts';
import { walls } from '../../../server/persistence/walls.ts';

/** A table of the database. */
export type TableName = keyof Tables;

/** Every table. */
export const tableNames = Object.keys(walls) as TableName[];

/** Tables whose rows belong to a Maison. */
export const walledTables = tableNames.filter((name) => ['column', 'through'].includes(walls[name].by));

/** The tables that there are in a PostgreSQL database, whatever the program knows of them. */
export async function tablesThere(db: Queries): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = current_schema() order by tablename`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}

/** A row of a table for a Maison, made up from the columns: `mark` tells several apart. */
export async function madeUpRow(
  db: Queries,
  table: TableName,
  maisonId: string,
  mark = '',
): Promise<Record<string, string | number>> {
  const { rows: columns } = await sql<{ name: string; type: string }>`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = current_schema() and table_name = ${table} order by ordinal_position`.execute(db);
  const wall = walls[table];
  return Object.fromEntries(
    columns.map(({ name, type }) => {
      if (wall.by === 'column' && name === wall.column) return [name, maisonId];
      if (wall.by === 'through' && name === wall.column) return [name, `${maisonId}-${wall.table}`];
      if (type === 'bigint' || type === 'integer') return [name, mark === '' ? 1 : 2];
      if (type === 'boolean') return [name, 'true'];
      return [name, name === 'id' ? `${maisonId}-${table}${mark}` : `${maisonId}-${name}${mark}`];
    }),
  );
}

/** Writes a row. */
export async function insertRow(db: Queries, table: TableName, row: object): Promise<void> {
  const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
  await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
    db,
  );
}

/** Gives each of two Maisons one row in every table, past all keys and walls. */
export async function plantMaisons(database: Database, maisonIds: readonly string[]): Promise<void> {
  await asOwner(() =>
    database.transact(async (tx) => {
      // Keys between tables are not the matter here.
      await sql`set local session_replication_role = replica`.execute(tx);
      for (const maisonId of maisonIds) {
        for (const table of walledTables) await insertRow(tx, table, await madeUpRow(tx, table, maisonId));
      }
    }),
  );
}
