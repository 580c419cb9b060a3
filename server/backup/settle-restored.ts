import type { Clock } from '../core/clock.ts';
import type { Database, Tx } from '../persistence/database.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { appendFacts } from '../sessions/session-log.ts';

/**
 * Added to every boutique's sequence. What was counted after the backup was made was told to devices and is forgotten here:
 * the numbers that they know must never be given to something else.
 */
const sequencesSkipped = 1_000_000_000;

/** What was settled. */
export interface Settled {
  readonly sessionsClosed: number;
  readonly boutiques: number;
}

/**
 * Tells a database that was restored from a backup that time has passed since. Devices come back with what they read after the
 * backup, so every boutique's sequence jumps beyond anything that was told, and they are given a snapshot. Sessions that were open
 * then are over: their clients have gone. Unused enrolment codes and sign-ins are taken back, since what became of them is not
 * known. Holds keep their end and run out by themselves. All of it happens, or nothing.
 */
export async function settleRestored(
  database: Database,
  clock: Clock,
  backup: { readonly createdAtMs: number | null },
): Promise<Settled> {
  const audit = new AuditLog(database, clock);
  return await database.transact(async (tx) => {
    const boutiques = await skipSequences(tx);
    const sessionsClosed = await closeSessions(tx, clock.nowMs());
    await tx.deleteFrom('enrolments').where('device_id', 'is', null).execute();
    await tx.deleteFrom('sign_ins').execute();
    await tx.deleteFrom('challenges').execute();
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
    return { sessionsClosed, boutiques };
  });
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
  }
  return open.length;
}
