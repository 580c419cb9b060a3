import type { Answer, HoldId, MaisonId, SessionId, Sku, StoreId } from '../../protocol/index.ts';
import { done } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { newId, type Random } from '../core/random.ts';
import type { HoldBook } from '../holds/hold-book.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { Database } from '../persistence/database.ts';

/** For whom pieces of one boutique are kept. */
interface Keeper {
  readonly maisonId: MaisonId;
  readonly storeId: StoreId;
  readonly sessionId: SessionId;
  readonly deviceId: string;
  /** Whether what the visit keeps there already is what the house is asked for. */
  readonly takesOwn: boolean;
}

/** Longer than a house may take to answer; who asked may have ended meanwhile. */
const keptMs = 15 * 60_000;

/**
 * A house that keeps no holds knows nothing of ours, and would give a piece away that another client was promised. So whatever it is asked
 * for is taken on our own ledger first, as quietly as a piece that waits to be collected.
 */
export class KeptWhileAsked {
  readonly #database: Database;
  readonly #connectors: Connectors;
  readonly #holds: HoldBook;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(deps: {
    database: Database;
    connectors: Connectors;
    holds: HoldBook;
    clock: Clock;
    random: Random;
  }) {
    this.#database = deps.database;
    this.#connectors = deps.connectors;
    this.#holds = deps.holds;
    this.#clock = deps.clock;
    this.#random = deps.random;
  }

  /**
   * Takes what is not kept yet; gives the holds that are new. A refusal where another client keeps the piece. Where nobody does, the
   * house may know better than the level that we have read, and is asked.
   */
  async take(
    keeper: Keeper,
    pieces: readonly { readonly sku: Sku; readonly quantity: number }[],
  ): Promise<Answer<HoldId[]>> {
    if (this.#connectors.of(keeper.maisonId).connector.capabilities.has('holds')) return done([]);
    const { storeId, sessionId, deviceId } = keeper;
    const taken: HoldId[] = [];
    for (const [sku, ofPiece] of Map.groupBy(pieces, (piece) => piece.sku)) {
      const wanted = ofPiece.reduce((sum, { quantity }) => sum + quantity, 0);
      const { own, others } = await this.#heldOf(keeper, sku);
      for (let kept = own; kept < wanted; kept += 1) {
        const held = await this.#holds.take({
          storeId,
          sessionId,
          deviceId,
          sku,
          commandId: newId(this.#random),
          collectUntilMs: this.#clock.nowMs() + keptMs,
        });
        if (held.ok) {
          taken.push(held.value.hold.id);
          continue;
        }
        if (others === 0) break;
        await this.giveBack(storeId, taken);
        return held;
      }
    }
    return done(taken);
  }

  /** The house said no. */
  async giveBack(storeId: StoreId, taken: readonly HoldId[]): Promise<void> {
    await this.#holds.settle(storeId, taken, 'free');
  }

  async #heldOf(
    { storeId, sessionId, takesOwn }: Keeper,
    sku: Sku,
  ): Promise<{ own: number; others: number }> {
    const rows = await this.#database.db
      .selectFrom('holds')
      .select('session_id')
      .where('store_id', '=', storeId)
      .where('sku', '=', sku)
      .where('state', '=', 'active')
      .execute();
    const own = takesOwn ? rows.filter((row) => row.session_id === sessionId).length : 0;
    return { own, others: rows.length - own };
  }
}
