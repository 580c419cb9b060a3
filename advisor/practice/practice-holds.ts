import { ok } from '../../sdk/core/result.ts';
import type { Answer } from '../../protocol/errors.ts';
import type { HoldId, Sku, StoreId } from '../../protocol/ids.ts';
import type { Hold, HoldState } from '../../protocol/stock.ts';
import { practiceSessionId, refused, type PracticeStage, type Plays } from './practice-stage.ts';

const holdLastsMs = 20 * 60_000;

/** Invented pieces that are kept back for the simulated client. */
export class PracticeHolds {
  readonly plays: Plays;
  readonly #stage: PracticeStage;

  constructor(stage: PracticeStage) {
    this.#stage = stage;
    this.plays = {
      'hold.place': ({ sku }) => this.#place(sku),
      'hold.release': ({ holdId }) => this.#end(holdId, 'released'),
    };
  }

  keeps(storeId: StoreId, sku: Sku): boolean {
    return this.#find(storeId, sku) !== undefined;
  }

  /** Ends a hold of the visit because its piece has gone on its way to the sale; false where none is held there. */
  takeOver(storeId: StoreId, sku: Sku): boolean {
    const hold = this.#find(storeId, sku);
    return (
      hold !== undefined && this.#stage.tell({ type: 'hold-ended', holdId: hold.id, state: 'committed' })
    );
  }

  #place(sku: Sku): Answer<{ hold: Hold }> {
    const { store } = this.#stage.house.identity;
    if (!this.#stage.openSession()) return refused('session-ended');
    if (!this.#stage.take(store.id, sku)) return refused('out-of-stock');
    const { nowMs } = this.#stage;
    const hold: Hold = {
      id: this.#stage.nextId('hold'),
      storeId: store.id,
      sku,
      sessionId: practiceSessionId,
      state: 'active',
      createdAtMs: nowMs,
      expiresAtMs: nowMs + holdLastsMs,
    };
    this.#stage.tell({ type: 'hold-placed', hold });
    this.#stage.after(holdLastsMs, () => void this.#end(hold.id, 'expired'));
    return ok({ hold });
  }

  #end(holdId: HoldId, state: HoldState): Answer<{ hold: Hold }> {
    const hold = this.#active().find(({ id }) => id === holdId);
    if (!hold) return refused('hold-ended');
    this.#stage.giveBack(hold.storeId, hold.sku);
    this.#stage.tell({ type: 'hold-ended', holdId, state });
    return ok({ hold: { ...hold, state } });
  }

  #find(storeId: StoreId, sku: Sku): Hold | undefined {
    return this.#active().find((one) => one.storeId === storeId && one.sku === sku);
  }

  #active(): readonly Hold[] {
    return (this.#stage.openSession()?.holds ?? []).filter(({ state }) => state === 'active');
  }
}
