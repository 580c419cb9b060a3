import type { EpochMs, MaisonId } from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../core/clock.ts';
import { inMaison } from '../core/scope.ts';
import type { Database } from '../persistence/database.ts';
import type { HouseSettings } from './house-settings.ts';
import type { Houses } from './houses.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Visits forgotten in one transaction: nobody waits long for the lock. */
const visitsAtOnce = 200;

/** Forgets what each Maison no longer keeps, by its own settings. */
export class RetentionDesk {
  readonly #database: Database;
  readonly #houses: Houses;
  readonly #settings: HouseSettings;
  readonly #audit: AuditLog;
  readonly #clock: Clock;

  constructor(deps: {
    database: Database;
    houses: Houses;
    settings: HouseSettings;
    audit: AuditLog;
    clock: Clock;
  }) {
    this.#database = deps.database;
    this.#houses = deps.houses;
    this.#settings = deps.settings;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
  }

  /** Every Maison's turn, each in its own scope. */
  async tidy(): Promise<void> {
    for (const { id } of await this.#houses.maisons()) await inMaison(id, () => this.#tidy(id));
  }

  async #tidy(maisonId: MaisonId): Promise<void> {
    const { sessionDays, auditDays, answerHours } = this.#settings.of(maisonId).retention;
    const nowMs = this.#clock.nowMs();
    while (await this.#forgetVisits(maisonId, nowMs - sessionDays * dayMs));
    await this.#audit.prune(maisonId, nowMs - auditDays * dayMs);
    await this.#database.db
      .deleteFrom('attributions')
      .where('maison_id', '=', maisonId)
      .where('made_at_ms', '<', nowMs - auditDays * dayMs)
      .execute();
    const { db } = this.#database;
    await db
      .deleteFrom('command_answers')
      .where('answered_at_ms', '<', nowMs - answerHours * hourMs)
      .where('device_id', 'in', db.selectFrom('devices').select('id').where('maison_id', '=', maisonId))
      .execute();
  }

  /** Forgets some visits that closed before; whether there may be more. A hold that still keeps a piece keeps its visit. */
  async #forgetVisits(maisonId: MaisonId, beforeMs: EpochMs): Promise<boolean> {
    return await this.#database.transact(async (tx) => {
      const rows = await tx
        .selectFrom('sessions')
        .select('id')
        .where('maison_id', '=', maisonId)
        .where('closed_at_ms', '<', beforeMs)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('holds')
                .select('holds.id')
                .whereRef('holds.session_id', '=', 'sessions.id')
                .where('holds.state', '=', 'active'),
            ),
          ),
        )
        // An appointment to come, or a piece on its way, keeps its visit.
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('sale_steps')
                .select('sale_steps.id')
                .whereRef('sale_steps.session_id', '=', 'sessions.id')
                .where('sale_steps.until_ms', '>', this.#clock.nowMs()),
            ),
          ),
        )
        // Whoever let themselves be known may still withdraw and erase by their phone; the sweeper forgets them in time.
        .where((eb) =>
          eb.not(
            eb.or([
              eb.exists(
                eb.selectFrom('client_links').select('id').whereRef('session_id', '=', 'sessions.id'),
              ),
              eb.exists(
                eb.selectFrom('client_phones').select('hash').whereRef('session_id', '=', 'sessions.id'),
              ),
            ]),
          ),
        )
        .limit(visitsAtOnce)
        .execute();
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0) return false;
      await tx.deleteFrom('session_events').where('session_id', 'in', ids).execute();
      await tx.deleteFrom('holds').where('session_id', 'in', ids).execute();
      await tx.deleteFrom('client_asks').where('session_id', 'in', ids).execute();
      await tx.deleteFrom('sale_steps').where('session_id', 'in', ids).execute();
      await tx.deleteFrom('client_tries').where('session_id', 'in', ids).execute();
      await tx.deleteFrom('sessions').where('maison_id', '=', maisonId).where('id', 'in', ids).execute();
      return ids.length === visitsAtOnce;
    });
  }
}
