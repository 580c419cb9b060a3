import { join } from 'node:path';
import {
  Catalogue,
  findBySku,
  type MaisonId,
  type Price,
  type Sku,
  type StoryPage,
  type Worn,
} from '../../protocol/index.ts';
import { refuse, type Refusal } from '../core/answers.ts';
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

  async knowsWorn(maisonId: MaisonId, worn: Pick<Worn, 'pieceId' | 'variantId'>): Promise<boolean> {
    const catalogue = this.#catalogues.get(maisonId);
    if (!catalogue) return await this.#counted(maisonId, `${worn.pieceId}.${worn.variantId}`);
    const piece = catalogue.pieces.find(({ id }) => id === worn.pieceId);
    return piece?.variants.some(({ id }) => id === worn.variantId) ?? false;
  }

  /** The refusal for the first piece or SKU among these that the Maison does not have; null where it has them all. */
  async refusalOf(
    maisonId: MaisonId,
    worn: readonly Pick<Worn, 'pieceId' | 'variantId'>[],
    skus: readonly Sku[] = [],
  ): Promise<Refusal | null> {
    for (const piece of worn) {
      if (await this.knowsWorn(maisonId, piece)) continue;
      return refuse('unknown-piece', `${maisonId} has no piece ${piece.pieceId} in ${piece.variantId}.`);
    }
    for (const sku of skus) {
      if (await this.knowsSku(maisonId, sku)) continue;
      return refuse('unknown-sku', `${maisonId} has no ${sku}.`);
    }
    return null;
  }

  /** Whether a story of the Maison has this page. */
  knowsPage(maisonId: MaisonId, { storyId, chapter }: StoryPage): boolean {
    const story = this.#catalogues.get(maisonId)?.stories.find(({ id }) => id === storyId);
    return story !== undefined && chapter <= story.chapters.length;
  }

  async knowsSku(maisonId: MaisonId, sku: Sku): Promise<boolean> {
    const catalogue = this.#catalogues.get(maisonId);
    return catalogue ? findBySku(catalogue, sku) !== undefined : await this.#counted(maisonId, sku);
  }

  /** The piece and variant that are sold by this SKU; null where the Maison has none. */
  async wornOf(maisonId: MaisonId, sku: Sku): Promise<Pick<Worn, 'pieceId' | 'variantId'> | null> {
    const catalogue = this.#catalogues.get(maisonId);
    const found = catalogue && findBySku(catalogue, sku);
    if (found) return { pieceId: found.piece.id, variantId: found.variant.id };
    const [pieceId, variantId] = sku.split('.');
    return !catalogue && pieceId && variantId && (await this.#counted(maisonId, sku))
      ? { pieceId, variantId }
      : null;
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

/** The refusal for a look that holds a piece twice; null for one that can be worn. */
export function twiceIn(look: readonly Pick<Worn, 'pieceId'>[]): Refusal | null {
  const pieces = new Set(look.map(({ pieceId }) => pieceId));
  return pieces.size < look.length ? refuse('bad-request', 'A look holds each piece once.') : null;
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
