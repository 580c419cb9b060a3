import type { AuditQuery, AuditReply, MaisonId, NamedAuditEntry } from '../../protocol/index.ts';
import type { Database } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { asEntry } from './audit-log.ts';

/** Lines of one page. */
const linesPerPage = 50;

/** Reads trails for people: of one Maison or of all, the newest first, page by page, devices by their names. */
export class AuditReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async read(maisonId: MaisonId | null, { before, action, store }: AuditQuery): Promise<AuditReply> {
    let query = this.#database.db.selectFrom('audit_entries').selectAll();
    if (maisonId !== null) query = query.where('maison_id', '=', maisonId);
    if (action !== undefined) query = query.where('action', '=', action);
    if (store !== undefined) query = query.where('store_id', '=', store);
    const from = before === undefined ? null : placeOf(before);
    if (from) {
      query = query.where((where) =>
        where.or([
          where('at_ms', '<', from.atMs),
          where.and([where('at_ms', '=', from.atMs), where('maison_id', '>', from.maisonId)]),
          where.and([
            where('at_ms', '=', from.atMs),
            where('maison_id', '=', from.maisonId),
            where('seq', '<', from.seq),
          ]),
        ]),
      );
    }
    const rows = await query
      .orderBy('at_ms', 'desc')
      .orderBy('maison_id')
      .orderBy('seq', 'desc')
      .limit(linesPerPage + 1)
      .execute();
    const page = rows.slice(0, linesPerPage);
    const last = page.at(-1);
    const isMore = rows.length > linesPerPage;
    return {
      entries: await this.#named(page),
      next: isMore && last ? `${last.at_ms}~${last.maison_id}~${last.seq}` : null,
    };
  }

  async #named(rows: readonly Tables['audit_entries'][]): Promise<NamedAuditEntry[]> {
    const ids = rows.flatMap((row) => [
      ...(row.subject === null ? [] : [row.subject]),
      ...(row.actor_kind === 'device' && row.actor_id !== null ? [row.actor_id] : []),
    ]);
    const devices =
      ids.length === 0
        ? []
        : await this.#database.db
            .selectFrom('devices')
            .select(['id', 'maison_id', 'name'])
            .where('id', 'in', Array.from(new Set(ids)))
            .execute();
    // A name is told only in the trail of the device's own Maison.
    const names = new Map(devices.map(({ id, maison_id, name }) => [`${maison_id} ${id}`, name]));
    return rows.map((row) => ({
      ...asEntry(row),
      actorName: names.get(`${row.maison_id} ${row.actor_id}`) ?? null,
      subjectName: names.get(`${row.maison_id} ${row.subject}`) ?? null,
    }));
  }
}

function placeOf(before: string): { atMs: number; maisonId: string; seq: number } {
  const [atMs = '', maisonId = '', seq = ''] = before.split('~');
  return { atMs: Number(atMs), maisonId, seq: Number(seq) };
}
