import type { BoardAdvisor, EpochMs, MaisonId, StoreId } from '../../protocol/index.ts';
import type { Clock } from '../core/clock.ts';
import type { AdvisorRow } from '../houses/advisor-rows.ts';
import { asAdvisor } from '../houses/houses.ts';
import type { Database } from '../persistence/database.ts';

/** Most advisors of one reading; those who left longest ago are the first to be left out. */
const mostShown = 500;

/** Advisors as the console shows them: who there is, and what each can sign in with. */
export class AdvisorBoard {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** A boutique's advisors, by name; those who left come last, the latest first. */
  async ofStore(maisonId: MaisonId, storeId: StoreId): Promise<BoardAdvisor[]> {
    const rows = await this.#database.db
      .selectFrom('advisors')
      .selectAll()
      .where('maison_id', '=', maisonId)
      .where('store_id', '=', storeId)
      .orderBy((order) => order.case().when('left_at_ms', 'is', null).then(0).else(1).end())
      .orderBy('left_at_ms', 'desc')
      .orderBy('name')
      .orderBy('id')
      .limit(mostShown)
      .execute();
    return await this.#asShown(maisonId, rows);
  }

  async one(row: AdvisorRow): Promise<BoardAdvisor> {
    const [shown] = await this.#asShown(row.maison_id, [row]);
    if (!shown) throw new Error(`Advisor ${row.id} could not be shown.`);
    return shown;
  }

  async #asShown(maisonId: MaisonId, rows: readonly AdvisorRow[]): Promise<BoardAdvisor[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const nowMs = this.#clock.nowMs();
    const counts = await this.#database.db
      .selectFrom('passkeys')
      .select(['advisor_id', ({ fn }) => fn.countAll<number | string>().as('count')])
      .where('maison_id', '=', maisonId)
      .where('advisor_id', 'in', ids)
      .groupBy('advisor_id')
      .execute();
    const passkeys = new Map(counts.map((row) => [row.advisor_id, Number(row.count)]));
    const locked = await this.#locked(rows, nowMs);
    return rows.map((row) => ({
      ...asAdvisor(row),
      maisonId,
      storeId: row.store_id,
      hasPin: row.pin_hash !== '',
      passkeys: passkeys.get(row.id) ?? 0,
      startCodeUntilMs: ahead(row.start_code_until_ms, nowMs),
      lockedUntilMs: row.left_at_ms === null ? (locked.get(row.id) ?? null) : null,
      lastSignInAtMs: row.last_sign_in_at_ms,
      leftAtMs: row.left_at_ms,
      erasedAtMs: row.erased_at_ms,
    }));
  }

  /** Until when names are locked in their boutique. */
  async #locked(rows: readonly AdvisorRow[], nowMs: EpochMs): Promise<ReadonlyMap<string, EpochMs>> {
    const locks = await this.#database.db
      .selectFrom('pin_tries')
      .select(['store_id', 'advisor_id', 'locked_until_ms'])
      .where('store_id', 'in', [...new Set(rows.map(({ store_id: storeId }) => storeId))])
      .where('locked_until_ms', '>', nowMs)
      .execute();
    const here = locks.filter((lock) =>
      rows.some(({ id, store_id: storeId }) => id === lock.advisor_id && storeId === lock.store_id),
    );
    return new Map(here.map((lock) => [lock.advisor_id, lock.locked_until_ms]));
  }
}

function ahead(atMs: EpochMs | null, nowMs: EpochMs): EpochMs | null {
  return atMs !== null && atMs > nowMs ? atMs : null;
}
