import type { AuditAction, AuditActor, AuditEntry, MaisonId, StoreId } from '../../protocol/index.ts';
import type { Clock } from '../core/clock.ts';
import type { Database, Tx } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';

/** What there is to write: the log adds its number and the time. */
export interface AuditNote {
  readonly maisonId: MaisonId;
  readonly storeId?: StoreId | null;
  readonly actor: AuditActor;
  readonly action: AuditAction;
  readonly subject?: string | null;
  readonly reason?: string | null;
}

/** Most lines of one reading. */
const mostLines = 200;

/** The trail of each Maison: written in the transaction of the deed, never changed, read newest first. */
export class AuditLog {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Writes a line beside the deed it tells of: both are committed, or neither is. */
  async note(tx: Tx, note: AuditNote): Promise<void> {
    const head = await tx
      .insertInto('audit_heads')
      .values({ maison_id: note.maisonId, seq: 1 })
      .onConflict((conflict) =>
        conflict.column('maison_id').doUpdateSet((builder) => ({ seq: builder('audit_heads.seq', '+', 1) })),
      )
      .returning('seq')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('audit_entries')
      .values({
        maison_id: note.maisonId,
        seq: head.seq,
        store_id: note.storeId ?? null,
        at_ms: this.#clock.nowMs(),
        actor_kind: note.actor.kind,
        actor_id: note.actor.id,
        action: note.action,
        subject: note.subject ?? null,
        reason: note.reason ?? null,
      })
      .execute();
  }

  /** A Maison's lines before `beforeSeq` (the newest where none is given), newest first, at most 200. */
  async read(maisonId: MaisonId, beforeSeq: number | null = null, limit = mostLines): Promise<AuditEntry[]> {
    const all = this.#database.db.selectFrom('audit_entries').selectAll().where('maison_id', '=', maisonId);
    const asked = beforeSeq === null ? all : all.where('seq', '<', beforeSeq);
    const rows = await asked.orderBy('seq', 'desc').limit(Math.min(limit, mostLines)).execute();
    return rows.map(asEntry);
  }

  /** Forgets the lines of a Maison that are older than it keeps them; their numbers are never given again. */
  async prune(maisonId: MaisonId, beforeMs: number): Promise<void> {
    await this.#database.db
      .deleteFrom('audit_entries')
      .where('maison_id', '=', maisonId)
      .where('at_ms', '<', beforeMs)
      .execute();
  }
}

/** A row of the trail as it is told. */
export function asEntry(row: Tables['audit_entries']): AuditEntry {
  return {
    seq: row.seq,
    maisonId: row.maison_id,
    storeId: row.store_id,
    atMs: row.at_ms,
    actor: { kind: row.actor_kind, id: row.actor_id },
    action: row.action,
    subject: row.subject,
    reason: row.reason,
  };
}
