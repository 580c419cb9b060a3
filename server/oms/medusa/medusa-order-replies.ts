import * as z from 'zod/mini';
import type { CommandId, StoreId } from '../../../protocol/index.ts';
import { Attribution, OmsId, type OmsOrder, type OrderLine } from '../../../protocol/connector/index.ts';
import type { IdMapping } from '../id-mapping.ts';

const name = z.string().check(z.minLength(1));
const Metadata = z.nullable(z.record(z.string(), z.unknown()));

/** The mark under which the key of an order's draft lies. */
export const keyMark = 'vitrine_key';

/** What the kit lays down on an order of its own, for Medusa has no place for it: in our names. */
const OrderMarks = z.object({
  [keyMark]: name,
  vitrine_store: name,
  vitrine_attribution: z.optional(Attribution),
});

/** What it lays down on each line of it. */
const LineMarks = z.object({ vitrine_line: z.int(), vitrine_hold: z.nullable(OmsId) });

const RawItem = z.object({
  id: name,
  quantity: z.int(),
  variant_sku: z.nullable(z.string()),
  metadata: Metadata,
});

export const RawOrder = z.object({
  id: name,
  /** Grows with every edit of the items, the kit's and the staff's. */
  version: z.int(),
  is_draft_order: z.boolean(),
  canceled_at: z.nullable(z.string()),
  customer_id: z.nullable(z.string()),
  metadata: Metadata,
  items: z.array(RawItem),
});
export type RawOrder = z.infer<typeof RawOrder>;
export const OneOrder = z.object({ order: RawOrder });

/** Gives drafts too. */
export const ordersPath = '/admin/orders';
export const orderFields = 'fields=id,version,is_draft_order,canceled_at,customer_id,metadata,*items';

/** Drafts of one sales channel. Medusa does not search by marks: a key comes again within minutes, and so it is among the newest. */
export const newestDrafts = {
  path: (channelId: string) => {
    const query = new URLSearchParams({
      fields: 'id,metadata',
      'sales_channel_id[]': channelId,
      order: '-created_at',
      limit: '200',
    });
    return `/admin/draft-orders?${query.toString()}`;
  },
  reply: z.object({ draft_orders: z.array(z.object({ id: name, metadata: Metadata })) }),
};

/** Whether it can be an order of Medusa's: an id of any other form would be a path of its own. */
export function isMedusaOrder(id: OmsId): boolean {
  return /^order_\w{10,60}$/.test(id);
}

export function orderMarks(key: CommandId, storeId: StoreId): z.input<typeof OrderMarks> {
  return { [keyMark]: key, vitrine_store: storeId };
}

export function lineMarks(index: number, holdId: OmsId | null): z.infer<typeof LineMarks> {
  return { vitrine_line: index, vitrine_hold: holdId };
}

/** Reads an order in our names; null where it is none of the kit's, or was cancelled. */
export function readOrder(raw: RawOrder, names: IdMapping): OmsOrder | null {
  const marks = z.safeParse(OrderMarks, raw.metadata);
  if (!marks.success || raw.canceled_at !== null) return null;
  const placed = raw.items.map((item): { readonly at: number; readonly line: OrderLine } => {
    const own = z.safeParse(LineMarks, item.metadata);
    const { vitrine_line: at, vitrine_hold: holdId } = own.success
      ? own.data
      : { vitrine_line: Infinity, vitrine_hold: null };
    return { at, line: { sku: names.sku(item.variant_sku ?? ''), quantity: item.quantity, holdId } };
  });
  return {
    id: raw.id,
    storeId: marks.data.vitrine_store,
    clientId: raw.customer_id,
    state: raw.is_draft_order ? 'draft' : 'placed',
    revision: raw.version,
    lines: placed.toSorted((one, other) => (one.at < other.at ? -1 : 1)).map(({ line }) => line),
    attribution: marks.data.vitrine_attribution ?? null,
  };
}
