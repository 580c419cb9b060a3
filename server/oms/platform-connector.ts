import type { EpochMs, Sku, StoreId } from '../../protocol/index.ts';
import {
  HouseConnector,
  unsupported,
  type AttributeOutcome,
  type DraftOutcome,
  type LevelOutcome,
  type OmsCatalogue,
  type OmsItem,
  type OmsLevel,
  type OmsReading,
  type OrderAttribution,
  type OrderDraft,
  type OrderPlacement,
  type OrderUpdate,
  type PlaceOutcome,
  type UpdateOutcome,
} from '../../protocol/connector/index.ts';
import type { Clock } from '../core/clock.ts';
import type { HouseOrders } from './house-orders.ts';

/** The stock of a platform, in our names. */
interface PlatformStock {
  levels(asOfMs: EpochMs): Promise<OmsReading>;
  /** Null where the SKU is not counted in the boutique. */
  find(storeId: StoreId, sku: Sku): Promise<{ readonly level: OmsLevel } | null>;
  items(): Promise<OmsItem[]>;
}

/** A commerce platform that keeps no clock of its own: what it counts is as of our reading, and its orders go through one part. */
export abstract class PlatformConnector extends HouseConnector {
  readonly #clock: Clock;
  readonly #stock: PlatformStock;
  /** Null where the house takes no orders from the kit. */
  readonly #orders: HouseOrders | null;

  constructor(parts: { clock: Clock; stock: PlatformStock; orders: HouseOrders | null }) {
    super();
    this.#clock = parts.clock;
    this.#stock = parts.stock;
    this.#orders = parts.orders;
  }

  override async levels(): Promise<OmsReading> {
    return await this.#stock.levels(this.#clock.nowMs());
  }
  override async level(storeId: StoreId, sku: Sku): Promise<LevelOutcome> {
    const asOfMs = this.#clock.nowMs();
    const found = await this.#stock.find(storeId, sku);
    return found ? { kind: 'read', asOfMs, level: found.level } : { kind: 'unknown-sku' };
  }
  override async catalogue(): Promise<OmsCatalogue> {
    return { items: await this.#stock.items() };
  }

  override async draftOrder(draft: OrderDraft): Promise<DraftOutcome> {
    return await this.#ordersFor('draftOrder').draft(draft);
  }
  override async updateOrder(update: OrderUpdate): Promise<UpdateOutcome> {
    return await this.#ordersFor('updateOrder').update(update);
  }
  override async placeOrder(placement: OrderPlacement): Promise<PlaceOutcome> {
    return await this.#ordersFor('placeOrder').place(placement);
  }
  override async attributeOrder(attribution: OrderAttribution): Promise<AttributeOutcome> {
    return await this.#ordersFor('attributeOrder').attribute(attribution);
  }

  #ordersFor(call: string): HouseOrders {
    if (!this.#orders) throw unsupported(this.name, call);
    return this.#orders;
  }
}
