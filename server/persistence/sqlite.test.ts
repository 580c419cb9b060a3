import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { openSqlite } from './sqlite.ts';

describe('a database file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-sqlite-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps nothing of what was deleted or written anew, in the room that it leaves either', async () => {
    const path = join(folder, 'vitrine.sqlite');
    const unscoped = { kind: 'house-wide', why: 'a test' } as const;
    const database = await openDatabase(await openSqlite(path), 'sqlite', 1, { unscoped });
    const { db } = database;
    await db.insertInto('maisons').values({ id: 'norde', name: 'Norde' }).execute();
    for (const id of ['one', 'two', 'three'])
      await db
        .insertInto('oms_orders')
        .values({ maison_id: 'norde', id, revision: 1, body: `THEIR-NAME ${'x'.repeat(600)}` })
        .execute();
    await db.updateTable('oms_orders').set({ body: '{}' }).where('id', '=', 'one').execute();
    await db.deleteFrom('oms_orders').where('id', '!=', 'one').execute();
    await database.close();
    expect(readFileSync(path, 'latin1')).not.toContain('THEIR-NAME');
  });
});
