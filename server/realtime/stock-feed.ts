import type { StockFrame, StoreId } from '../../protocol/index.ts';
import type { Background } from '../core/background.ts';
import type { StockLog } from '../stock/stock-log.ts';

type FeedState = 'waiting' | 'reading' | 'reading-and-hinted';

/**
 * Turns hints about a boutique's stock into frames that follow one another without gap. The first hint opens a short
 * window; when it ends, everything logged by then leaves as one frame with the newest level of each SKU.
 */
export class StockFeed {
  readonly #log: Pick<StockLog, 'heads' | 'framesAfter'>;
  readonly #background: Background;
  readonly #coalesceMs: number;
  readonly #send: (frame: StockFrame) => void;
  readonly #cursors = new Map<StoreId, number>();
  readonly #states = new Map<StoreId, FeedState>();

  constructor(deps: {
    log: Pick<StockLog, 'heads' | 'framesAfter'>;
    background: Background;
    coalesceMs: number;
    send: (frame: StockFrame) => void;
  }) {
    this.#log = deps.log;
    this.#background = deps.background;
    this.#coalesceMs = deps.coalesceMs;
    this.#send = deps.send;
  }

  /** Begins at the present heads: who connects from now on reads what lies before from the log. */
  async start(): Promise<void> {
    for (const [storeId, seq] of await this.#log.heads()) this.#cursors.set(storeId, seq);
  }

  /** Sends what was logged and not hinted at. */
  async catchUp(): Promise<void> {
    for (const [storeId, seq] of await this.#log.heads()) {
      if (seq > (this.#cursors.get(storeId) ?? 0)) this.hint(storeId);
    }
  }

  /** Hears that a boutique's log has grown. */
  hint(storeId: StoreId): void {
    const state = this.#states.get(storeId);
    if (state === undefined) this.#open(storeId);
    else if (state === 'reading') this.#states.set(storeId, 'reading-and-hinted');
  }

  #open(storeId: StoreId): void {
    this.#states.set(storeId, 'waiting');
    this.#background.after('stock-feed', this.#coalesceMs, async () => {
      this.#states.set(storeId, 'reading');
      try {
        await this.#flush(storeId);
      } finally {
        const wasHinted = this.#states.get(storeId) === 'reading-and-hinted';
        this.#states.delete(storeId);
        if (wasHinted) this.#open(storeId);
      }
    });
  }

  async #flush(storeId: StoreId): Promise<void> {
    const frames = await this.#log.framesAfter(storeId, this.#cursors.get(storeId) ?? 0);
    for (const frame of frames) {
      this.#cursors.set(storeId, frame.toSeq);
      this.#send(frame);
    }
  }
}
