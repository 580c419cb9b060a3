import { Kysely, type Dialect, type Transaction } from 'kysely';
import { codeOf } from '../core/server-fault.ts';
import { migrate, type DatabaseKind } from './migration.ts';
import type { Tables } from './tables.ts';

/** A query runner: the database itself or a transaction. */
export type Queries = Kysely<Tables>;

/** Inside one transaction. */
export type Tx = Transaction<Tables>;

/** Tries of one transaction that the database asks to repeat. */
const transactionTries = 6;

/** The one door to the database. */
export interface Database {
  readonly kind: DatabaseKind;
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

/**
 * Brings a database to the newest version and opens its door.
 *
 * @param onQuery told of every statement how long it took, and never what it said
 * @throws {ServerFault} `database-newer`
 */
export async function openDatabase(
  dialect: Dialect,
  kind: DatabaseKind,
  nowMs: number,
  onQuery?: (durationMs: number, failed: boolean) => void,
): Promise<Database> {
  const db = new Kysely<Tables>({
    dialect,
    ...(onQuery && { log: (event) => onQuery(event.queryDurationMillis, event.level === 'error') }),
  });
  try {
    await migrate(db, kind, nowMs);
  } catch (fault) {
    await db.destroy();
    throw fault;
  }
  return {
    kind,
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
