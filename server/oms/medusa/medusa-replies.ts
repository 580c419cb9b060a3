import * as z from 'zod/mini';

/** What is read of Medusa's admin API; the rest of its answers is passed over. */
const quantity = z.number().check(z.nonnegative());
const name = z.string().check(z.minLength(1));
const date = z.iso.datetime({ offset: true });

export const LocationLevel = z.object({
  location_id: name,
  stocked_quantity: quantity,
  reserved_quantity: quantity,
  updated_at: date,
});
export type LocationLevel = z.infer<typeof LocationLevel>;

export const InventoryItem = z.object({
  id: name,
  sku: z.nullable(z.string()),
  location_levels: z.array(LocationLevel),
});
export type InventoryItem = z.infer<typeof InventoryItem>;
export const InventoryItems = z.object({ inventory_items: z.array(InventoryItem), count: z.int() });

/** What the kit writes on a reservation of its own. */
export const HoldMarks = z.object({
  vitrine_key: name,
  vitrine_expires_at_ms: z.int(),
  /** The held piece is leaving: what was stocked before it did. */
  vitrine_leaves_from: z.optional(z.number()),
});

export const Reservation = z.object({
  id: name,
  location_id: name,
  inventory_item_id: name,
  metadata: z.nullable(z.record(z.string(), z.unknown())),
  created_at: date,
});
export type Reservation = z.infer<typeof Reservation>;
export const Reservations = z.object({ reservations: z.array(Reservation), count: z.int() });
export const OneReservation = z.object({
  reservation: z.extend(Reservation, {
    inventory_item: z.optional(z.nullable(z.object({ sku: z.nullable(z.string()) }))),
  }),
});

export const Customer = z.object({
  id: name,
  first_name: z.nullable(z.string()),
  last_name: z.nullable(z.string()),
  metadata: z.nullable(z.record(z.string(), z.unknown())),
});
export type Customer = z.infer<typeof Customer>;
export const OneCustomer = z.object({ customer: Customer });

export const Variants = z.object({
  variants: z.array(
    z.object({
      sku: z.nullable(z.string()),
      title: z.nullable(z.string()),
      barcode: z.optional(z.nullable(z.string())),
      ean: z.optional(z.nullable(z.string())),
      product: z.optional(z.nullable(z.object({ title: z.nullable(z.string()) }))),
    }),
  ),
  count: z.int(),
});
export const VariantIds = z.object({ variants: z.array(z.object({ id: name })) });
