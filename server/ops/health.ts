import type { Background } from '../core/background.ts';
import type { Clock } from '../core/clock.ts';
import type { Database } from '../persistence/database.ts';
import { houseWide } from '../core/scope.ts';
import { isDatabaseFull } from '../persistence/database-away.ts';
import { newestVersion } from '../persistence/migration.ts';

/** Why a process takes no work; `ok` where it does. */
export type Readiness =
  | 'ok'
  | 'starting'
  | 'draining'
  | 'database-unavailable'
  | 'database-full'
  | 'database-newer'
  | 'stock-unread';

/** Whether a process turns; `wedged` names the work that does not come to its end. */
export type Liveness =
  { readonly status: 'ok' } | { readonly status: 'wedged'; readonly work: string; readonly forMs: number };

/** No work of our own behind the scenes takes this long. What waits for a house's system is told by its feed: a restart would not help it. */
const wedgedAfterMs = 15 * 60_000;

/** How long the database may take to write one row. */
const writeMs = 2_000;

/** A look at the database serves whoever asks within this time: the address is open to everybody. */
const lookServesMs = 1_000;

/** Less room on the database's disk than its write-ahead log grows by: what is written next may find none. */
const leastRoomBytes = 4 * 1024 * 1024;

type Look = { readonly atMs: number; readonly found: Promise<Readiness> };

/** Whether this process is alive, and whether work should be sent to it. */
export class Health {
  readonly #database: Database;
  readonly #background: Background;
  readonly #clock: Clock;
  readonly #isStockRead: () => boolean;
  readonly #roomBytes: (() => Promise<number>) | null;
  #phase: 'starting' | 'serving' | 'draining' = 'starting';
  #look: Look | null = null;

  constructor(deps: {
    database: Database;
    background: Background;
    clock: Clock;
    /** Whether the stock that we count ourselves was read. A house's own system may be away: that is told as a number. */
    isStockRead: () => boolean;
    /** Room on the disk of the database; null where that is not this host's affair. */
    roomBytes?: (() => Promise<number>) | null;
  }) {
    this.#database = deps.database;
    this.#background = deps.background;
    this.#clock = deps.clock;
    this.#isStockRead = deps.isStockRead;
    this.#roomBytes = deps.roomBytes ?? null;
  }

  /** The server listens, and everything behind it was started. */
  serve(): void {
    if (this.#phase === 'starting') this.#phase = 'serving';
  }

  /** The server stops: nothing new is to be sent here. */
  drain(): void {
    this.#phase = 'draining';
  }

  liveness(): Liveness {
    const oldest = this.#background.oldestOfOurs();
    if (!oldest || oldest.forMs < wedgedAfterMs) return { status: 'ok' };
    return { status: 'wedged', work: oldest.name, forMs: oldest.forMs };
  }

  async readiness(): Promise<Readiness> {
    if (this.#phase !== 'serving') return this.#phase;
    const nowMs = this.#clock.monotonicMs();
    if (!this.#look || nowMs - this.#look.atMs >= lookServesMs) {
      this.#look = { atMs: nowMs, found: this.#lookAtDatabase() };
    }
    const found = await this.#look.found;
    // It may have begun to stop meanwhile.
    if (this.#phase !== 'serving') return this.#phase;
    if (found !== 'ok') return found;
    return this.#isStockRead() ? 'ok' : 'stock-unread';
  }

  /** Writes a row that is there as it is: a disk that is full and a server that only reads show themselves. */
  async #lookAtDatabase(): Promise<Readiness> {
    let cancel = () => {};
    const late = new Promise<Readiness>((resolve) => {
      cancel = this.#clock.after(writeMs, () => resolve('database-unavailable'));
    });
    const written = houseWide('readiness', async () => {
      // A row that is there finds room where nothing new does.
      if (this.#roomBytes && (await this.#roomBytes()) < leastRoomBytes) return 'database-full' as const;
      return await this.#database.transact(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('schema_migrations')
          .set((row) => ({ applied_at_ms: row.ref('applied_at_ms') }))
          .where('version', '=', newestVersion)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return 'database-unavailable' as const;
        const newer = await tx
          .selectFrom('schema_migrations')
          .select('version')
          .where('version', '>', newestVersion)
          .limit(1)
          .executeTakeFirst();
        return newer ? ('database-newer' as const) : ('ok' as const);
      });
    }).catch((fault: unknown): Readiness => {
      this.#background.report('readiness', fault);
      return isDatabaseFull(fault) ? 'database-full' : 'database-unavailable';
    });
    try {
      return await Promise.race([written, late]);
    } finally {
      cancel();
    }
  }
}
