import { join } from 'node:path';
import {
  Catalogue,
  findBySku,
  type MaisonId,
  type Price,
  type Sku,
  type Worn,
} from '../../protocol/index.ts';
import type { Queries } from '../persistence/database.ts';
import { HouseSettings } from './house-settings.ts';
import { readJson } from '../oms/embedded/oms-seed.ts';

/**
 * Knows which pieces a Maison has: by its catalogue, or, where none is deployed, by what its OMS counts (SKUs are then
 * read as `piece.variant`).
 */
export class Pieces {
  readonly #db: Queries;
  readonly #catalogues: ReadonlyMap<MaisonId, Catalogue>;

  constructor(db: Queries, catalogues: ReadonlyMap<MaisonId, Catalogue>) {
    this.#db = db;
    this.#catalogues = catalogues;
  }

  async knowsWorn(maisonId: MaisonId, worn: Worn): Promise<boolean> {
    const catalogue = this.#catalogues.get(maisonId);
    if (!catalogue) return await this.#counted(maisonId, `${worn.pieceId}.${worn.variantId}`);
    const piece = catalogue.pieces.find(({ id }) => id === worn.pieceId);
    return piece?.variants.some(({ id }) => id === worn.variantId) ?? false;
  }

  async knowsSku(maisonId: MaisonId, sku: Sku): Promise<boolean> {
    const catalogue = this.#catalogues.get(maisonId);
    return catalogue ? findBySku(catalogue, sku) !== undefined : await this.#counted(maisonId, sku);
  }

  /** What a piece costs by the catalogue; null where none is deployed or it has no such piece. */
  priceOf(maisonId: MaisonId, sku: Sku): Price | null {
    const catalogue = this.#catalogues.get(maisonId);
    return (catalogue && findBySku(catalogue, sku)?.piece.price) ?? null;
  }

  async #counted(maisonId: MaisonId, sku: Sku): Promise<boolean> {
    const row = await this.#db
      .selectFrom('stock_levels')
      .innerJoin('stores', 'stores.id', 'stock_levels.store_id')
      .select('stock_levels.sku')
      .where('stores.maison_id', '=', maisonId)
      .where('stock_levels.sku', '=', sku)
      .executeTakeFirst();
    return row !== undefined;
  }
}

/** Where a Maison's collection lies: among those of the checkout, or where it has settled. */
export function collectionDirOf(settings: HouseSettings, collectionsDir: string, maisonId: MaisonId): string {
  return settings.of(maisonId).collectionDir ?? join(collectionsDir, maisonId);
}

/**
 * Reads the catalogues that are deployed.
 *
 * @throws {ServerFault} `collections-invalid`
 */
export async function readCatalogues(
  collectionsDir: string,
  maisonIds: readonly MaisonId[],
  settings = new HouseSettings(),
): Promise<Map<MaisonId, Catalogue>> {
  const catalogues = new Map<MaisonId, Catalogue>();
  for (const maisonId of maisonIds) {
    const folder = collectionDirOf(settings, collectionsDir, maisonId);
    const catalogue = await readJson(join(folder, 'catalogue.json'), Catalogue);
    if (catalogue) catalogues.set(maisonId, catalogue);
  }
  return catalogues;
}
