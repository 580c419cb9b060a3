import type { EpochMs } from '../../protocol/index.ts';
import type { ErasureMark } from '../clients/erasure-marks.ts';
import type { Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import { readSecrets } from '../devices/secrets.ts';
import type { Database, Tx } from '../persistence/database.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { leaveRuns } from '../sale/leave-runs.ts';
import { appendFacts } from '../sessions/session-log.ts';
import { eraseAdvisorsAgain } from './settle-advisors.ts';
import { endClients, eraseAgain } from './settle-clients.ts';

/**
 * Added to every boutique's sequence. What was counted after the backup was made was told to devices and is forgotten here:
 * the numbers that they know must never be given to something else.
 */
const sequencesSkipped = 1_000_000_000;

/** What was settled. */
export interface Settled {
  readonly sessionsClosed: number;
  readonly boutiques: number;
  /** Clients who were known, and are no more. */
  readonly clientsEnded: number;
  /** Clients who were erased since, and now were erased again; null where no marks of erasures were given. */
  readonly erasedAgain: number | null;
  /** Marks of clients of whom the database holds nothing. */
  readonly erasedUnknown: number;
  /** Advisors who were erased since, and whose erasure begins again. */
  readonly advisorsAgain: number;
  /** From when on the database knows of no erasure; null where it holds nothing at all. */
  readonly unknownSinceMs: EpochMs | null;
}

/**
 * Tells a database that was restored from a backup that time has passed since. Devices come back with what they read after the
 * backup, so every boutique's sequence jumps beyond anything that was told, and they are given a snapshot. Sessions that were open
 * then are over: their clients have gone. Unused enrolment and start codes and sign-ins are taken back, since what became of them is
 * not known. No client is known any more, since what they took back is not known either; whom the marks of erasures name is erased again.
 * Holds keep their end and run out by themselves. All of it happens, or nothing.
 */
export async function settleRestored(
  database: Database,
  clock: Clock,
  backup: {
    readonly createdAtMs: EpochMs | null;
    /** Of erasures since; null where there are none to be had. */
    readonly marks: readonly ErasureMark[] | null;
    readonly random: Random;
  },
): Promise<Settled> {
  const { marks, random } = backup;
  // An erased client's mark is made by the server's own key, in which no Maison's settings have a part.
  const secrets = await readSecrets(database, random, () => 1);
  const audit = new AuditLog(database, clock);
  return await database.transact(async (tx) => {
    const nowMs = clock.nowMs();
    const unknownSinceMs = backup.createdAtMs ?? (await lastNoteMs(tx));
    const boutiques = await skipSequences(tx);
    const sessionsClosed = await closeSessions(tx, nowMs);
    const again =
      marks &&
      (await eraseAgain(tx, { audit, secrets, random, nowMs }, { marks, sinceMs: unknownSinceMs ?? 0 }));
    const advisorsAgain = await eraseAdvisorsAgain(tx, secrets, marks ?? [], nowMs);
    const clientsEnded = await endClients(tx, audit);
    await tx.deleteFrom('enrolments').where('device_id', 'is', null).execute();
    await tx.deleteFrom('sign_ins').execute();
    await tx.deleteFrom('challenges').execute();
    // Which of them was taken back since, a lost one perhaps, is not known: each is made anew after a PIN or the token.
    await tx.deleteFrom('passkeys').execute();
    await tx.deleteFrom('passkey_challenges').execute();
    // One that was used since would open the door a second time.
    await tx.updateTable('advisors').set({ start_code_hash: null, start_code_until_ms: null }).execute();
    await tx.deleteFrom('operator_passkeys').execute();
    await tx.deleteFrom('operator_challenges').execute();
    await tx.deleteFrom('console_sessions').execute();
    const reason =
      backup.createdAtMs === null
        ? 'from a backup'
        : `from the backup of ${new Date(backup.createdAtMs).toISOString()}`;
    for (const { id: maisonId } of await tx.selectFrom('maisons').select('id').orderBy('id').execute()) {
      await audit.note(tx, {
        maisonId,
        actor: { kind: 'operator', id: null },
        action: 'database.restored',
        reason,
      });
    }
    return {
      sessionsClosed,
      boutiques,
      clientsEnded,
      erasedAgain: again && again.erased,
      erasedUnknown: again?.unknown ?? 0,
      advisorsAgain,
      unknownSinceMs,
    };
  });
}

/** The newest line of any trail: so far the database certainly reaches. */
async function lastNoteMs(tx: Tx): Promise<EpochMs | null> {
  const { last } = await tx
    .selectFrom('audit_entries')
    .select(({ fn }) => fn.max<number | null>('at_ms').as('last'))
    .executeTakeFirstOrThrow();
  return last;
}

async function skipSequences(tx: Tx): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('stock_heads')
    .set(({ eb }) => ({
      seq: eb('seq', '+', sequencesSkipped),
      pruned_to_seq: eb('seq', '+', sequencesSkipped),
    }))
    .executeTakeFirst();
  await tx.deleteFrom('stock_log').execute();
  return Number(numUpdatedRows);
}

async function closeSessions(tx: Tx, nowMs: number): Promise<number> {
  const open = await tx.selectFrom('sessions').select('id').where('closed_at_ms', 'is', null).execute();
  for (const { id } of open) {
    await appendFacts(tx, id, 'system', [{ type: 'closed', reason: 'idle' }], nowMs);
    await tx.updateTable('sessions').set({ closed_at_ms: nowMs }).where('id', '=', id).execute();
    await leaveRuns(tx, id, nowMs);
  }
  return open.length;
}
