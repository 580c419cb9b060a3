import type { Sku, StoreId } from '../../../protocol/index.ts';
import {
  OmsFault,
  type AttributeOutcome,
  type DraftOutcome,
  type OmsId,
  type OrderAttribution,
  type OrderDraft,
  type OrderLine,
  type OrderPlacement,
  type OrderUpdate,
  type PlaceOutcome,
  type UpdateOutcome,
} from '../../../protocol/connector/index.ts';
import { HouseOrders, isAttributedSo, wantedOf } from '../house-orders.ts';
import type { IdMapping } from '../id-mapping.ts';
import type { VendureAdmin, VendureKey } from './vendure-admin.ts';
import { isVendureId, type VendureCustomers } from './vendure-customers.ts';
import {
  addLine,
  addPayment,
  adjustLine,
  createDraft,
  insufficient,
  orderById,
  orderByKey,
  readMarked,
  removeLine,
  setCustomer,
  setMarks,
  setShipping,
  stateRefused,
  takenOf,
  toState,
  type MarkedOrder,
  type OrderMarks,
  type RawOrder,
} from './vendure-order-calls.ts';
import type { VendureStock } from './vendure-stock.ts';

/** What a house has made ready for orders of the kit. */
export interface VendureOrdersConfig {
  /** The customer under whom an order without a client lies: Vendure places none without one. */
  readonly walkInCustomerId: string;
  /** The way of shipping that stands for "taken along in the boutique". */
  readonly shippingMethodId: string;
  /** Each boutique's own channel, which holds its stock location alone: an order takes its pieces there and nowhere else. */
  readonly boutiques: Readonly<Record<StoreId, { readonly channelToken: string; readonly apiKey: string }>>;
}

/** The name of the manual payment with which an order is placed: the till takes the money, and the kit never does. */
const paymentMethod = 'vitrine-boutique';

/** Orders as Vendure's drafts, placed in the channel of their boutique. */
export class VendureOrders extends HouseOrders {
  readonly #admin: VendureAdmin;
  readonly #key: VendureKey;
  readonly #config: VendureOrdersConfig;
  readonly #names: IdMapping;
  readonly #stock: VendureStock;
  readonly #customers: VendureCustomers;

  constructor(deps: {
    admin: VendureAdmin;
    key: VendureKey;
    config: VendureOrdersConfig;
    names: IdMapping;
    stock: VendureStock;
    customers: VendureCustomers;
  }) {
    super();
    this.#admin = deps.admin;
    this.#key = deps.key;
    this.#config = deps.config;
    this.#names = deps.names;
    this.#stock = deps.stock;
    this.#customers = deps.customers;
  }

  protected override async drafted({ key, storeId, clientId, lines }: OrderDraft): Promise<DraftOutcome> {
    const boutique = this.#boutique(storeId);
    const before = await this.#byKey(key);
    if (before) return { kind: 'drafted', order: before.order };
    if (clientId !== null && !(await this.#customers.knows(clientId))) return { kind: 'unknown-client' };
    const unknown = await this.#unknownSku(storeId, lines);
    if (unknown !== null) return { kind: 'unknown-sku', sku: unknown };
    const { createDraftOrder } = await this.#admin.ask(createDraft, {}, boutique);
    const { id } = createDraftOrder;
    const marks: OrderMarks = { storeId, clientId, lines, taken: null, attribution: null, placing: null };
    try {
      await this.#mark(id, marks, key);
    } catch (fault) {
      // Another node was faster with the same key, which lies on one order only; ours stays behind empty.
      const theirs = await this.#byKey(key);
      if (!theirs) throw fault;
      return { kind: 'drafted', order: theirs.order };
    }
    if (clientId !== null) await this.#change(setCustomer, { order: id, customer: clientId }, this.#key);
    const { marked } = await this.#fill(id);
    return { kind: 'drafted', order: marked.order };
  }

  protected override async updated({ orderId, revision, lines }: OrderUpdate): Promise<UpdateOutcome> {
    const marked = await this.#byId(orderId);
    if (!marked) return { kind: 'unknown-order' };
    const { order, raw, marks } = marked;
    if (raw.state !== 'Draft' || order.revision !== revision) return { kind: 'moved-on', order };
    const unknown = await this.#unknownSku(order.storeId, lines);
    if (unknown !== null) return { kind: 'unknown-sku', sku: unknown };
    await this.#mark(orderId, { ...marks, lines, taken: null, placing: null });
    const filled = await this.#fill(orderId);
    return { kind: 'updated', order: filled.marked.order };
  }

  protected override async attributed({ orderId, attribution }: OrderAttribution): Promise<AttributeOutcome> {
    const marked = await this.#byId(orderId);
    if (!marked) return { kind: 'unknown-order' };
    if (isAttributedSo(marked.order.attribution, attribution)) {
      return { kind: 'attributed', order: marked.order };
    }
    const { order } = await this.#mark(orderId, { ...marked.marks, attribution });
    return { kind: 'attributed', order };
  }

  protected override async placed({ orderId, revision }: OrderPlacement): Promise<PlaceOutcome> {
    const marked = await this.#byId(orderId);
    if (!marked) return { kind: 'unknown-order' };
    const { order, marks, isChanged } = marked;
    // The same placement again: the first may have been lost on its way there or back.
    const isSamePlacement = marks.placing === revision;
    if (order.state === 'placed') return { kind: isSamePlacement ? 'placed' : 'moved-on', order };
    if (order.revision !== revision && (!isSamePlacement || isChanged)) return { kind: 'moved-on', order };
    return await this.taking(order.storeId, () => this.#take(marked, revision));
  }

  /** Takes the pieces: whole or not at all. */
  async #take({ raw, marks, order }: MarkedOrder, revision: number): Promise<PlaceOutcome> {
    const { id, storeId, lines } = order;
    const boutique = this.#boutique(storeId);
    if (raw.state === 'Draft') {
      const short = await this.#shortOf(storeId, lines);
      if (short !== null) return { kind: 'none-free', sku: short };
      await this.#mark(id, { ...marks, lines, taken: null, placing: revision });
      const filled = await this.#fill(id);
      if (filled.short !== null) return { kind: 'none-free', sku: filled.short };
      const { walkInCustomerId, shippingMethodId } = this.#config;
      const customer = order.clientId ?? walkInCustomerId;
      await this.#change(setCustomer, { order: id, customer }, this.#key);
      await this.#change(setShipping, { order: id, method: shippingMethodId }, boutique);
      const went = await this.#change(
        toState,
        { order: id, state: 'ArrangingPayment' },
        boutique,
        stateRefused,
      );
      if (went === stateRefused) {
        const sold = await this.#shortOf(storeId, lines);
        if (sold !== null) return { kind: 'none-free', sku: sold };
        throw new OmsFault('refused', 'Vendure does not let the order be paid; its dashboard says why.');
      }
    }
    await this.#change(addPayment, { order: id, method: paymentMethod }, boutique);
    const placed = await this.#byId(id);
    if (placed?.order.state !== 'placed') {
      throw new OmsFault('refused', 'Vendure took the payment of an order and did not place it.');
    }
    return { kind: 'placed', order: placed.order };
  }

  /** Brings Vendure's lines to what the order wants, as far as so many are free; `short` is a SKU of which too few were. */
  async #fill(id: OmsId): Promise<{ marked: MarkedOrder; short: Sku | null }> {
    const { raw, marks } = await this.#known(id);
    const boutique = this.#boutique(marks.storeId);
    const left = wantedOf(marks.lines);
    let short: Sku | null = null;
    const note = (sku: Sku, said: string | null) => {
      if (said === insufficient) short = sku;
    };
    for (const { id: line, quantity: has, productVariant } of raw.lines) {
      const sku = this.#names.sku(productVariant.sku);
      const quantity = left.get(sku) ?? 0;
      left.delete(sku);
      if (quantity === 0) await this.#change(removeLine, { order: id, line }, boutique);
      else if (quantity !== has) {
        const said = await this.#change(adjustLine, { order: id, line, quantity }, boutique, insufficient);
        note(sku, said);
      }
    }
    for (const [sku, quantity] of left) {
      const found = await this.#stock.find(marks.storeId, sku);
      if (!found) throw new OmsFault('refused', 'Vendure has lost a piece that it counted.');
      const { variantId: variant } = found;
      note(sku, await this.#change(addLine, { order: id, variant, quantity }, boutique, insufficient));
    }
    const now = await this.#known(id);
    return { marked: await this.#mark(id, { ...now.marks, taken: takenOf(now.raw) }), short };
  }

  /** The first SKU of which fewer are free than the lines want. */
  async #shortOf(storeId: StoreId, lines: readonly OrderLine[]): Promise<Sku | null> {
    for (const [sku, quantity] of wantedOf(lines)) {
      const found = await this.#stock.find(storeId, sku);
      if (!found || found.level.onHand - found.level.promised < quantity) return sku;
    }
    return null;
  }

  async #unknownSku(storeId: StoreId, lines: readonly OrderLine[]): Promise<Sku | null> {
    for (const sku of wantedOf(lines).keys()) if (!(await this.#stock.find(storeId, sku))) return sku;
    return null;
  }

  /** Runs a change; `expected` is the one refusal that is an answer. */
  async #change(
    operation: typeof addLine,
    variables: object,
    key: VendureKey,
    expected: string | null = null,
  ): Promise<string | null> {
    const { result } = await this.#admin.ask(operation, variables, key);
    if (result.errorCode === undefined) return null;
    if (result.errorCode === expected) return expected;
    throw new OmsFault('refused', `Vendure does not let an order be changed: ${result.errorCode}.`);
  }

  async #mark(id: OmsId, marks: OrderMarks, key?: string): Promise<MarkedOrder> {
    const fields = { vitrineMarks: JSON.stringify(marks), ...(key !== undefined && { vitrineKey: key }) };
    const { setOrderCustomFields } = await this.#admin.ask(setMarks, { id, fields }, this.#key);
    return this.#ours(setOrderCustomFields);
  }

  async #byKey(key: string): Promise<MarkedOrder | null> {
    const [raw] = (await this.#admin.ask(orderByKey, { key }, this.#key)).orders.items;
    return raw ? readMarked(raw, this.#names) : null;
  }

  async #byId(id: OmsId): Promise<MarkedOrder | null> {
    if (!isVendureId(id)) return null;
    const raw = (await this.#admin.ask(orderById, { id }, this.#key)).order;
    return raw ? readMarked(raw, this.#names) : null;
  }

  async #known(id: OmsId): Promise<MarkedOrder> {
    const raw = (await this.#admin.ask(orderById, { id }, this.#key)).order;
    if (!raw) throw new OmsFault('refused', 'Vendure has lost an order.');
    return this.#ours(raw);
  }

  #ours(raw: RawOrder): MarkedOrder {
    const marked = readMarked(raw, this.#names);
    if (!marked) throw new OmsFault('refused', 'An order lost the kit’s marks, or was cancelled meanwhile.');
    return marked;
  }

  #boutique(storeId: StoreId): VendureKey {
    const boutique = this.#config.boutiques[storeId];
    if (boutique) return boutique;
    throw new OmsFault('refused', `No channel of Vendure is named for orders of ${storeId}.`);
  }
}
