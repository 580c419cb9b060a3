import { codeOf } from '../core/server-fault.ts';

/** What a PostgreSQL server says as it goes, comes or is full: classes 08 and 57P, and too many connections. */
const postgresStates = /^(08\w{3}|57P0[1-5]|53300)$/;

/** What the way to it says. */
const networkCodes =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** SQLite on a disk that is full, or a file that somebody else holds. */
const sqliteCodes = /^SQLITE_(FULL|BUSY|IOERR)/;

/** Sentences of `pg` that carry no code. */
const sentences =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|timeout expired)/;

/**
 * Whether a fault is the database's absence and not a mistake of ours: nothing was acknowledged, and the same command may
 * be sent again a moment later. Where a commit was under way it may have been done: commands are safe to repeat.
 */
export function isDatabaseAway(fault: unknown): boolean {
  const code = codeOf(fault) ?? '';
  if (postgresStates.test(code) || networkCodes.test(code) || sqliteCodes.test(code)) return true;
  return fault instanceof Error && sentences.test(fault.message);
}
