import type { MaisonId, StockFeed } from '../../protocol/index.ts';
import {
  isPassing,
  OmsFault,
  type OmsConnector,
  type OmsCursor,
  type OmsHint,
} from '../../protocol/connector/index.ts';
import type { Background } from '../core/background.ts';
import { backoffMs } from '../core/backoff.ts';
import type { CancelTimer, Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import { inMaison, leavingScope } from '../core/scope.ts';
import type { Houses } from '../houses/houses.ts';
import type { Database } from '../persistence/database.ts';
import { checkPiece } from './asked-piece.ts';
import type { StockBook } from './stock-book.ts';

/** Hints waiting above this are not worth reading one by one. */
const mostHints = 500;

const steps = { firstMs: 1_000, longestMs: 60_000 };

/** What a watch needs. */
export interface StockWatchDeps {
  readonly maisonId: MaisonId;
  readonly connector: OmsConnector;
  readonly book: StockBook;
  readonly houses: Houses;
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly background: Background;
  /** Called when the OMS answers again after it did not. */
  readonly onUp: () => void;
}

/**
 * Keeps one Maison's levels true: reads again what is hinted at, and everything at the start, on a schedule, after a gap and
 * after an outage. One reading at a time, in one place, so that nothing is read twice for ten hints.
 */
export class StockWatch {
  readonly #deps: StockWatchDeps;
  readonly #hints = new Map<string, OmsHint>();
  #readsWhole = true;
  #running: Promise<void> | null = null;
  #told: OmsCursor | null = null;
  #saved: OmsCursor | null = null;
  #failures = 0;
  #downSinceMs: number | null = null;
  #fault: string | null = null;
  #wholeAsOfMs: number | null = null;
  #retry: CancelTimer | null = null;
  #stop: (() => void) | null = null;

  constructor(deps: StockWatchDeps) {
    this.#deps = deps;
  }

  /** Follows the OMS from where it was followed last, and reads everything once; an OMS that is down is waited for. */
  async start(): Promise<void> {
    await this.#inOwnMaison(() => this.#start());
  }

  /** Whoever woke it, the operator or a webhook: it works for its one Maison. */
  #inOwnMaison<Value>(work: () => Value): Value {
    return leavingScope(() => inMaison(this.#deps.maisonId, work));
  }

  async #start(): Promise<void> {
    const { connector, database, maisonId } = this.#deps;
    if (connector.capabilities.has('subscribe')) {
      const row = await database.db
        .selectFrom('oms_cursors')
        .selectAll()
        .where('maison_id', '=', maisonId)
        .executeTakeFirst();
      this.#saved = row?.source === connector.name ? row.cursor : null;
      this.#stop = connector.subscribe(this.#saved, {
        hint: (hint, cursor) => {
          this.#told = cursor;
          this.hint(hint);
        },
        gap: (cursor) => {
          this.#told = cursor;
          this.#readsWhole = true;
          this.#wake();
        },
      });
    }
    await this.reconcile();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
    this.#retry?.();
  }

  /** Something may have changed there. */
  hint(hint: OmsHint): void {
    if (this.#hints.size >= mostHints) {
      this.#hints.clear();
      this.#readsWhole = true;
    }
    if (!this.#readsWhole) this.#hints.set(`${hint.storeId} ${hint.sku}`, hint);
    // While it is down the whole is read anyway, when it is up again.
    if (this.#downSinceMs === null) this.#wake();
  }

  /** Reads everything now; resolves when that was tried. */
  async reconcile(): Promise<void> {
    this.#readsWhole = true;
    await this.#work();
  }

  /** How the feed fares, for people who look after it. */
  feed(): StockFeed {
    const state = this.#downSinceMs !== null ? 'down' : this.#wholeAsOfMs === null ? 'reading' : 'up';
    return {
      maisonId: this.#deps.maisonId,
      source: this.#deps.connector.name,
      state,
      wholeAsOfMs: this.#wholeAsOfMs,
      downSinceMs: this.#downSinceMs,
      fault: this.#fault,
    };
  }

  #wake(): void {
    this.#deps.background.run('stock-watch', () => this.#work(), 'a-house');
  }

  /** Works until nothing is left to read. Whoever comes while it works waits for that, and then for what they brought. */
  async #work(): Promise<void> {
    while (this.#running) await this.#running;
    if (!this.#readsWhole && this.#hints.size === 0) return;
    this.#running = this.#inOwnMaison(() => this.#readAll()).finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#readsWhole || this.#hints.size > 0) {
        const told = this.#told;
        if (this.#readsWhole) await this.#readWhole();
        else await this.#readHinted();
        this.#up();
        if (!this.#hasMore() && told !== null && told === this.#told) await this.#save(told);
      }
    } catch (fault) {
      // Whatever went wrong is this Maison's alone: it neither ends the start nor this watch.
      if (!(fault instanceof OmsFault)) this.#deps.background.report('stock-watch', fault);
      this.#down(fault);
    }
  }

  #hasMore(): boolean {
    return this.#readsWhole || this.#hints.size > 0;
  }

  async #readWhole(): Promise<void> {
    const { connector, book, houses, maisonId } = this.#deps;
    this.#readsWhole = false;
    // What is hinted at from here on may be newer than the reading.
    this.#hints.clear();
    try {
      const reading = await connector.levels();
      const stores = await houses.stores(maisonId);
      await book.applyWhole(reading, connector.name, new Set(stores.map(({ id }) => id)));
      this.#wholeAsOfMs = reading.asOfMs;
    } catch (fault) {
      this.#readsWhole = true;
      throw fault;
    }
  }

  /** Reads one piece now, beside whatever is being read; whether that went well. Where it did not, it is read with the others. */
  async readNow(hint: OmsHint): Promise<boolean> {
    try {
      await this.#inOwnMaison(() => this.#readOne(hint));
      return true;
    } catch (fault) {
      if (!(fault instanceof OmsFault)) this.#deps.background.report('stock-watch', fault);
      this.hint(hint);
      return false;
    }
  }

  async #readOne({ storeId, sku }: OmsHint): Promise<void> {
    const { connector, book, houses, maisonId, clock } = this.#deps;
    if (!(await houses.store(maisonId, storeId))) return;
    const askedAtMs = clock.nowMs();
    const outcome = await connector.level(storeId, sku);
    if (outcome.kind === 'unknown-sku') return await book.remove({ storeId, sku }, askedAtMs, connector.name);
    checkPiece({ storeId, sku }, outcome.level);
    const reading = { asOfMs: outcome.asOfMs, levels: [outcome.level] };
    await book.apply(reading, connector.name, new Set([storeId]));
  }

  async #readHinted(): Promise<void> {
    for (const [key, hint] of Array.from(this.#hints)) {
      this.#hints.delete(key);
      try {
        await this.#readOne(hint);
      } catch (fault) {
        this.#readsWhole = true;
        throw fault;
      }
    }
  }

  #up(): void {
    const wasDown = this.#downSinceMs !== null;
    this.#failures = 0;
    this.#downSinceMs = null;
    this.#fault = null;
    this.#retry?.();
    this.#retry = null;
    if (wasDown) this.#deps.onUp();
  }

  #down(fault: unknown): void {
    const { clock, random, background } = this.#deps;
    this.#failures += 1;
    this.#downSinceMs ??= clock.nowMs();
    this.#fault =
      fault instanceof OmsFault
        ? `${fault.code}: ${fault.message}`
        : 'internal: The reading failed here; the server’s log says why.';
    const asked = isPassing(fault) ? (fault.retryAfterMs ?? 0) : 0;
    const waitMs = Math.max(asked, backoffMs(this.#failures, steps, random));
    this.#retry?.();
    this.#retry = background.after('stock-watch', waitMs, () => this.#work(), 'a-house');
  }

  async #save(cursor: OmsCursor): Promise<void> {
    if (cursor === this.#saved) return;
    const values = { source: this.#deps.connector.name, cursor };
    await this.#deps.database.db
      .insertInto('oms_cursors')
      .values({ maison_id: this.#deps.maisonId, ...values })
      .onConflict((conflict) => conflict.column('maison_id').doUpdateSet(values))
      .execute();
    this.#saved = cursor;
  }
}
