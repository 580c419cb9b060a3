import * as z from 'zod/mini';
import type { EpochMs } from '../../../protocol/index.ts';
import { Attribution, OmsId, OrderLine, type OmsOrder } from '../../../protocol/connector/index.ts';
import type { IdMapping } from '../id-mapping.ts';

/** What the kit lays down on an order of its own, for Vendure has no place for it: in our names, but for what was taken in. */
export const OrderMarks = z.object({
  storeId: z.string(),
  clientId: z.nullable(OmsId),
  /** As they were asked for: Vendure lets a draft have no more than is free, and a draft of the kit promises nothing. */
  lines: z.array(OrderLine),
  /**
   * What Vendure took into its own lines of these, by its SKUs: where it has others, staff have changed the draft. Null while
   * they are being taken in.
   */
  taken: z.nullable(z.record(z.string(), z.int())),
  attribution: z.nullable(Attribution),
  /** The revision from which it is being placed, or was. */
  placing: z.nullable(z.int()),
});
export type OrderMarks = z.infer<typeof OrderMarks>;

const RawOrder = z.object({
  id: z.string(),
  updatedAt: z.iso.datetime({ offset: true }),
  state: z.string(),
  customFields: z.object({ vitrineMarks: z.nullable(z.string()) }),
  lines: z.array(
    z.object({ id: z.string(), quantity: z.int(), productVariant: z.object({ sku: z.string() }) }),
  ),
});
export type RawOrder = z.infer<typeof RawOrder>;

const order = 'id updatedAt state customFields { vitrineMarks } lines { id quantity productVariant { sku } }';

export const orderById = {
  text: `query VitrineOrder($id: ID!) { order(id: $id) { ${order} } }`,
  data: z.object({ order: z.nullable(RawOrder) }),
};

export const orderByKey = {
  text: `query VitrineOrderByKey($key: String!) {
  orders(options: { filter: { vitrineKey: { eq: $key } }, take: 1 }) { items { ${order} } }
}`,
  data: z.object({ orders: z.object({ items: z.array(RawOrder) }) }),
};

export const createDraft = {
  text: 'mutation VitrineDraft { createDraftOrder { id } }',
  data: z.object({ createDraftOrder: z.object({ id: z.string() }) }),
};

export const setMarks = {
  text: `mutation VitrineMarks($id: ID!, $fields: UpdateOrderCustomFieldsInput!) {
  setOrderCustomFields(input: { id: $id, customFields: $fields }) { ${order} }
}`,
  data: z.object({ setOrderCustomFields: RawOrder }),
};

/** A change of a draft: the order, or why not. */
const Changed = z.object({
  result: z.object({ __typename: z.string(), errorCode: z.optional(z.string()) }),
});

function change(name: string, takes: string, call: string) {
  const text = `mutation ${name}($order: ID!, ${takes}) {
  result: ${call} { __typename ... on ErrorResult { errorCode } }
}`;
  return { text, data: Changed };
}

export const addLine = change(
  'VitrineAddLine',
  '$variant: ID!, $quantity: Int!',
  'addItemToDraftOrder(orderId: $order, input: { productVariantId: $variant, quantity: $quantity })',
);
export const adjustLine = change(
  'VitrineAdjustLine',
  '$line: ID!, $quantity: Int!',
  'adjustDraftOrderLine(orderId: $order, input: { orderLineId: $line, quantity: $quantity })',
);
export const removeLine = change(
  'VitrineRemoveLine',
  '$line: ID!',
  'removeDraftOrderLine(orderId: $order, orderLineId: $line)',
);
export const setCustomer = change(
  'VitrineOrderCustomer',
  '$customer: ID!',
  'setCustomerForDraftOrder(orderId: $order, customerId: $customer)',
);
export const setShipping = change(
  'VitrineOrderShipping',
  '$method: ID!',
  'setDraftOrderShippingMethod(orderId: $order, shippingMethodId: $method)',
);
export const toState = change(
  'VitrineOrderState',
  '$state: String!',
  'transitionOrderToState(id: $order, state: $state)',
);
export const addPayment = change(
  'VitrineOrderPayment',
  '$method: String!',
  'addManualPaymentToOrder(input: { orderId: $order, method: $method, metadata: {} })',
);

/** The error codes with which Vendure says that too little is there. */
export const insufficient = 'INSUFFICIENT_STOCK_ERROR';
export const stateRefused = 'ORDER_STATE_TRANSITION_ERROR';

/** An order of the kit as it lies in Vendure. */
export interface MarkedOrder {
  readonly raw: RawOrder;
  readonly marks: OrderMarks;
  readonly order: OmsOrder;
  /** Whether staff have changed its lines in Vendure since the kit did. */
  readonly isChanged: boolean;
}

/** Reads an order's marks; null where it is none of the kit's, or was cancelled. */
export function readMarked(raw: RawOrder, names: IdMapping): MarkedOrder | null {
  const marks = z.safeParse(OrderMarks, parsedJson(raw.customFields.vitrineMarks));
  if (!marks.success || raw.state === 'Cancelled') return null;
  const { storeId, clientId, attribution, taken } = marks.data;
  const isChanged = taken !== null && !isSame(takenOf(raw), taken);
  const lines: OrderLine[] = isChanged
    ? Object.entries(takenOf(raw)).map(([theirs, quantity]) => ({
        sku: names.sku(theirs),
        quantity,
        holdId: null,
      }))
    : marks.data.lines;
  const order: OmsOrder = {
    id: raw.id,
    storeId,
    clientId,
    state: isOpen(raw) ? 'draft' : 'placed',
    revision: revisionOf(raw),
    lines,
    attribution,
  };
  return { raw, marks: marks.data, order, isChanged };
}

/** Whether nothing has been taken for an order yet. */
function isOpen({ state }: RawOrder): boolean {
  return state === 'Draft' || state === 'ArrangingPayment';
}

function revisionOf({ updatedAt }: RawOrder): EpochMs {
  return Date.parse(updatedAt);
}

/** The pieces in Vendure's own lines, by its SKUs. */
export function takenOf({ lines }: RawOrder): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { quantity, productVariant } of lines) {
    sums.set(productVariant.sku, (sums.get(productVariant.sku) ?? 0) + quantity);
  }
  return Object.fromEntries(sums);
}

function isSame(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Array.from(names).every((name) => one[name] === other[name]);
}

function parsedJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
