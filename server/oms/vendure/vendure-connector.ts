import {
  unsupported,
  type ClientOutcome,
  type ClientReference,
  type ConsentOutcome,
  type ConsentRecord,
  type OmsCapability,
  type OmsCursor,
  type OmsListener,
} from '../../../protocol/connector/index.ts';
import type { Clock } from '../../core/clock.ts';
import type { CallerDeps } from '../http-caller.ts';
import type { IdMapping } from '../id-mapping.ts';
import { PlatformConnector } from '../platform-connector.ts';
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
export class VendureConnector extends PlatformConnector {
  readonly name = 'vendure';
  readonly capabilities: ReadonlySet<OmsCapability>;
  readonly #clock: Clock;
  readonly #pollMs: number;
  readonly #hasCards: boolean;
  readonly #customers: VendureCustomers;

  constructor(config: VendureConnectorConfig, deps: CallerDeps) {
    const { baseUrl, apiKey, names, pollMs, cardField, gtinField, orders } = config;
    const { clock } = deps;
    const admin = new VendureAdmin(baseUrl, deps);
    const key: VendureKey = { apiKey, channelToken: null };
    const stock = new VendureStock({ admin, key, names, gtinField });
    const customers = new VendureCustomers({ admin, key, cardField });
    super({
      clock,
      stock,
      orders: orders && new VendureOrders({ admin, key, config: orders, names, stock, customers }),
    });
    const own: OmsCapability[] = ['catalogue', 'subscribe', 'consents'];
    if (cardField !== null) own.push('clients');
    if (orders) own.push('orders');
    this.capabilities = new Set(own);
    this.#clock = clock;
    this.#pollMs = pollMs;
    this.#hasCards = cardField !== null;
    this.#customers = customers;
  }

  override subscribe(_cursor: OmsCursor | null, listener: OmsListener): () => void {
    return pollLevels({ read: () => this.levels(), clock: this.#clock, everyMs: this.#pollMs }, listener);
  }

  override async findClient(reference: ClientReference): Promise<ClientOutcome> {
    if (!this.#hasCards) throw unsupported(this.name, 'findClient');
    return await this.#customers.find(reference);
  }
  override recordConsent(record: ConsentRecord): Promise<ConsentOutcome> {
    return this.#customers.recordConsent(record);
  }
}
