import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Dialect,
  type SqliteDatabase,
  type SqliteDialectConfig,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely';
import { codeOf, ServerFault } from '../core/server-fault.ts';
import { databaseNewer, newestVersion } from './migration.ts';

/** How long a second process (a backup) may keep us waiting, in milliseconds. */
const busyTimeoutMs = 5_000;

/** Distinct statements kept compiled. The program has fewer; the bound is for what the future brings. */
const cachedStatements = 256;

/**
 * Opens a boutique's database file, making it if it is missing. Durable at every commit: such a server loses power.
 *
 * @throws {ServerFault} `database-newer`, `database-unreadable`
 */
export async function openSqlite(path: string): Promise<Dialect> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    if (existsSync(path)) refuseNewer(path);
    const database = new Sqlite(path, { timeout: busyTimeoutMs });
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // Who was erased is not to be read in the room that they left.
    database.pragma('secure_delete = ON');
    await chmod(path, 0o600);
    return new ImmediateSqliteDialect({ database: withStatementCache(database) });
  } catch (fault) {
    if (fault instanceof ServerFault) throw fault;
    throw new ServerFault(
      'database-unreadable',
      `The database file ${path} cannot be opened${codeOf(fault) ? ` (${codeOf(fault)})` : ''}.`,
      'Check that the folder may be written and the file is not damaged, or choose another data folder.',
      { cause: fault },
    );
  }
}

/** Looks before the file is opened for writing, so that a newer program's file stays as it is, byte for byte. */
function refuseNewer(path: string): void {
  const database = new Sqlite(path, { readonly: true, fileMustExist: true });
  try {
    const known = database
      .prepare("select count(*) from sqlite_master where type = 'table' and name = 'schema_migrations'")
      .pluck()
      .get();
    if (known === 0) return;
    const found = database.prepare('select coalesce(max(version), 0) from schema_migrations').pluck().get();
    if (typeof found === 'number' && found > newestVersion) throw databaseNewer(found);
  } finally {
    database.close();
  }
}

/** Takes the write lock when a writing transaction begins: a later upgrade from reader to writer could fail half-way. */
class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver(this.#config);
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    const begin = settings?.accessMode === 'read only' ? 'begin' : 'begin immediate';
    await connection.executeQuery(CompiledQuery.raw(begin));
  }
}

function withStatementCache(database: Sqlite.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => {
      statements.clear();
      database.close();
    },
    prepare: (text) => {
      const known = statements.get(text);
      if (known) return known;
      const statement = database.prepare(text);
      if (statements.size >= cachedStatements) statements.clear();
      statements.set(text, statement);
      return statement;
    },
  };
}
