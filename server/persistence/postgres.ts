import { Pool, TypeOverrides } from 'pg';
import { PostgresDialect, type Dialect } from 'kysely';
import { codeOf, ServerFault } from '../core/server-fault.ts';

/** The oid of int8. Epoch milliseconds and counts stay far below 2^53, so a number holds them. */
const int8Oid = 20;

/**
 * A statement without an answer by then is given up: on a network that swallows packets it would wait for good, and a
 * command with it. Far above any statement of ours.
 */
const longestQueryMs = 20_000;

/**
 * Opens a pool on a PostgreSQL server.
 *
 * @param connectionString `postgres://…`; a schema other than `public` by `?options=-csearch_path%3Dname`
 * @param onPool given the pool, to look at and never to use
 * @throws {ServerFault} `database-unreachable`
 */
export async function openPostgres(
  connectionString: string,
  onPool?: (pool: Pool) => void,
): Promise<Dialect> {
  const types = new TypeOverrides();
  types.setTypeParser(int8Oid, Number);
  const pool = new Pool({
    connectionString,
    types,
    max: 10,
    connectionTimeoutMillis: 5_000,
    query_timeout: longestQueryMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // An idle connection that breaks is replaced at the next query; unheard, the event would end the process.
  pool.on('error', () => undefined);
  // One that breaks while it is in use fails its query, which is told there; unheard, this event would end the process too.
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await pool.query('select 1');
  } catch (fault) {
    await pool.end();
    throw new ServerFault(
      'database-unreachable',
      `The PostgreSQL server in DATABASE_URL does not answer${codeOf(fault) ? ` (${codeOf(fault)})` : ''}.`,
      'Check that it runs and that the address, user and database are right; without DATABASE_URL, SQLite is used.',
      { cause: fault },
    );
  }
  onPool?.(pool);
  return new PostgresDialect({ pool });
}
