import { refuse, type Refusal } from '../core/answers.ts';
import { codeOf } from '../core/server-fault.ts';

/**
 * What a PostgreSQL server says as it goes, comes, is full or is asked too much, or has become the copy of another: classes 08, 53,
 * 57P and 58, and a write where it only reads.
 */
const postgresStates = /^(08\w{3}|53\w{3}|57P0[1-5]|58\w{3}|25006)$/;

/** Of what PostgreSQL says, what ends a session whatever its state. */
const sessionEnds: ReadonlySet<unknown> = new Set(['FATAL', 'PANIC']);

/** Text with a null character, which PostgreSQL cannot keep. */
const unkeepableText = '22021';

/** What the way to it says. */
const networkCodes =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** SQLite on a disk that is full or fails, or a file that somebody else holds. */
const sqliteCodes = /^SQLITE_(FULL|BUSY|IOERR)/;

/** Sentences of `pg` that carry no code. */
const sentences =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|timeout expired|Client (has encountered a connection error|was closed) and is not queryable)/;

/** A disk that is full, as PostgreSQL and SQLite say it. */
const fullCodes = /^(53100|SQLITE_FULL)$/;

/** From one try to the next. A server that comes back is soon there; room on a disk is made by a person. */
const retryAfterMs = { away: 1_000, full: 5_000 };

/**
 * Whether a fault is the database's absence and not a mistake of ours: nothing was acknowledged, and the same command may
 * be sent again a moment later. Where a commit was under way it may have been done: commands are safe to repeat.
 */
export function isDatabaseAway(fault: unknown): boolean {
  const code = codeOf(fault) ?? '';
  if (isSessionOver(fault) || postgresStates.test(code) || networkCodes.test(code) || sqliteCodes.test(code))
    return true;
  return fault instanceof Error && sentences.test(fault.message);
}

/** PostgreSQL ends the session with such a word, or lets none begin: a database that is being moved, a password that was changed. */
function isSessionOver(fault: unknown): boolean {
  return fault instanceof Error && 'severity' in fault && sessionEnds.has(fault.severity);
}

/** Whether a transaction that could not be rolled back is undone: its connection is gone, or SQLite has undone it on a full disk. */
export function isUndoneAnyway(fault: unknown): boolean {
  return (
    isDatabaseAway(fault) || (fault instanceof Error && fault.message.endsWith('no transaction is active'))
  );
}

/** Whether a fault says that the database's disk is full: reading goes on. */
export function isDatabaseFull(fault: unknown): boolean {
  return fullCodes.test(codeOf(fault) ?? '');
}

/**
 * What a peer is told where the database does not take its work: to send the same again, and when; or that it can never be kept. Null:
 * the fault is ours.
 */
export function databaseRefusal(fault: unknown): Refusal | null {
  if (codeOf(fault) === unkeepableText)
    return refuse('bad-request', 'A text in it holds a null character, which the database cannot keep.');
  if (isDatabaseFull(fault)) {
    return refuse(
      'rate-limited',
      'The disk of the database is full: nothing is written until there is room.',
      {
        retryAfterMs: retryAfterMs.full,
      },
    );
  }
  return isDatabaseAway(fault)
    ? refuse('rate-limited', 'The database does not answer just now.', { retryAfterMs: retryAfterMs.away })
    : null;
}
