import type { StoreId } from '../../protocol/ids.ts';
import type { StockCatchUp } from '../../protocol/realtime.ts';
import { applyFrame, applySnapshot, type StockFrame, type StockState } from '../../protocol/stock.ts';

/** Asks the server for what was missed since `cursor`; null when no answer came. */
export type ReadStockTail = (storeId: StoreId, cursor: number) => Promise<StockCatchUp | null>;

/**
 * Stock as frames come in: contiguous ones are taken, repeated ones make no difference, and a gap is filled by asking.
 * While a gap is being filled later frames wait for nothing: they are part of the answer, or ask once more.
 */
export class StockFeed {
  readonly #read: ReadStockTail;
  readonly #changed: (stock: StockState) => void;
  #stock: StockState = new Map();
  #generation = 0;
  readonly #reading = new Set<StoreId>();
  readonly #furthest = new Map<StoreId, number>();

  constructor(read: ReadStockTail, changed: (stock: StockState) => void) {
    this.#read = read;
    this.#changed = changed;
  }

  get stock(): StockState {
    return this.#stock;
  }

  /** Last sequence known, by boutique. */
  cursors(): Record<StoreId, number> {
    return Object.fromEntries(Array.from(this.#stock, ([storeId, store]) => [storeId, store.cursor]));
  }

  /** Takes stock that was stored, or none. Reads that are under way are forgotten. */
  reset(stock: StockState): void {
    this.#generation += 1;
    this.#reading.clear();
    this.#furthest.clear();
    this.#set(stock);
  }

  /** A new connection: what the last one was still asking for is in its welcome. */
  welcome(catchUps: readonly StockCatchUp[]): void {
    this.#generation += 1;
    this.#reading.clear();
    this.#furthest.clear();
    for (const catchUp of catchUps) this.#catchUp(catchUp, true);
  }

  /** Takes one frame as it was pushed. */
  frame(frame: StockFrame): void {
    const { state, outcome } = applyFrame(this.#stock, frame);
    if (outcome === 'gap') {
      this.#furthest.set(frame.storeId, Math.max(frame.toSeq, this.#furthest.get(frame.storeId) ?? 0));
      void this.#fill(frame.storeId);
    } else this.#set(state);
  }

  async #fill(storeId: StoreId): Promise<void> {
    if (this.#reading.has(storeId)) return;
    this.#reading.add(storeId);
    const generation = this.#generation;
    const cursor = this.#stock.get(storeId)?.cursor ?? 0;
    const catchUp = await this.#read(storeId, cursor);
    if (generation !== this.#generation) return;
    this.#reading.delete(storeId);
    // Without an answer the line is lost, or refuses: the next frame or the next welcome asks again.
    if (!catchUp) return;
    this.#catchUp(catchUp, false);
    const reached = this.#stock.get(storeId)?.cursor ?? 0;
    const moved = reached > cursor;
    if (moved && reached < (this.#furthest.get(storeId) ?? 0)) await this.#fill(storeId);
  }

  #catchUp(catchUp: StockCatchUp, restart: boolean): void {
    switch (catchUp.kind) {
      case 'tail':
        for (const frame of catchUp.frames) this.#set(applyFrame(this.#stock, frame).state);
        return;
      case 'snapshot': {
        const { snapshot } = catchUp;
        const known = this.#stock.get(snapshot.storeId)?.cursor ?? 0;
        // A server that began anew counts from the start again, so a welcome is believed even where it goes back.
        if (restart || snapshot.seq >= known) this.#set(applySnapshot(this.#stock, snapshot));
      }
    }
  }

  #set(stock: StockState): void {
    if (stock === this.#stock) return;
    this.#stock = stock;
    this.#changed(stock);
  }
}
