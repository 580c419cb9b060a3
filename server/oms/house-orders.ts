import type { Sku, StoreId } from '../../protocol/index.ts';
import type {
  AttributeOutcome,
  Attribution,
  DraftOutcome,
  OrderAttribution,
  OrderDraft,
  OrderLine,
  OrderPlacement,
  OrderUpdate,
  PlaceOutcome,
  UpdateOutcome,
} from '../../protocol/connector/index.ts';
import { Turns } from './turns.ts';

/**
 * Orders that lie in a platform which reads before it writes: of one process, those who draft under one key, change one order or take from
 * one boutique go one after another.
 */
export abstract class HouseOrders {
  readonly #turns = new Turns();

  draft(draft: OrderDraft): Promise<DraftOutcome> {
    return this.#turns.take(`key ${draft.key}`, () => this.drafted(draft));
  }
  update(update: OrderUpdate): Promise<UpdateOutcome> {
    return this.#turns.take(`order ${update.orderId}`, () => this.updated(update));
  }
  place(placement: OrderPlacement): Promise<PlaceOutcome> {
    return this.#turns.take(`order ${placement.orderId}`, () => this.placed(placement));
  }
  attribute(attribution: OrderAttribution): Promise<AttributeOutcome> {
    return this.#turns.take(`order ${attribution.orderId}`, () => this.attributed(attribution));
  }

  protected abstract drafted(draft: OrderDraft): Promise<DraftOutcome>;
  protected abstract updated(update: OrderUpdate): Promise<UpdateOutcome>;
  protected abstract placed(placement: OrderPlacement): Promise<PlaceOutcome>;
  protected abstract attributed(attribution: OrderAttribution): Promise<AttributeOutcome>;

  /** What placing an order does to the pieces of its boutique. */
  protected taking(storeId: StoreId, work: () => Promise<PlaceOutcome>): Promise<PlaceOutcome> {
    return this.#turns.take(`store ${storeId}`, work);
  }
}

/** The pieces that an order wants, by our SKUs. */
export function wantedOf(lines: readonly OrderLine[]): Map<Sku, number> {
  const sums = new Map<Sku, number>();
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return sums;
}

/** Whether an order is already known to come of this visit and advisor. */
export function isAttributedSo(
  before: Attribution | null,
  { advisorId, sessionId, record }: Attribution,
): boolean {
  return before?.advisorId === advisorId && before.sessionId === sessionId && before.record === record;
}
