import type { Sku, StoreId } from '../../../protocol/index.ts';
import {
  HouseConnector,
  unsupported,
  type AttributeOutcome,
  type ClientOutcome,
  type ClientReference,
  type ConsentOutcome,
  type ConsentRecord,
  type DraftOutcome,
  type LevelOutcome,
  type OmsCapability,
  type OmsCatalogue,
  type OmsCursor,
  type OmsListener,
  type OmsReading,
  type OrderAttribution,
  type OrderDraft,
  type OrderPlacement,
  type OrderUpdate,
  type PlaceOutcome,
  type UpdateOutcome,
} from '../../../protocol/connector/index.ts';
import type { Clock } from '../../core/clock.ts';
import type { CallerDeps } from '../http-caller.ts';
import type { IdMapping } from '../id-mapping.ts';
import { VendureAdmin, type VendureKey } from './vendure-admin.ts';
import { VendureCustomers } from './vendure-customers.ts';
import { VendureOrders, type VendureOrdersConfig } from './vendure-orders.ts';
import { pollLevels } from './vendure-poll.ts';
import { VendureStock } from './vendure-stock.ts';

/** How a Maison's Vendure is reached, and what it has been made ready for. */
export interface VendureConnectorConfig {
  /** The Admin API's address. */
  readonly baseUrl: string;
  /** A key of the default channel. */
  readonly apiKey: string;
  readonly names: IdMapping;
  /** How often everything is read to find what has changed, in milliseconds. */
  readonly pollMs: number;
  /** The house's own field on customers for the number on their card; null where it has none. */
  readonly cardField: string | null;
  /** The house's own field on variants for their GTIN. */
  readonly gtinField: string | null;
  /** Null where orders are not taken. */
  readonly orders: VendureOrdersConfig | null;
}

/**
 * Vendure 3, over its Admin API: levels per stock location, customers as clients, orders. It has no reservation beside an order, so
 * holds stay on the kit's own ledger, and it tells nobody of changes, so it is polled.
 */
export class VendureConnector extends HouseConnector {
  readonly name = 'vendure';
  readonly capabilities: ReadonlySet<OmsCapability>;
  readonly #clock: Clock;
  readonly #pollMs: number;
  readonly #hasCards: boolean;
  readonly #stock: VendureStock;
  readonly #customers: VendureCustomers;
  readonly #orders: VendureOrders | null;

  constructor(config: VendureConnectorConfig, deps: CallerDeps) {
    super();
    const { baseUrl, apiKey, names, pollMs, cardField, gtinField, orders } = config;
    const own: OmsCapability[] = ['catalogue', 'subscribe', 'consents'];
    if (cardField !== null) own.push('clients');
    if (orders) own.push('orders');
    this.capabilities = new Set(own);
    this.#clock = deps.clock;
    this.#pollMs = pollMs;
    this.#hasCards = cardField !== null;
    const admin = new VendureAdmin(baseUrl, deps);
    const key: VendureKey = { apiKey, channelToken: null };
    const stock = new VendureStock({ admin, key, names, gtinField });
    const customers = new VendureCustomers({ admin, key, cardField });
    this.#stock = stock;
    this.#customers = customers;
    this.#orders = orders && new VendureOrders({ admin, key, config: orders, names, stock, customers });
  }

  override async levels(): Promise<OmsReading> {
    return await this.#stock.levels(this.#clock.nowMs());
  }

  override async level(storeId: StoreId, sku: Sku): Promise<LevelOutcome> {
    const asOfMs = this.#clock.nowMs();
    const found = await this.#stock.find(storeId, sku);
    return found ? { kind: 'read', asOfMs, level: found.level } : { kind: 'unknown-sku' };
  }

  override subscribe(_cursor: OmsCursor | null, listener: OmsListener): () => void {
    return pollLevels({ read: () => this.levels(), clock: this.#clock, everyMs: this.#pollMs }, listener);
  }

  override async catalogue(): Promise<OmsCatalogue> {
    return { items: await this.#stock.items() };
  }

  override async findClient(reference: ClientReference): Promise<ClientOutcome> {
    if (!this.#hasCards) throw unsupported(this.name, 'findClient');
    return await this.#customers.find(reference);
  }
  override recordConsent(record: ConsentRecord): Promise<ConsentOutcome> {
    return this.#customers.recordConsent(record);
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

  #ordersFor(call: string): VendureOrders {
    if (!this.#orders) throw unsupported(this.name, call);
    return this.#orders;
  }
}
