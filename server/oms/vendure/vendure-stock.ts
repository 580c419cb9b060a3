import * as z from 'zod/mini';
import type { EpochMs, Sku, StoreId } from '../../../protocol/index.ts';
import { OmsFault, OmsItem, OmsLevel, type OmsReading } from '../../../protocol/connector/index.ts';
import type { IdMapping } from '../id-mapping.ts';
import type { VendureAdmin, VendureKey } from './vendure-admin.ts';

const StockLevel = z.object({
  stockLocationId: z.string(),
  stockOnHand: z.int(),
  stockAllocated: z.int(),
  updatedAt: z.iso.datetime({ offset: true }),
});

const Variant = z.object({
  id: z.string(),
  sku: z.string(),
  trackInventory: z.enum(['TRUE', 'FALSE', 'INHERIT']),
  stockLevels: z.array(StockLevel),
});

const Levels = {
  text: `query VitrineLevels($options: ProductVariantListOptions) {
  globalSettings { trackInventory }
  productVariants(options: $options) {
    totalItems
    items { id sku trackInventory stockLevels { stockLocationId stockOnHand stockAllocated updatedAt } }
  }
}`,
  data: z.object({
    globalSettings: z.object({ trackInventory: z.boolean() }),
    productVariants: z.object({ totalItems: z.int(), items: z.array(Variant) }),
  }),
};

/** Custom fields are asked for by the name that the house gave them, which its configuration has told. */
function itemsWith(gtinField: string | null) {
  const custom = gtinField === null ? '' : `customFields { gtin: ${gtinField} }`;
  return {
    text: `query VitrineItems($options: ProductVariantListOptions) {
  productVariants(options: $options) { totalItems items { sku name ${custom} } }
}`,
    data: z.object({
      productVariants: z.object({
        totalItems: z.int(),
        items: z.array(
          z.object({
            sku: z.string(),
            name: z.string(),
            customFields: z.optional(z.nullable(z.object({ gtin: z.nullable(z.string()) }))),
          }),
        ),
      }),
    }),
  };
}

/** Rows asked for at once. */
const pageSize = 100;

/** How often a listing is begun anew because it changed while it was read. */
const mostReadings = 4;

/** Reads Vendure's stock as levels. A level's revision is the time of its last change, in milliseconds. */
export class VendureStock {
  readonly #admin: VendureAdmin;
  readonly #key: VendureKey;
  readonly #names: IdMapping;
  readonly #gtinField: string | null;

  constructor(deps: { admin: VendureAdmin; key: VendureKey; names: IdMapping; gtinField: string | null }) {
    this.#admin = deps.admin;
    this.#key = deps.key;
    this.#names = deps.names;
    this.#gtinField = deps.gtinField;
  }

  /** Every level of boutiques and SKUs that have one of our names. */
  async levels(asOfMs: EpochMs): Promise<OmsReading> {
    const variants = await this.#whole(async (options) => {
      const { globalSettings, productVariants } = await this.#admin.ask(Levels, { options }, this.#key);
      const { items, totalItems } = productVariants;
      return { rows: items.map((item) => ({ item, isTracked: globalSettings.trackInventory })), totalItems };
    });
    const levels = new Map<string, OmsLevel>();
    for (const { item, isTracked } of variants) {
      for (const level of this.#levelsOf(item, isTracked)) {
        // Vendure does not keep two variants from having one SKU: the older one counts.
        const name = `${level.storeId} ${level.sku}`;
        if (!levels.has(name)) levels.set(name, level);
      }
    }
    return { asOfMs, levels: Array.from(levels.values()) };
  }

  /** A SKU's variant and its level in a boutique, read in one call; null where it is not counted there. */
  async find(storeId: StoreId, sku: Sku): Promise<{ variantId: string; level: OmsLevel } | null> {
    const options = { filter: { sku: { eq: this.#names.theirSku(sku) } }, sort: { id: 'ASC' }, take: 2 };
    const { globalSettings, productVariants } = await this.#admin.ask(Levels, { options }, this.#key);
    for (const variant of productVariants.items) {
      // Some databases compare names without their case.
      if (variant.sku !== this.#names.theirSku(sku)) continue;
      const level = this.#levelsOf(variant, globalSettings.trackInventory).find(
        (one) => one.storeId === storeId,
      );
      if (level) return { variantId: variant.id, level };
    }
    return null;
  }

  async items(): Promise<OmsItem[]> {
    const operation = itemsWith(this.#gtinField);
    const rows = await this.#whole(async (options) => {
      const { items, totalItems } = (await this.#admin.ask(operation, { options }, this.#key))
        .productVariants;
      return { rows: items, totalItems };
    });
    const items = new Map<Sku, OmsItem>();
    for (const { sku, name, customFields } of rows) {
      const code = customFields?.gtin ?? null;
      const gtin = code !== null && /^\d{13,14}$/.test(code) ? code : null;
      const item = z.safeParse(OmsItem, { sku: this.#names.sku(sku), name: name.slice(0, 200), gtin });
      if (item.success && !items.has(item.data.sku)) items.set(item.data.sku, item.data);
    }
    return Array.from(items.values());
  }

  #levelsOf(variant: z.infer<typeof Variant>, isTracked: boolean): OmsLevel[] {
    const { trackInventory } = variant;
    // What Vendure does not track has a number that says nothing.
    if (trackInventory === 'FALSE' || (trackInventory === 'INHERIT' && !isTracked)) return [];
    return variant.stockLevels.flatMap(({ stockLocationId, stockOnHand, stockAllocated, updatedAt }) => {
      const level = z.safeParse(OmsLevel, {
        storeId: this.#names.store(stockLocationId),
        sku: this.#names.sku(variant.sku),
        // Below nothing is what was sold before it came: none lies there.
        onHand: Math.max(0, stockOnHand),
        promised: Math.max(0, stockAllocated),
        revision: Date.parse(updatedAt),
      });
      return level.success ? [level.data] : [];
    });
  }

  /** Every row of a listing, page by page; a listing that grew or shrank meanwhile may have skipped one, and is read anew. */
  async #whole<Row>(
    page: (options: object) => Promise<{ rows: readonly Row[]; totalItems: number }>,
  ): Promise<Row[]> {
    for (let reading = 0; reading < mostReadings; reading += 1) {
      const all: Row[] = [];
      let total: number | null = null;
      for (;;) {
        const options = { take: pageSize, skip: all.length, sort: { id: 'ASC' } };
        const { rows, totalItems } = await page(options);
        total ??= totalItems;
        if (totalItems !== total) break;
        all.push(...rows);
        if (all.length >= total) return all;
        if (rows.length === 0) break;
      }
    }
    throw new OmsFault('unavailable', 'Vendure’s variants changed each time they were read.');
  }
}
