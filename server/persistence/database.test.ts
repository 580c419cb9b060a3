import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabases, type FreshDatabase } from '../../tests/server/support/databases.ts';
import { migrate, newestVersion } from './migration.ts';

describe.each(freshDatabases)('a database on $name', ({ fresh }) => {
  let store: FreshDatabase;
  beforeEach(async () => {
    store = await fresh();
  });
  afterEach(async () => {
    await store.drop();
  });

  it('is brought to the newest version once, and stays as it is after that', async () => {
    const { db, kind } = store.database;
    await db.insertInto('maisons').values({ id: 'norde', name: 'Norde' }).execute();
    await migrate(db, kind, 1);
    const versions = await db.selectFrom('schema_migrations').select('version').execute();
    expect(versions.at(-1)?.version).toBe(newestVersion);
    expect(await db.selectFrom('maisons').selectAll().execute()).toHaveLength(1);
  });

  it('of a newer version is refused', async () => {
    const { db, kind } = store.database;
    const newer = { version: newestVersion + 1, name: 'from-the-future', applied_at_ms: 0 };
    await db.insertInto('schema_migrations').values(newer).execute();
    await expect(migrate(db, kind, 1)).rejects.toMatchObject({ code: 'database-newer' });
  });

  it('gives whole numbers back as numbers, and orders ids byte by byte', async () => {
    const { db } = store.database;
    const nowMs = 1_800_000_000_123;
    await db.insertInto('maisons').values({ id: 'm', name: 'M' }).execute();
    for (const id of ['b', 'B', 'a-1', 'a1', 'Z']) {
      const row = { id, maison_id: 'm', name: id, city: '', locale: 'en', time_zone: 'UTC', position: nowMs };
      await db
        .insertInto('stores')
        .values({ ...row, locale: 'en' })
        .execute();
    }
    const rows = await db.selectFrom('stores').select(['id', 'position']).orderBy('id').execute();
    expect(rows.map(({ id }) => id)).toEqual(['B', 'Z', 'a-1', 'a1', 'b']);
    expect(rows[0]?.position).toBe(nowMs);
  });

  it('undoes a transaction that fails, as a whole', async () => {
    const { database } = store;
    const failing = database.transact(async (tx) => {
      await tx.insertInto('maisons').values({ id: 'norde', name: 'Norde' }).execute();
      throw new Error('half-way');
    });
    await expect(failing).rejects.toThrow('half-way');
    expect(await database.db.selectFrom('maisons').selectAll().execute()).toEqual([]);
  });
});
