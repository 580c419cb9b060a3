import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql, type Dialect } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/persistence/database.ts';
import {
  migrate,
  migrations,
  newestVersion,
  type DatabaseKind,
  type Migration,
} from '../../server/persistence/migration.ts';
import { openPostgres } from '../../server/persistence/postgres.ts';
import { openSqlite } from '../../server/persistence/sqlite.ts';
import type { Tables } from '../../server/persistence/tables.ts';
import { freshSchema, testPostgresUrl, unscoped } from './support/databases.ts';
import { TestServer } from './support/test-server.ts';

/** An empty database, as often as it is opened. */
interface EmptyDatabase {
  readonly kind: DatabaseKind;
  readonly open: () => Promise<Dialect>;
  readonly drop: () => Promise<void>;
}

async function emptySqlite(): Promise<EmptyDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-migrate-'));
  return {
    kind: 'sqlite',
    open: () => openSqlite(join(folder, 'old.sqlite')),
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function emptyPostgres(): Promise<EmptyDatabase> {
  const { url, drop } = await freshSchema(testPostgresUrl ?? '');
  return { kind: 'postgres', open: () => openPostgres(url), drop };
}

const kinds = [
  { name: 'SQLite', empty: emptySqlite },
  ...(testPostgresUrl === null ? [] : [{ name: 'PostgreSQL', empty: emptyPostgres }]),
];

describe.each(kinds)('an older database on $name', ({ empty }) => {
  let store: EmptyDatabase;
  afterEach(async () => {
    await store.drop();
  });

  /** Opens the database as it is; the caller destroys it. */
  const opened = async () => new Kysely<Tables>({ dialect: await store.open() });

  /** A database as version 2 left it, with a boutique, a level, a session and a hold. */
  async function ofVersionTwo() {
    store = await empty();
    const db = await opened();
    await migrate(db, store.kind, 1, migrations.slice(0, 2));
    await db.insertInto('maisons').values({ id: 'norde', name: 'Norde' }).execute();
    const place = { name: 'Le Marais', city: 'Paris', time_zone: 'Europe/Paris', position: 0 };
    await db
      .insertInto('stores')
      .values({ id: 'norde-marais', maison_id: 'norde', locale: 'fr', ...place })
      .execute();
    await db
      .insertInto('stock_levels')
      .values({
        store_id: 'norde-marais',
        sku: 'fjord-51.smoke',
        on_hand: 3,
        promised: 1,
        revision: 41,
        as_of_ms: 1_800_000_000_123,
        source: 'embedded',
      })
      .execute();
    await db
      .insertInto('devices')
      .values({
        id: 'kiosk-1',
        maison_id: 'norde',
        store_id: 'norde-marais',
        role: 'kiosk',
        name: 'Mirror',
        public_key: '{}',
        enrolled_at_ms: 5,
        revoked_at_ms: null,
      })
      .execute();
    await db
      .insertInto('sessions')
      .values({
        id: 'visit-1',
        maison_id: 'norde',
        store_id: 'norde-marais',
        kiosk_id: 'kiosk-1',
        advisor_id: 'noemie-caron',
        head_seq: 1,
        started_at_ms: 7,
        closed_at_ms: null,
      })
      .execute();
    await db
      .insertInto('holds')
      .values({
        id: 'hold-1',
        store_id: 'norde-marais',
        sku: 'fjord-51.smoke',
        session_id: 'visit-1',
        device_id: 'kiosk-1',
        command_id: 'c-1',
        state: 'active',
        created_at_ms: 8,
        expires_at_ms: 9,
        native: 'held',
        oms_hold_id: 'H/1',
      })
      .execute();
    await db.destroy();
  }

  const tables = ['maisons', 'stores', 'stock_levels', 'devices', 'sessions', 'holds'] as const;
  async function rows(db: Kysely<Tables>) {
    return Object.fromEntries(
      await Promise.all(
        tables.map(async (table) => [table, await db.selectFrom(table).selectAll().execute()] as const),
      ),
    );
  }

  it('is brought forward with every row that it held', async () => {
    await ofVersionTwo();
    const old = await opened();
    const before = await rows(old);
    await old.destroy();
    const database = await openDatabase(await store.open(), store.kind, 99, { unscoped });
    const versions = await database.db
      .selectFrom('schema_migrations')
      .selectAll()
      .orderBy('version')
      .execute();
    expect(versions.map(({ version }) => version)).toEqual(migrations.map(({ version }) => version));
    expect(versions.map(({ applied_at_ms }) => applied_at_ms)).toEqual(
      migrations.map(({ version }) => (version <= 2 ? 1 : 99)),
    );
    const after = await rows(database.db);
    for (const table of tables) expect(after[table]).toMatchObject(before[table] ?? []);
    expect(before['holds']).toHaveLength(1);
    await database.close();
  });

  it('takes a step that arrives after one that was numbered later', async () => {
    const late = migrations.find(({ name }) => name === 'together') ?? migrations.at(-2);
    if (!late) throw new Error('no step');
    store = await empty();
    const db = await opened();
    await migrate(
      db,
      store.kind,
      1,
      migrations.filter((step) => step !== late),
    );
    await db.destroy();
    const database = await openDatabase(await store.open(), store.kind, 99, { unscoped });
    const taken = await database.db
      .selectFrom('schema_migrations')
      .select('version')
      .where('applied_at_ms', '=', 99)
      .execute();
    expect(taken).toEqual([{ version: late.version }]);
    await database.close();
  });

  it('stays as it was where a step fails half-way', async () => {
    await ofVersionTwo();
    const failing: Migration = {
      version: newestVersion + 1,
      name: 'failing',
      up: async (db) => {
        await db.schema
          .createTable('half_made')
          .addColumn('id', sql`text`)
          .execute();
        await db.updateTable('stock_levels').set({ on_hand: 0 }).execute();
        await db.insertInto('maisons').values({ id: 'norde', name: 'twice' }).execute();
      },
    };
    const db = await opened();
    const before = await rows(db);
    await expect(migrate(db, store.kind, 99, [...migrations, failing])).rejects.toThrow();
    expect(await rows(db)).toEqual(before);
    const versions = await db.selectFrom('schema_migrations').select('version').orderBy('version').execute();
    expect(versions.map(({ version }) => version)).toEqual([1, 2]);
    await expect(sql`select * from half_made`.execute(db)).rejects.toThrow();
    await db.destroy();
  });

  it('that a newer program wrote is refused in a sentence that says what to do, and stays as it was', async () => {
    await ofVersionTwo();
    const db = await opened();
    const newer = { version: newestVersion + 4, name: 'tomorrow', applied_at_ms: 3 };
    await db.insertInto('schema_migrations').values(newer).execute();
    await db.destroy();
    const attempt = (async () => await openDatabase(await store.open(), store.kind, 99, { unscoped }))();
    await expect(attempt).rejects.toMatchObject({
      code: 'database-newer',
      message: `The database has version ${newestVersion + 4}, and this program knows versions up to ${newestVersion}. Nothing was changed.`,
      advice: expect.stringMatching(/newer program|backup/) as unknown,
    });
  });
});

describe.skipIf(testPostgresUrl === null)(
  'two servers that start at once (skipped without PostgreSQL)',
  () => {
    it('on one empty database both come up, and it is brought forward once', async () => {
      const { url, drop } = await freshSchema(testPostgresUrl ?? '');
      const servers = await Promise.all([1, 2, 3].map(() => TestServer.start({ databaseUrl: url })));
      try {
        for (const server of servers) expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
        const device = await servers[0]?.enrol('kiosk', 'norde-marais');
        device?.moveTo(servers[1]?.url ?? '');
        expect(await device?.connect()).toMatchObject({ identity: { store: { id: 'norde-marais' } } });
      } finally {
        for (const server of servers) await server.stop();
        await drop();
      }
    });
  },
);
