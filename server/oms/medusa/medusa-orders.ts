import * as z from 'zod/mini';
import type { Sku, StoreId } from '../../../protocol/index.ts';
import {
  OmsFault,
  type AttributeOutcome,
  type DraftOutcome,
  type OmsHold,
  type OmsId,
  type OmsOrder,
  type OrderAttribution,
  type OrderDraft,
  type OrderLine,
  type OrderPlacement,
  type OrderUpdate,
  type PlaceOutcome,
  type UpdateOutcome,
} from '../../../protocol/connector/index.ts';
import { HouseOrders, wantedOf } from '../house-orders.ts';
import type { IdMapping } from '../id-mapping.ts';
import type { AdminRefusal, MedusaAdmin } from './medusa-admin.ts';
import { findCustomer } from './medusa-customers.ts';
import type { MedusaHolds } from './medusa-holds.ts';
import {
  isMedusaOrder,
  keyMark,
  lineMarks,
  newestDrafts,
  OneOrder,
  ordersPath,
  orderFields,
  orderMarks,
  readOrder,
  type RawOrder,
} from './medusa-order-replies.ts';
import type { MedusaStock } from './medusa-stock.ts';

/** What a house has made ready for orders of the kit. */
export interface MedusaOrdersConfig {
  readonly regionId: string;
  /** Each boutique's own sales channel, which has its stock location alone: an order takes its pieces there and nowhere else. */
  readonly salesChannels: Readonly<Record<StoreId, string>>;
}

const AnyReply = z.unknown();

/** Orders as Medusa's draft orders, which become its orders when they are placed; Medusa reserves their pieces then. */
export class MedusaOrders extends HouseOrders {
  readonly #admin: MedusaAdmin;
  readonly #config: MedusaOrdersConfig;
  readonly #names: IdMapping;
  readonly #stock: MedusaStock;
  readonly #holds: MedusaHolds;

  constructor(deps: {
    admin: MedusaAdmin;
    config: MedusaOrdersConfig;
    names: IdMapping;
    stock: MedusaStock;
    holds: MedusaHolds;
  }) {
    super();
    this.#admin = deps.admin;
    this.#config = deps.config;
    this.#names = deps.names;
    this.#stock = deps.stock;
    this.#holds = deps.holds;
  }

  protected override async drafted({ key, storeId, clientId, lines }: OrderDraft): Promise<DraftOutcome> {
    const channelId = this.#config.salesChannels[storeId];
    if (channelId === undefined)
      throw new OmsFault('refused', `No sales channel of Medusa is named for orders of ${storeId}.`);
    const before = await this.#byKey(key, channelId);
    if (!before) {
      if (clientId !== null) {
        const client = await findCustomer(this.#admin, { kind: 'client-id', value: clientId });
        if (client.kind === 'unknown-client') return client;
      }
      const unknown = await this.#unknownSku(storeId, lines);
      if (unknown !== null) return { kind: 'unknown-sku', sku: unknown };
      const made = {
        region_id: this.#config.regionId,
        sales_channel_id: channelId,
        no_notification_order: true,
        metadata: orderMarks(key, storeId),
        ...(clientId !== null && { customer_id: clientId }),
      };
      expectTaken(await this.#admin.post('/admin/draft-orders', made, AnyReply));
    }
    // Another node may have drafted with the same key at the same instant: the oldest stays, and both answer with it.
    const id = before ?? (await this.#byKey(key, channelId));
    if (id === null) throw lost();
    const order = await this.#known(id);
    // One that broke off before its lines were written is brought to its end.
    return { kind: 'drafted', order: order.lines.length > 0 ? order : await this.#write(id, [], lines) };
  }

  protected override async updated({ orderId, revision, lines }: OrderUpdate): Promise<UpdateOutcome> {
    const raw = await this.#raw(orderId);
    const order = raw && readOrder(raw, this.#names);
    if (!order) return { kind: 'unknown-order' };
    if (order.state === 'placed' || order.revision !== revision) return { kind: 'moved-on', order };
    const unknown = await this.#unknownSku(order.storeId, lines);
    if (unknown !== null) return { kind: 'unknown-sku', sku: unknown };
    return { kind: 'updated', order: await this.#write(orderId, raw.items, lines) };
  }

  protected override async attributed({ orderId, attribution }: OrderAttribution): Promise<AttributeOutcome> {
    const order = await this.#find(orderId);
    if (!order) return { kind: 'unknown-order' };
    const path = order.state === 'draft' ? 'draft-orders' : 'orders';
    const marks = { metadata: { vitrine_attribution: attribution } };
    // What else lies on the order stays: Medusa joins marks by their names.
    expectTaken(await this.#admin.post(`/admin/${path}/${orderId}`, marks, AnyReply));
    return { kind: 'attributed', order: await this.#known(orderId) };
  }

  protected override async placed({ orderId, revision }: OrderPlacement): Promise<PlaceOutcome> {
    const order = await this.#find(orderId);
    if (!order) return { kind: 'unknown-order' };
    if (order.revision !== revision) return { kind: 'moved-on', order };
    // The same placement again: the first may have broken off before its holds were let go.
    if (order.state === 'placed') return await this.#done(order, await this.#heldFor(order));
    return await this.taking(order.storeId, () => this.#take(order));
  }

  /**
   * Has Medusa reserve the pieces: whole or not at all. Medusa cannot hand a reservation over from a hold to an order. Where as many are
   * free besides, the holds go after the order has its own; where the held piece is the last one, they go a moment before.
   */
  async #take(order: OmsOrder): Promise<PlaceOutcome> {
    const holds = await this.#heldFor(order);
    const { short, needsHolds } = await this.#freeFor(order, holds);
    if (short !== null) return { kind: 'none-free', sku: short };
    if (needsHolds) await this.#letGo(holds);
    const path = `/admin/draft-orders/${order.id}/convert-to-order`;
    const reply = await this.#admin.post(path, {}, AnyReply);
    if (reply === 'not-allowed') {
      // Somebody else has taken it between our counting and our asking.
      const { short: sold } = await this.#freeFor(order, []);
      return { kind: 'none-free', sku: sold ?? order.lines[0]?.sku ?? '' };
    }
    if (reply === 'not-found') return { kind: 'unknown-order' };
    return await this.#done(await this.#known(order.id), needsHolds ? [] : holds);
  }

  async #done(order: OmsOrder, holds: readonly OmsHold[]): Promise<PlaceOutcome> {
    await this.#letGo(holds);
    return { kind: 'placed', order };
  }

  /** The holds of an order's lines that still keep its pieces back. */
  async #heldFor({ storeId, lines }: OmsOrder): Promise<OmsHold[]> {
    const holds: OmsHold[] = [];
    for (const { sku, holdId } of lines) {
      const hold = holdId === null ? null : await this.#holds.living(holdId);
      if (hold?.storeId === storeId && hold.sku === sku) holds.push(hold);
    }
    return holds;
  }

  async #letGo(holds: readonly OmsHold[]): Promise<void> {
    for (const { id } of holds) await this.#holds.release(id);
  }

  /** The first SKU of which too few are there, and whether the order needs pieces that are held for it. */
  async #freeFor({ storeId, lines }: OmsOrder, holds: readonly OmsHold[]) {
    let needsHolds = false;
    for (const [sku, wanted] of wantedOf(lines)) {
      const found = await this.#stock.find(storeId, sku);
      const free = found ? found.level.onHand - found.level.promised : 0;
      const held = holds.filter((hold) => hold.sku === sku).length;
      if (!found || free + held < wanted) return { short: sku, needsHolds };
      needsHolds ||= free < wanted;
    }
    return { short: null, needsHolds };
  }

  /** Brings a draft's items to these lines, in one edit. Medusa lets an edit have more than is free: a draft promises nothing. */
  async #write(id: OmsId, items: RawOrder['items'], lines: readonly OrderLine[]): Promise<OmsOrder> {
    const added: object[] = [];
    for (const [index, line] of lines.entries()) {
      const variantId = await this.#stock.variantId(line.sku);
      if (variantId === null) throw new OmsFault('refused', 'Medusa counts a piece that it does not sell.');
      const { quantity, holdId } = line;
      const metadata = lineMarks(index, holdId);
      added.push({ variant_id: variantId, quantity, allow_backorder: true, metadata });
    }
    const edit = `/admin/draft-orders/${id}/edit`;
    // An edit that broke off would be in the way of every other.
    await this.#admin.delete(edit);
    expectTaken(await this.#admin.post(edit, {}, AnyReply));
    for (const item of items)
      expectTaken(await this.#admin.post(`${edit}/items/item/${item.id}`, { quantity: 0 }, AnyReply));
    expectTaken(await this.#admin.post(`${edit}/items`, { items: added }, AnyReply));
    expectTaken(await this.#admin.post(`${edit}/confirm`, {}, AnyReply));
    return await this.#known(id);
  }

  async #unknownSku(storeId: StoreId, lines: readonly OrderLine[]): Promise<Sku | null> {
    for (const sku of wantedOf(lines).keys()) {
      const isKnown = (await this.#stock.find(storeId, sku)) && (await this.#stock.variantId(sku));
      if (!isKnown) return sku;
    }
    return null;
  }

  /** The oldest of the boutique's newest drafts that has this key; any other that has it is struck out. */
  async #byKey(key: string, channelId: string): Promise<OmsId | null> {
    const page = await this.#admin.get(newestDrafts.path(channelId), newestDrafts.reply);
    if (page === 'not-found' || page === 'not-allowed') return null;
    const ours = page.draft_orders.filter(({ metadata }) => metadata?.[keyMark] === key);
    const [oldest, ...younger] = ours.map(({ id }) => id).toSorted();
    for (const id of younger) await this.#admin.delete(`/admin/draft-orders/${id}`);
    return oldest ?? null;
  }

  async #raw(id: OmsId): Promise<RawOrder | null> {
    if (!isMedusaOrder(id)) return null;
    const reply = await this.#admin.get(`${ordersPath}/${id}?${orderFields}`, OneOrder);
    return reply === 'not-found' || reply === 'not-allowed' ? null : reply.order;
  }

  async #find(id: OmsId): Promise<OmsOrder | null> {
    const raw = await this.#raw(id);
    return raw && readOrder(raw, this.#names);
  }

  async #known(id: OmsId): Promise<OmsOrder> {
    const order = await this.#find(id);
    if (!order) throw lost();
    return order;
  }
}

function expectTaken(reply: unknown): void {
  const refusals: readonly unknown[] = ['not-found', 'not-allowed'] satisfies AdminRefusal[];
  if (refusals.includes(reply)) throw new OmsFault('refused', 'Medusa does not let an order be changed.');
}

function lost(): OmsFault {
  return new OmsFault('refused', 'Medusa has lost an order, or it was cancelled meanwhile.');
}
