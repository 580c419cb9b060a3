import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';
import { Client } from 'pg';
import { openDatabase, type Database } from '../../../server/persistence/database.ts';
import { openPostgres } from '../../../server/persistence/postgres.ts';
import { openSqlite } from '../../../server/persistence/sqlite.ts';

const nowMs = 1_800_000_000_000;

/** Tests that call repositories by themselves come through no door; a whole `TestServer` gets no such leave. */
export const unscoped = { kind: 'house-wide', why: 'a test of one repository' } as const;

/** A PostgreSQL server for tests: `VITRINE_TEST_POSTGRES`, else the usual place; null where none answers. */
export const testPostgresUrl: string | null = await findPostgres();

async function findPostgres(): Promise<string | null> {
  const url = process.env['VITRINE_TEST_POSTGRES'] ?? 'postgres://root@127.0.0.1:5432/test';
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.end();
    return url;
  } catch {
    return null;
  }
}

/** A schema of its own on the test server, and how to drop it. */
export async function freshSchema(serverUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const schema = `vitrine_${randomBytes(6).toString('hex')}`;
  const run = async (statement: string) => {
    const client = new Client({ connectionString: serverUrl });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await run(`create schema ${schema}`);
  const separator = serverUrl.includes('?') ? '&' : '?';
  return {
    url: `${serverUrl}${separator}options=-csearch_path%3D${schema}`,
    drop: () => run(`drop schema ${schema} cascade`),
  };
}

/** One empty database of the newest version. */
export interface FreshDatabase {
  readonly database: Database;
  readonly drop: () => Promise<void>;
}

async function freshSqlite(): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-db-'));
  const database = await openDatabase(await openSqlite(join(folder, 'test.sqlite')), 'sqlite', nowMs, {
    unscoped,
  });
  return {
    database,
    drop: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freshPostgres(): Promise<FreshDatabase> {
  if (testPostgresUrl === null) return await freshPglite();
  const { url, drop } = await freshSchema(testPostgresUrl);
  const database = await openDatabase(await openPostgres(url), 'postgres', nowMs, { unscoped });
  return {
    database,
    drop: async () => {
      await database.close();
      await drop();
    },
  };
}

/** PostgreSQL in memory, for hosts without a server: the same language, one connection. */
async function freshPglite(): Promise<FreshDatabase> {
  const pglite = await PGlite.create();
  const database = await openDatabase(new PGliteDialect({ pglite }), 'postgres', nowMs, { unscoped });
  return { database, drop: () => database.close() };
}

/** The databases on which every repository must behave alike. */
export const freshDatabases = [
  { name: 'SQLite', fresh: freshSqlite },
  { name: testPostgresUrl === null ? 'PostgreSQL (in memory)' : 'PostgreSQL', fresh: freshPostgres },
] as const;
