import type {
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  DialectAdapter,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
  TransactionSettings,
} from 'kysely';
import type { DatabaseKind } from '../../server/persistence/migration.ts';

/** One statement as the database got it. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Everything that was said on one connection from the moment it was taken until it was given back. */
export type Unit = readonly Statement[];

/** Writes down every statement that reaches the database, so that the bare driver can say the very same. */
export class Tape {
  #units: Unit[] = [];

  /** The units given back since this was last asked, in that order. */
  take(): Unit[] {
    const units = this.#units;
    this.#units = [];
    return units;
  }

  keep(unit: Unit): void {
    if (unit.length > 0) this.#units.push(unit);
  }
}

/** A dialect whose every statement is on the tape. */
export class TapedDialect implements Dialect {
  readonly #inner: Dialect;
  readonly #kind: DatabaseKind;
  readonly #tape: Tape;

  constructor(inner: Dialect, kind: DatabaseKind, tape: Tape) {
    this.#inner = inner;
    this.#kind = kind;
    this.#tape = tape;
  }

  createDriver(): Driver {
    return new TapedDriver(this.#inner.createDriver(), this.#kind, this.#tape);
  }

  createQueryCompiler(): QueryCompiler {
    return this.#inner.createQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return this.#inner.createAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return this.#inner.createIntrospector(db);
  }
}

class TapedDriver implements Driver {
  readonly #inner: Driver;
  readonly #kind: DatabaseKind;
  readonly #tape: Tape;
  /** The same wrapper for the same connection: whoever remembers what a connection was told must find it again. */
  readonly #wrappers = new WeakMap<DatabaseConnection, TapedConnection>();

  constructor(inner: Driver, kind: DatabaseKind, tape: Tape) {
    this.#inner = inner;
    this.#kind = kind;
    this.#tape = tape;
  }

  async init(): Promise<void> {
    await this.#inner.init();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await this.#inner.acquireConnection();
    const known = this.#wrappers.get(connection);
    if (known) return known;
    const made = new TapedConnection(connection);
    this.#wrappers.set(connection, made);
    return made;
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const { inner, said } = asTaped(connection);
    said.push({ sql: beginOf(this.#kind, settings), parameters: [] });
    await this.#inner.beginTransaction(inner, settings);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const { inner, said } = asTaped(connection);
    said.push({ sql: 'commit', parameters: [] });
    await this.#inner.commitTransaction(inner);
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const { inner, said } = asTaped(connection);
    said.push({ sql: 'rollback', parameters: [] });
    await this.#inner.rollbackTransaction(inner);
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const taped = asTaped(connection);
    this.#tape.keep(taped.said);
    taped.said = [];
    await this.#inner.releaseConnection(taped.inner);
  }

  async destroy(): Promise<void> {
    await this.#inner.destroy();
  }
}

class TapedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  said: Statement[] = [];

  constructor(inner: DatabaseConnection) {
    this.inner = inner;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    this.said.push({ sql: query.sql, parameters: query.parameters });
    return await this.inner.executeQuery<Row>(query);
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    this.said.push({ sql: query.sql, parameters: query.parameters });
    return this.inner.streamQuery<Row>(query, chunkSize);
  }
}

function asTaped(connection: DatabaseConnection): TapedConnection {
  if (!(connection instanceof TapedConnection)) throw new TypeError('A connection of another driver.');
  return connection;
}

/** As `ImmediateSqliteDriver` and Kysely's PostgreSQL driver say it. */
function beginOf(kind: DatabaseKind, { accessMode, isolationLevel }: TransactionSettings): string {
  if (kind === 'sqlite') return accessMode === 'read only' ? 'begin' : 'begin immediate';
  const parts = [isolationLevel && `isolation level ${isolationLevel}`, accessMode].filter(Boolean);
  return parts.length > 0 ? `start transaction ${parts.join(' ')}` : 'begin';
}
