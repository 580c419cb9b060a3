import {
  unsupported,
  type ClientOutcome,
  type ClientReference,
  type CommitOutcome,
  type ConsentOutcome,
  type ConsentRecord,
  type ExtendOutcome,
  type HoldAsk,
  type HoldCommit,
  type HoldExtension,
  type HoldOutcome,
  type HoldRelease,
  type OmsCapability,
  type OmsCursor,
  type OmsListener,
  type OmsReading,
  type ReleaseOutcome,
} from '../../../protocol/connector/index.ts';
import type { HintFeed } from '../hint-feed.ts';
import type { CallerDeps } from '../http-caller.ts';
import type { IdMapping } from '../id-mapping.ts';
import { PlatformConnector } from '../platform-connector.ts';
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
export class MedusaConnector extends PlatformConnector {
  readonly name = 'medusa';
  readonly capabilities: ReadonlySet<OmsCapability>;
  readonly #feed: HintFeed | null;
  readonly #admin: MedusaAdmin;
  readonly #holds: MedusaHolds;
  /** Medusa reads a customer's marks before it writes them: two of one process do not meet in between. */
  readonly #turns = new Turns();

  constructor({ names, feed, orders, ...config }: MedusaConnectorConfig, deps: CallerDeps) {
    const { clock } = deps;
    const admin = new MedusaAdmin(config, deps);
    const stock = new MedusaStock(admin, names);
    const holds = new MedusaHolds({ admin, stock, names, clock });
    super({
      clock,
      stock,
      orders: orders && new MedusaOrders({ admin, stock, names, config: orders, holds }),
    });
    const own: OmsCapability[] = ['catalogue', 'holds', 'clients', 'consents'];
    if (feed) own.push('subscribe');
    if (orders) own.push('orders');
    this.capabilities = new Set(own);
    this.#feed = feed;
    this.#admin = admin;
    this.#holds = holds;
  }

  override async levels(): Promise<OmsReading> {
    await this.#holds.sweep();
    return await super.levels();
  }

  override subscribe(cursor: OmsCursor | null, listener: OmsListener): () => void {
    if (!this.#feed) throw unsupported(this.name, 'subscribe');
    return this.#feed.follow(cursor, listener);
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
}
