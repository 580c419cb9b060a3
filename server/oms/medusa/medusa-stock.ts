import type { EpochMs, Sku, StoreId } from '../../../protocol/index.ts';
import { OmsItem, OmsLevel, type OmsReading } from '../../../protocol/connector/index.ts';
import * as z from 'zod/mini';
import type { IdMapping } from '../id-mapping.ts';
import type { MedusaAdmin } from './medusa-admin.ts';
import {
  InventoryItems,
  VariantIds,
  Variants,
  type InventoryItem,
  type LocationLevel,
} from './medusa-replies.ts';

const fields = 'fields=id,sku,*location_levels';

/** Reads Medusa's inventory as levels. Its revision is the time of the level's last change, in milliseconds. */
export class MedusaStock {
  readonly #admin: MedusaAdmin;
  readonly #names: IdMapping;

  constructor(admin: MedusaAdmin, names: IdMapping) {
    this.#admin = admin;
    this.#names = names;
  }

  /** Every level of boutiques and SKUs that have one of our names. */
  async levels(asOfMs: EpochMs): Promise<OmsReading> {
    const items = await this.#admin.all(
      `/admin/inventory-items?${fields}`,
      InventoryItems,
      (page) => page.inventory_items,
    );
    const levels = items.flatMap((item) =>
      item.location_levels.flatMap((level) => this.levelOf(item, level) ?? []),
    );
    return { asOfMs, levels };
  }

  /** The inventory item of a SKU and its level in a boutique, read in one call; null where it is not counted there. */
  async find(storeId: StoreId, sku: Sku): Promise<{ item: InventoryItem; level: OmsLevel } | null> {
    const theirs = encodeURIComponent(this.#names.theirSku(sku));
    const page = await this.#admin.get(`/admin/inventory-items?sku=${theirs}&${fields}`, InventoryItems);
    if (page === 'not-found' || page === 'not-allowed') return null;
    const item = page.inventory_items[0];
    const location = this.#names.theirStore(storeId);
    const raw = item?.location_levels.find(({ location_id: id }) => id === location);
    const level = item && raw ? this.levelOf(item, raw) : null;
    return item && level ? { item, level } : null;
  }

  /** The variant that is sold under a SKU; null where none is. */
  async variantId(sku: Sku): Promise<string | null> {
    const theirs = encodeURIComponent(this.#names.theirSku(sku));
    const page = await this.#admin.get(`/admin/product-variants?sku=${theirs}&fields=id`, VariantIds);
    return page === 'not-found' || page === 'not-allowed' ? null : (page.variants[0]?.id ?? null);
  }

  /** A level in our names; null where its place or SKU has none of ours. */
  levelOf(item: InventoryItem, raw: LocationLevel): OmsLevel | null {
    const level = z.safeParse(OmsLevel, {
      storeId: this.#names.store(raw.location_id),
      sku: this.#names.sku(item.sku ?? ''),
      onHand: Math.floor(raw.stocked_quantity),
      promised: Math.ceil(raw.reserved_quantity),
      revision: Date.parse(raw.updated_at),
    });
    return level.success ? level.data : null;
  }

  async items(): Promise<OmsItem[]> {
    const variants = await this.#admin.all(
      '/admin/product-variants?fields=sku,title,barcode,ean,product.title',
      Variants,
      (page) => page.variants,
    );
    return variants.flatMap(({ sku, title, barcode, ean, product }) => {
      const gtin = [ean, barcode].find((code) => /^\d{13,14}$/.test(code ?? '')) ?? null;
      const name = [product?.title, title].filter(Boolean).join(' ');
      const item = z.safeParse(OmsItem, { sku: this.#names.sku(sku ?? ''), name, gtin });
      return item.success ? [item.data] : [];
    });
  }
}
