import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner, houseWide, inMaison } from '../../server/core/scope.ts';
import { openDatabase, type Database } from '../../server/persistence/database.ts';
import { openPostgres } from '../../server/persistence/postgres.ts';
import { raiseWall } from '../../server/persistence/second-wall.ts';
import { openSqlite } from '../../server/persistence/sqlite.ts';
import { walls } from '../../server/persistence/walls.ts';
import { freshDatabases, freshSchema, testPostgresUrl, type FreshDatabase } from './support/databases.ts';
import {
  insertRow,
  madeUpRow,
  plantMaisons,
  tableNames,
  tablesThere,
  walledTables,
  type TableName,
} from './support/planted-maisons.ts';

const [, { fresh }] = freshDatabases;

/** Everything in a table, with no word about whose it is: the first wall taken away. */
async function everything({ db }: Database, table: TableName): Promise<unknown[]> {
  const { rows } = await sql`select * from ${sql.table(table)}`.execute(db);
  return rows;
}

describe('the second wall', () => {
  let opened: FreshDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await fresh();
    ({ database } = opened);
    await plantMaisons(database, ['aurelle', 'norde']);
  });
  afterAll(async () => {
    await opened.drop();
  });

  it('stands around every table that is there, and each is told whose its rows are', async () => {
    expect(await tablesThere(database.db)).toEqual(tableNames.toSorted());
    const { rows } = await sql<{ name: string }>`
      select t.relname as name from pg_class t join pg_policy p on p.polrelid = t.oid
      where t.relnamespace = current_schema()::regnamespace and t.relrowsecurity and t.relforcerowsecurity
      order by t.relname`.execute(database.db);
    expect(rows.map(({ name }) => name)).toEqual(tableNames.toSorted());
    expect(database.secondWall).toBe('role');
  });

  it('lets few tables stand open, each with its reason', () => {
    const open = tableNames.filter((name) => walls[name].by === 'open');
    expect(open).toEqual(['schema_migrations']);
    for (const wall of Object.values(walls)) {
      if ('reason' in wall) expect(wall.reason.length).toBeGreaterThan(10);
    }
  });

  it.each(walledTables)('shows of %s one Maison’s rows only, whatever the query asks', async (table) => {
    const all = await houseWide('the test', () => everything(database, table));
    expect(all).toHaveLength(2);
    for (const [own, other] of [
      ['aurelle', 'norde'],
      ['norde', 'aurelle'],
    ] as const) {
      const seen = await inMaison(own, () => everything(database, table));
      expect(seen).toHaveLength(1);
      expect(JSON.stringify(seen)).toContain(own);
      expect(JSON.stringify(seen)).not.toContain(other);
    }
    expect(await inMaison('nobody', () => everything(database, table))).toEqual([]);
  });

  it.each(walledTables)('changes of %s one Maison’s rows only, and takes none for another', async (table) => {
    const wall = walls[table];
    const column = wall.by === 'column' || wall.by === 'through' ? wall.column : '';
    const changed = await inMaison('aurelle', () =>
      sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)}`.execute(database.db),
    );
    expect(changed.numAffectedRows).toBe(1n);
    const foreign = await madeUpRow(database.db, table, 'norde', '-2');
    const smuggled = inMaison('aurelle', () => insertRow(database.db, table, foreign));
    await expect(smuggled).rejects.toMatchObject({ code: '42501' });
  });

  it('shows nothing to a connection that was told nothing', async () => {
    await asOwner(() =>
      database.transact(async (tx) => {
        await sql`set local role vitrine_app`.execute(tx);
        await sql`select set_config('vitrine.maison', '', true)`.execute(tx);
        for (const table of walledTables) {
          const { rows } = await sql`select * from ${sql.table(table)}`.execute(tx);
          expect(rows).toEqual([]);
        }
      }),
    );
  });

  it('keeps the server’s own keys from every Maison', async () => {
    await asOwner(() =>
      database.db.insertInto('server_secrets').values({ name: 'token-key', value: 'x' }).execute(),
    );
    expect(await inMaison('norde', () => everything(database, 'server_secrets'))).toEqual([]);
    expect(await houseWide('the test', () => everything(database, 'server_secrets'))).toHaveLength(1);
  });

  it('holds inside a transaction, and for those who share the connections at the same moment', async () => {
    const seenBy = (maisonId: string) =>
      inMaison(maisonId, () =>
        database.read(async (tx) => {
          const { rows } = await sql<{ maison_id: string }>`select maison_id from devices`.execute(tx);
          return rows.map((row) => row.maison_id);
        }),
      );
    const maisons = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 'aurelle' : 'norde'));
    const seen = await Promise.all(maisons.map(seenBy));
    expect(seen).toEqual(maisons.map((maisonId) => [maisonId]));
  });

  it('is mended at the next start where somebody took it down', async () => {
    await asOwner(async () => {
      await sql`drop policy vitrine_wall on offers`.execute(database.db);
      await sql`alter table holds no force row level security`.execute(database.db);
      await sql`revoke select on stores from vitrine_app`.execute(database.db);
      await raiseWall(database.db);
    });
    for (const table of ['offers', 'holds', 'stores'] as const) {
      expect(await inMaison('norde', () => everything(database, table))).toHaveLength(1);
    }
    const { rows } = await sql`
      select 1 from pg_class where relname = 'holds' and relforcerowsecurity
        and relnamespace = current_schema()::regnamespace`.execute(database.db);
    expect(rows).toHaveLength(1);
  });
});

describe('a query', () => {
  it('that runs for nobody is refused, and leaves the one connection free', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-wall-'));
    const database = await openDatabase(await openSqlite(join(folder, 'wall.sqlite')), 'sqlite', 1);
    await expect(everything(database, 'maisons')).rejects.toMatchObject({ code: 'scope-missing' });
    await expect(database.transact(async () => 'never')).rejects.toMatchObject({ code: 'scope-missing' });
    expect(await inMaison('norde', () => everything(database, 'maisons'))).toEqual([]);
    await database.close();
    await rm(folder, { recursive: true });
  });
});

describe.skipIf(testPostgresUrl === null)('a login that is no superuser (skipped without a server)', () => {
  const url = new URL(testPostgresUrl ?? 'postgres://nowhere');
  const admin = async (statement: string) => {
    const client = new Client({ connectionString: url.href });
    await client.connect();
    await client.query(statement);
    await client.end();
  };

  /** A schema owned by a new login with these rights. */
  async function asLogin(rights: string, work: (loginUrl: string) => Promise<void>): Promise<void> {
    const login = `vitrine_test_${randomBytes(6).toString('hex')}`;
    const password = randomBytes(12).toString('hex');
    const schema = await freshSchema(url.href);
    const name = new URL(schema.url).searchParams.get('options')?.split('=')[1] ?? '';
    await admin(`create role ${login} login ${rights} password '${password}'`);
    await admin(`alter schema ${name} owner to ${login}`);
    const loginUrl = new URL(schema.url);
    loginUrl.username = login;
    loginUrl.password = password;
    try {
      await work(loginUrl.href);
    } finally {
      await schema.drop();
      await admin(`drop owned by ${login}; drop role ${login}`);
    }
  }

  it('is bound by the wall itself where it may not have the role', async () => {
    await asLogin('nosuperuser nocreaterole', async (loginUrl) => {
      const opened = await openDatabase(await openPostgres(loginUrl), 'postgres', 1);
      expect(opened.secondWall).toBe('owner-bound');
      for (const id of ['aurelle', 'norde']) {
        await inMaison(id, () => opened.db.insertInto('maisons').values({ id, name: id }).execute());
      }
      expect(await inMaison('norde', () => everything(opened, 'maisons'))).toEqual([
        { id: 'norde', name: 'norde' },
      ]);
      await opened.close();
      const again = await openDatabase(await openPostgres(loginUrl), 'postgres', 2);
      expect(await houseWide('the test', () => everything(again, 'maisons'))).toHaveLength(2);
      await again.close();
    });
  });

  it('is given the role where it may create roles', async () => {
    await asLogin('nosuperuser createrole', async (loginUrl) => {
      const opened = await openDatabase(await openPostgres(loginUrl), 'postgres', 1);
      expect(opened.secondWall).toBe('role');
      await opened.close();
    });
  });

  it('is refused where it passes every wall and may not have the role', async () => {
    await asLogin('nosuperuser nocreaterole bypassrls', async (loginUrl) => {
      const opening = openDatabase(await openPostgres(loginUrl), 'postgres', 1);
      await expect(opening).rejects.toMatchObject({
        code: 'database-unwalled',
        advice: expect.stringContaining('grant vitrine_app') as unknown,
      });
    });
  });
});
