import { sql, type RawBuilder } from 'kysely';
import { houseWide } from '../../../server/core/scope.ts';
import type { Database } from '../../../server/persistence/database.ts';
import { walls } from '../../../server/persistence/walls.ts';
import { tableNames, walledTables, type TableName } from './planted-maisons.ts';

function ofMaison(table: TableName, maisonId: string): RawBuilder<unknown> {
  const wall = walls[table];
  if (wall.by === 'column') return sql`${sql.ref(wall.column)} = ${maisonId}`;
  if (wall.by !== 'through') return sql`1 = 1`;
  const behind = ofMaison(wall.table, maisonId);
  return sql`${sql.ref(wall.column)} in (select id from ${sql.table(wall.table)} where ${behind})`;
}

/** All that a Maison has in the database, as one text for each table: equal texts are equal byte for byte. */
export async function rowsOf(database: Database, maisonId: string): Promise<Record<string, string>> {
  return await houseWide('a test looks at a whole Maison', async () => {
    const texts: Record<string, string> = {};
    for (const table of tableNames.filter((name) => walledTables.includes(name))) {
      const query = sql`select * from ${sql.table(table)} where ${ofMaison(table, maisonId)}`;
      const { rows } = await query.execute(database.db);
      texts[table] = rows
        .map((row) => JSON.stringify(row))
        .toSorted()
        .join('\n');
    }
    return texts;
  });
}
