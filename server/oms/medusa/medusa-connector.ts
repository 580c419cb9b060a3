import type { Sku, StoreId } from '../../../protocol/index.ts';
import {
  HouseConnector,
  unsupported,
  type AttributeOutcome,
  type ClientOutcome,
  type ClientReference,
  type CommitOutcome,
  type ConsentOutcome,
  type ConsentRecord,
  type DraftOutcome,
  type ExtendOutcome,
  type HoldAsk,
  type HoldCommit,
  type HoldExtension,
  type HoldOutcome,
  type HoldRelease,
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
  type ReleaseOutcome,
  type UpdateOutcome,
} from '../../../protocol/connector/index.ts';
import type { Clock } from '../../core/clock.ts';
import type { HintFeed } from '../hint-feed.ts';
import type { CallerDeps } from '../http-caller.ts';
import type { IdMapping } from '../id-mapping.ts';
import { Turns } from '../turns.ts';
import { MedusaAdmin, type MedusaAdminConfig } from './medusa-admin.ts';
import { findCustomer, recordConsent } from './medusa-customers.ts';
import { MedusaHolds } from './medusa-holds.ts';
import { MedusaOrders, type MedusaOrdersConfig } from './medusa-orders.ts';
import { MedusaStock } from './medusa-stock.ts';

export interface MedusaConnectorConfig extends MedusaAdminConfig {
  readonly names: IdMapping;
  /** Filled by webhooks that a subscriber in Medusa sends; null where there is none. */
  readonly feed: HintFeed | null;
  /** Null where the house takes no orders from the kit. */
  readonly orders: MedusaOrdersConfig | null;
}

/** Medusa 2, over its admin API: levels per stock location, native reservations as holds, customers as clients, draft orders. */
export class MedusaConnector extends HouseConnector {
  readonly name = 'medusa';
  readonly capabilities: ReadonlySet<OmsCapability>;
  readonly #feed: HintFeed | null;
  readonly #clock: Clock;
  readonly #admin: MedusaAdmin;
  readonly #stock: MedusaStock;
  readonly #holds: MedusaHolds;
  /** Medusa reads a customer's marks before it writes them: two of one process do not meet in between. */
  readonly #turns = new Turns();
  readonly #orders: MedusaOrders | null;

  constructor({ names, feed, orders, ...admin }: MedusaConnectorConfig, deps: CallerDeps) {
    super();
    const own: OmsCapability[] = ['catalogue', 'holds', 'clients', 'consents'];
    if (feed) own.push('subscribe');
    if (orders) own.push('orders');
    this.capabilities = new Set(own);
    this.#feed = feed;
    this.#clock = deps.clock;
    this.#admin = new MedusaAdmin(admin, deps);
    this.#stock = new MedusaStock(this.#admin, names);
    const parts = { admin: this.#admin, stock: this.#stock, names };
    this.#holds = new MedusaHolds({ ...parts, clock: deps.clock });
    this.#orders = orders && new MedusaOrders({ ...parts, config: orders, holds: this.#holds });
  }

  override async levels(): Promise<OmsReading> {
    await this.#holds.sweep();
    return await this.#stock.levels(this.#clock.nowMs());
  }

  override async level(storeId: StoreId, sku: Sku): Promise<LevelOutcome> {
    const asOfMs = this.#clock.nowMs();
    const found = await this.#stock.find(storeId, sku);
    return found ? { kind: 'read', asOfMs, level: found.level } : { kind: 'unknown-sku' };
  }

  override subscribe(cursor: OmsCursor | null, listener: OmsListener): () => void {
    if (!this.#feed) throw unsupported(this.name, 'subscribe');
    return this.#feed.follow(cursor, listener);
  }

  override async catalogue(): Promise<OmsCatalogue> {
    return { items: await this.#stock.items() };
  }

  override hold(ask: HoldAsk): Promise<HoldOutcome> {
    return this.#holds.place(ask);
  }
  override extendHold(extension: HoldExtension): Promise<ExtendOutcome> {
    return this.#holds.extend(extension);
  }
  override releaseHold({ holdId }: HoldRelease): Promise<ReleaseOutcome> {
    return this.#holds.release(holdId);
  }
  override commitHold({ holdId }: HoldCommit): Promise<CommitOutcome> {
    return this.#holds.commit(holdId);
  }

  override findClient(reference: ClientReference): Promise<ClientOutcome> {
    return findCustomer(this.#admin, reference);
  }
  override recordConsent(record: ConsentRecord): Promise<ConsentOutcome> {
    return this.#turns.take(record.clientId, () => recordConsent(this.#admin, record));
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

  #ordersFor(call: string): MedusaOrders {
    if (!this.#orders) throw unsupported(this.name, call);
    return this.#orders;
  }
}
