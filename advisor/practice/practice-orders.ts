import { ok } from '../../sdk/core/result.ts';
import {
  shareOut,
  usualAttributionRule,
  type AttributedLine,
  type SoldLine,
} from '../../protocol/attribution.ts';
import type { Answer } from '../../protocol/errors.ts';
import type { Sku, StoreId } from '../../protocol/ids.ts';
import { findBySku } from '../../protocol/product.ts';
import type { CommandPayload } from '../../protocol/realtime.ts';
import type { SaleLines, SaleOrder } from '../../protocol/sale.ts';
import type { PracticeHolds } from './practice-holds.ts';
import type { PracticePlaces } from './practice-places.ts';
import { practiceSessionId, refused, type PracticeStage, type Plays } from './practice-stage.ts';

/** A placed order, each line with what falls to whom by the rule of a house that has settled none. */
export interface PracticeOrder extends SaleOrder {
  readonly lines: AttributedLine[];
}

/** The order of a rehearsal: prepared and placed in no system, and named so that nobody takes it for one. No record is signed. */
export class PracticeOrders {
  readonly plays: Plays;
  readonly #stage: PracticeStage;
  readonly #holds: PracticeHolds;
  readonly #places: PracticePlaces;
  #draft: SaleOrder | null = null;
  #placed: PracticeOrder | null = null;

  constructor(stage: PracticeStage, { holds, places }: { holds: PracticeHolds; places: PracticePlaces }) {
    this.#stage = stage;
    this.#holds = holds;
    this.#places = places;
    this.plays = {
      'order.prepare': ({ lines }) => this.#prepare(lines),
      'order.place': (payload) => this.#place(payload),
    };
  }

  get current(): SaleOrder | null {
    return this.#placed ?? this.#draft;
  }

  /** With what falls to whom; null until it is placed. */
  get placed(): PracticeOrder | null {
    return this.#placed;
  }

  #prepare(lines: SaleLines): Answer<{ order: SaleOrder }> {
    if (!this.#stage.openSession()) return refused('session-ended');
    if (this.#placed) return refused('conflict');
    const sold: SoldLine[] = [];
    for (const { sku, quantity } of lines) {
      const price = findBySku(this.#stage.house.catalogue, sku)?.piece.price;
      if (!price) return refused('unknown-sku');
      sold.push({ sku, quantity, amountMinor: price.amountMinor * quantity, currency: price.currency });
    }
    const order: SaleOrder = {
      id: this.#draft?.id ?? this.#stage.nextId('order'),
      orderId: 'PRACTICE-1',
      state: 'draft',
      revision: (this.#draft?.revision ?? 0) + 1,
      lines: sold,
      record: null,
      changedAtMs: this.#stage.nowMs,
    };
    this.#draft = order;
    return ok({ order });
  }

  /** Once, however often it is touched. */
  #place({
    orderId,
    revision,
    closedBy,
    agreedAssistingPercent,
  }: CommandPayload<'order.place'>): Answer<{ order: SaleOrder }> {
    const { house, colleague, nowMs } = this.#stage;
    const { advisor, identity } = house;
    if (!this.#stage.openSession()) return refused('session-ended');
    if (this.#placed?.id === orderId) return ok({ order: this.#placed });
    const draft = this.#draft;
    if (draft?.id !== orderId) return refused('not-found');
    if (draft.revision !== revision) return refused('conflict');
    const closer = closedBy ?? advisor.id;
    if (![advisor.id, colleague.id].includes(closer)) return refused('not-found');
    const storeId = identity.store.id;
    const hands = {
      maisonId: identity.maisonId,
      sessionId: practiceSessionId,
      mirror: { storeId, deviceId: identity.deviceId },
      agency: null,
      assistedBy: [{ advisorId: advisor.id, storeId }],
      closedBy: [{ advisorId: closer, storeId }],
      agreedAssistingPercent,
    };
    if (!this.#takeAll(storeId, draft.lines)) return refused('out-of-stock');
    const lines = draft.lines.map((line) => ({
      ...line,
      shares: shareOut(line.amountMinor, hands, usualAttributionRule),
    }));
    this.#placed = { ...draft, state: 'placed', revision: revision + 1, lines, changedAtMs: nowMs };
    return ok({ order: this.#placed });
  }

  /** What is held or waits here for the client goes first; nothing is taken where one piece is missing. */
  #takeAll(storeId: StoreId, lines: readonly SoldLine[]): boolean {
    const keeps = (sku: Sku) => this.#holds.keeps(storeId, sku) || this.#places.keeps(storeId, sku);
    if (!lines.every(({ sku }) => keeps(sku) || this.#stage.available(storeId, sku) > 0)) return false;
    for (const { sku } of lines)
      if (!this.#holds.takeOver(storeId, sku) && !this.#places.takeOver(storeId, sku))
        this.#stage.take(storeId, sku);
    return true;
  }
}
