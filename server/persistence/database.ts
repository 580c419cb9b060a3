import { Kysely, type Dialect, type Transaction } from 'kysely';
import { asOwner, type Scope } from '../core/scope.ts';
import { codeOf } from '../core/server-fault.ts';
import { migrate, type DatabaseKind } from './migration.ts';
import { ScopedDialect, tellPostgres, type WallGuard } from './scoped-dialect.ts';
import { appRole, raiseWall, type SecondWall } from './second-wall.ts';
import type { Tables } from './tables.ts';

/** A query runner: the database itself or a transaction. */
export type Queries = Kysely<Tables>;

/** Inside one transaction. */
export type Tx = Transaction<Tables>;

/** Tries of one transaction that the database asks to repeat. */
const transactionTries = 6;

/** The one door to the database. Every query runs in a scope (`server/core/scope.ts`): without one it is refused. */
export interface Database {
  readonly kind: DatabaseKind;
  /** How the database itself keeps Maisons apart, beside our own queries. */
  readonly secondWall: SecondWall;
  readonly db: Queries;
  /**
   * Runs `work` in one transaction, again from the start where the database asks for it (a serialisation failure or a
   * deadlock): `work` must have no effect outside the transaction.
   */
  transact<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value>;
  /** Runs `work`, which only reads, on one moment of the database: writers neither wait for it nor are seen by it. */
  read<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

/** Serialisation failure and deadlock: the transaction did nothing and may be tried again. */
function isRetryable(fault: unknown): boolean {
  const code = codeOf(fault);
  return code === '40001' || code === '40P01';
}

/** How a database is opened. */
export interface DatabaseOptions {
  /** The scope of queries for which nobody opened one; left out, they are refused. */
  readonly unscoped?: Scope | null;
  /** Told of every statement how long it took, and never what it said. */
  readonly onQuery?: (durationMs: number, failed: boolean) => void;
}

/**
 * Brings a database to the newest version, raises its second wall and opens its door.
 *
 * @throws {ServerFault} `database-newer`, `database-unwalled`
 */
export async function openDatabase(
  dialect: Dialect,
  kind: DatabaseKind,
  nowMs: number,
  { unscoped = null, onQuery }: DatabaseOptions = {},
): Promise<Database> {
  let guard: WallGuard = { tell: kind === 'postgres' ? tellPostgres(null) : null, unscoped };
  const db = new Kysely<Tables>({
    dialect: new ScopedDialect(dialect, () => guard),
    ...(onQuery && { log: (event) => onQuery(event.queryDurationMillis, event.level === 'error') }),
  });
  let secondWall: SecondWall = 'none';
  try {
    await migrate(db, kind, nowMs);
    if (kind === 'postgres') secondWall = await asOwner(() => raiseWall(db));
    if (secondWall === 'role') guard = { ...guard, tell: tellPostgres(appRole) };
  } catch (fault) {
    await db.destroy();
    throw fault;
  }
  return {
    kind,
    secondWall,
    db,
    transact: async (work) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await db.transaction().execute(work);
        } catch (fault) {
          if (tries >= transactionTries || !isRetryable(fault)) throw fault;
        }
      }
    },
    read: (work) =>
      db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(work),
    close: () => db.destroy(),
  };
}
