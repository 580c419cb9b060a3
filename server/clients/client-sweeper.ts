import type { MaisonId, SessionId } from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { Alarm } from '../core/alarm.ts';
import type { Background } from '../core/background.ts';
import type { Clock } from '../core/clock.ts';
import { houseWide, inMaison, leavingScope } from '../core/scope.ts';
import type { Hints } from '../core/hints.ts';
import type { Database } from '../persistence/database.ts';
import { deleteIfBare, lockSession } from './client-rows.ts';
import { forgetVisitNote } from './note-rows.ts';
import type { ErasureMarks } from './erasure-marks.ts';

/** An erasure's end can be asked for as long by the session's screens and the client's phone. */
const erasureKeptMs = 30 * 24 * 3_600_000;

/** Wrong cards are forgotten a day later. */
const triesKeptMs = 24 * 3_600_000;

/** Ends grants when their time comes or their visit does, and forgets whom nothing keeps any more. */
export class ClientSweeper {
  readonly #database: Database;
  readonly #audit: AuditLog;
  readonly #clock: Clock;
  readonly #hints: Hints;
  readonly #background: Background;
  readonly #marks: Pick<ErasureMarks, 'isKept'>;
  readonly #alarm: Alarm;
  #stopHearing: () => void = () => undefined;

  constructor(deps: {
    database: Database;
    audit: AuditLog;
    clock: Clock;
    hints: Hints;
    background: Background;
    marks: Pick<ErasureMarks, 'isKept'>;
  }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#hints = deps.hints;
    this.#background = deps.background;
    this.#marks = deps.marks;
    this.#alarm = new Alarm({
      name: 'client-grants',
      clock: deps.clock,
      background: deps.background,
      work: () => this.endDue(),
      nextDueMs: () => this.#nextEndMs(),
    });
  }

  /** Ends what ran out while the server was down, then waits for the next end and for visits that close. */
  async start(): Promise<void> {
    this.#stopHearing = this.#hints.subscribe((hint) => {
      if (hint.kind !== 'session') return;
      const ended = () => houseWide('a visit that may have ended', () => this.endDue(hint.sessionId));
      leavingScope(() => this.#background.run('client-visit-end', ended));
    });
    await this.#alarm.start();
  }

  stop(): void {
    this.#stopHearing();
  }

  /** Wakes at this time at the latest. */
  endsAt(atMs: number): void {
    this.#alarm.set(atMs);
  }

  /** Ends every grant whose time has come, or whose visit has closed: of one session, or of all. */
  async endDue(sessionId: SessionId | null = null): Promise<void> {
    const nowMs = this.#clock.nowMs();
    if (sessionId === null) await this.#forgetAsks(nowMs);
    let due = this.#database.db
      .selectFrom('client_grants')
      .innerJoin('client_links', 'client_links.id', 'client_grants.link_id')
      .innerJoin('sessions', 'sessions.id', 'client_links.session_id')
      .select(['client_links.session_id', 'client_links.maison_id'])
      .distinct()
      .where((eb) =>
        eb.or([
          eb('client_grants.ends_at_ms', '<=', nowMs),
          eb.and([eb('client_grants.term', '=', 'visit'), eb('sessions.closed_at_ms', '<=', nowMs)]),
        ]),
      );
    if (sessionId !== null) due = due.where('client_links.session_id', '=', sessionId);
    for (const { maison_id: maisonId, session_id: ended } of await due.execute()) {
      await inMaison(maisonId, () => this.#endOf(ended));
    }
  }

  /** A question that nobody answered is over, and the card that went with it is gone. */
  async #forgetAsks(nowMs: number): Promise<void> {
    const { db } = this.#database;
    const over = db.selectFrom('client_asks').select('maison_id').distinct();
    for (const { maison_id: maisonId } of await over.where('expires_at_ms', '<=', nowMs).execute()) {
      const own = db.deleteFrom('client_asks').where('maison_id', '=', maisonId);
      await inMaison(maisonId, () => own.where('expires_at_ms', '<=', nowMs).execute());
    }
  }

  async #endOf(sessionId: SessionId): Promise<void> {
    await this.#database.transact(async (tx) => {
      await lockSession(tx, sessionId);
      const nowMs = this.#clock.nowMs();
      const rows = await tx
        .selectFrom('client_grants')
        .innerJoin('client_links', 'client_links.id', 'client_grants.link_id')
        .innerJoin('sessions', 'sessions.id', 'client_links.session_id')
        .select([
          'client_links.id',
          'client_links.maison_id',
          'client_links.store_id',
          'client_grants.purpose',
          'client_grants.term',
          'client_grants.ends_at_ms',
          'sessions.closed_at_ms',
        ])
        .where('client_links.session_id', '=', sessionId)
        .execute();
      for (const row of rows) {
        const isClosed = row.closed_at_ms !== null && row.closed_at_ms <= nowMs;
        if (row.ends_at_ms > nowMs && !(row.term === 'visit' && isClosed)) continue;
        await tx
          .deleteFrom('client_grants')
          .where('link_id', '=', row.id)
          .where('purpose', '=', row.purpose)
          .execute();
        if (row.purpose === 'remember') await forgetVisitNote(tx, { maisonId: row.maison_id, sessionId });
        await this.#audit.note(tx, {
          maisonId: row.maison_id,
          storeId: row.store_id,
          actor: { kind: 'server', id: null },
          action: 'client.ended',
          subject: row.id,
          reason: row.purpose,
        });
        await deleteIfBare(tx, row.id, nowMs);
      }
    });
    this.#hints.publish({ kind: 'client', sessionId });
  }

  /** Forgets phones, links and erasures that nobody can ask for any more. */
  async prune(): Promise<void> {
    await this.endDue();
    const maisons = await this.#database.db.selectFrom('maisons').select('id').orderBy('id').execute();
    for (const { id } of maisons) await inMaison(id, () => this.#pruneOf(id));
  }

  async #pruneOf(maisonId: MaisonId): Promise<void> {
    const nowMs = this.#clock.nowMs();
    await this.#database.transact(async (tx) => {
      await tx
        .deleteFrom('client_phones')
        .where('maison_id', '=', maisonId)
        .where('expires_at_ms', '<=', nowMs)
        .execute();
      const over = await tx
        .selectFrom('client_links')
        .select('id')
        .where('maison_id', '=', maisonId)
        .where('keep_until_ms', '<=', nowMs)
        .execute();
      for (const { id } of over) await deleteIfBare(tx, id, nowMs);
      const own = tx.selectFrom('sessions').select('id').where('maison_id', '=', maisonId);
      await tx
        .deleteFrom('client_tries')
        .where('session_id', 'in', own)
        .where('last_wrong_at_ms', '<', nowMs - triesKeptMs)
        .execute();
      let erasures = tx
        .deleteFrom('client_erasures')
        .where('maison_id', '=', maisonId)
        .where('state', '=', 'done')
        .where('asked_at_ms', '<', nowMs - erasureKeptMs);
      // One whose mark does not lie beside the backups yet would be undone by the next restore.
      if (this.#marks.isKept) erasures = erasures.where('mark', 'is', null);
      await erasures.execute();
    });
  }

  async #nextEndMs(): Promise<number | null> {
    const { db } = this.#database;
    const grants = await db
      .selectFrom('client_grants')
      .select(({ fn }) => fn.min<number | null>('ends_at_ms').as('next'))
      .executeTakeFirstOrThrow();
    const asks = await db
      .selectFrom('client_asks')
      .select(({ fn }) => fn.min<number | null>('expires_at_ms').as('next'))
      .executeTakeFirstOrThrow();
    const ends = [grants.next, asks.next].filter((end) => end !== null);
    return ends.length > 0 ? Math.min(...ends) : null;
  }
}
