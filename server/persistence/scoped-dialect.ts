import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import { presentScope, ScopeFault, type Scope } from '../core/scope.ts';
import { isUndoneAnyway } from './database-away.ts';

/** The value of `vitrine.maison` that stands for every Maison. No Maison's id has a star. */
export const everyMaison = '*';

/** What a connection is told before it is used. */
export interface WallSetting {
  /** `vitrine.maison`: an id, a star, or nothing, which sees no row. */
  readonly maison: string;
  /** Whether the role without rights of its own is taken on, or that of the login stays. */
  readonly isOwner: boolean;
}

/** How connections carry their scope. */
export interface WallGuard {
  /** Told before the first use, and whenever it is another than the last; null where the database has no second wall. */
  readonly tell: ((connection: DatabaseConnection, setting: WallSetting) => Promise<void>) | null;
  /** The scope of a query for which nobody opened one; null refuses it. */
  readonly unscoped: Scope | null;
}

/** A dialect each of whose connections knows for whom it is used; without a scope there is no query at all. */
export class ScopedDialect implements Dialect {
  readonly #inner: Dialect;
  readonly #guard: () => WallGuard;

  constructor(inner: Dialect, guard: () => WallGuard) {
    this.#inner = inner;
    this.#guard = guard;
  }

  createDriver(): Driver {
    return new ScopedDriver(this.#inner.createDriver(), this.#guard);
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

function settingOf(scope: Scope): WallSetting {
  if (scope.kind === 'maison') return { maison: scope.maisonId, isOwner: false };
  return { maison: everyMaison, isOwner: scope.kind === 'owner' };
}

class ScopedDriver implements Driver {
  readonly #inner: Driver;
  readonly #guard: () => WallGuard;
  /** What each connection was told last. Nobody uses one without passing here, so it is told only what changes. */
  readonly #told = new WeakMap<DatabaseConnection, string>();

  constructor(inner: Driver, guard: () => WallGuard) {
    this.#inner = inner;
    this.#guard = guard;
  }

  async init(): Promise<void> {
    await this.#inner.init();
  }

  /** A refusal is a connection that refuses: thrown from here, it would leave a single connection locked for ever. */
  async acquireConnection(): Promise<DatabaseConnection> {
    const { tell, unscoped } = this.#guard();
    const scope = presentScope() ?? unscoped;
    if (!scope) {
      const sentence =
        'A query ran for nobody: wrap its work in inMaison(…), or in houseWide(…) with a reason.';
      return new RefusingConnection(new ScopeFault('scope-missing', sentence));
    }
    const connection = await this.#inner.acquireConnection();
    if (!tell) return connection;
    const setting = settingOf(scope);
    const key = `${setting.isOwner ? 'owner' : 'app'} ${setting.maison}`;
    if (this.#told.get(connection) === key) return connection;
    try {
      this.#told.delete(connection);
      await tell(connection, setting);
      this.#told.set(connection, key);
      return connection;
    } catch (fault) {
      await this.#inner.releaseConnection(connection);
      return new RefusingConnection(fault);
    }
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (connection instanceof RefusingConnection) throw connection.fault;
    await this.#inner.beginTransaction(connection, settings);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#inner.commitTransaction(connection);
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof RefusingConnection) return;
    try {
      await this.#inner.rollbackTransaction(connection);
    } catch (fault) {
      // Thrown from here, it would hide why the work failed, which says whether it may be tried again.
      if (!isUndoneAnyway(fault)) throw fault;
    }
  }

  async savepoint(...given: Parameters<NonNullable<Driver['savepoint']>>): Promise<void> {
    await this.#inner.savepoint?.(...given);
  }

  async rollbackToSavepoint(...given: Parameters<NonNullable<Driver['rollbackToSavepoint']>>): Promise<void> {
    await this.#inner.rollbackToSavepoint?.(...given);
  }

  async releaseSavepoint(...given: Parameters<NonNullable<Driver['releaseSavepoint']>>): Promise<void> {
    await this.#inner.releaseSavepoint?.(...given);
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof RefusingConnection) return;
    await this.#inner.releaseConnection(connection);
  }

  async destroy(): Promise<void> {
    await this.#inner.destroy();
  }
}

/** Stands where a connection would, and answers every query with the reason why there is none. */
class RefusingConnection implements DatabaseConnection {
  readonly fault: unknown;

  constructor(fault: unknown) {
    this.fault = fault;
  }

  async executeQuery<Row>(): Promise<QueryResult<Row>> {
    throw this.fault;
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw this.fault;
  }
}

/** Tells a PostgreSQL connection whose rows it sees; `role` null where the login itself is bound by the wall. */
export function tellPostgres(role: string | null): NonNullable<WallGuard['tell']> {
  return async (connection, { maison, isOwner }) => {
    const as = role === null || isOwner ? 'none' : role;
    const text = "select set_config('role', $1, false), set_config('vitrine.maison', $2, false)";
    await connection.executeQuery(CompiledQuery.raw(text, [as, maison]));
  };
}
