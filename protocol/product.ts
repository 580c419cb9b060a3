import * as z from 'zod/mini';
import { Locale, MaisonId, PieceId, Sku, StoreId, VariantId, Words } from './ids.ts';

/**
 * The product categories: each row names the anchor at which its pieces attach. A new category is one row here, one file
 * in `scenes/categories/` and its test.
 */
export const categories = {
  eyewear: { anchor: 'noseBridge' },
} as const;

export type Category = keyof typeof categories;
export const Category = z.enum(Object.keys(categories) as [Category, ...Category[]]);

/** ISO 4217 money in its minor unit. */
export const Price = z.object({
  amountMinor: z.int().check(z.positive()),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
});
export type Price = z.infer<typeof Price>;

/** A length of something that can be worn, in millimetres. */
export const LengthMm = z.number().check(z.positive(), z.maximum(2_000));

/** Spectacles by the boxing system (ISO 8624), in millimetres. */
export const EyewearDimensions = z.object({
  lensWidthMm: LengthMm,
  lensHeightMm: LengthMm,
  bridgeWidthMm: LengthMm,
  templeLengthMm: LengthMm,
  frameWidthMm: LengthMm,
});
export type EyewearDimensions = z.infer<typeof EyewearDimensions>;

export const Variant = z.object({
  id: VariantId,
  sku: Sku,
  /** GTIN-13 with its check digit. */
  gtin: z.string().check(z.regex(/^\d{13}$/)),
  name: Words,
  /** The name of the variant in KHR_materials_variants. */
  modelVariant: z.string().check(z.minLength(1)),
  /** CSS colours that stand for the variant where it is chosen: frame first, lens or stone second. */
  swatch: z.array(z.string().check(z.regex(/^#[0-9a-f]{6}$/))).check(z.minLength(1), z.maxLength(2)),
});
export type Variant = z.infer<typeof Variant>;

/** One piece of a collection as the catalogue tells it. */
export const Piece = z.object({
  id: PieceId,
  category: Category,
  name: z.string().check(z.minLength(1)),
  /** One line under the name. */
  line: Words,
  /** Two sentences. */
  story: Words,
  materials: Words,
  care: Words,
  price: Price,
  dimensions: EyewearDimensions,
  /** Paths relative to the catalogue file. */
  modelPath: z.string().check(z.regex(/^[a-z0-9/.-]+\.glb$/)),
  modelLodPath: z.optional(z.string().check(z.regex(/^[a-z0-9/.-]+\.glb$/))),
  posterPath: z.optional(z.string().check(z.regex(/^[a-z0-9/.-]+\.(webp|png|jpg)$/))),
  variants: z.array(Variant).check(z.minLength(1)),
});
export type Piece = z.infer<typeof Piece>;

/** One chapter of a discovery: few pieces, and why they belong together. */
export const Chapter = z.object({
  id: z.string(),
  title: Words,
  words: Words,
  pieces: z.array(PieceId).check(z.minLength(1)),
});
export type Chapter = z.infer<typeof Chapter>;

/** What one Maison shows: served as `/collections/<maison>/catalogue.json`. */
export const Catalogue = z.object({
  schemaVersion: z.literal(1),
  maisonId: MaisonId,
  maisonName: z.string().check(z.minLength(1)),
  story: z.object({ title: Words, words: Words, chapters: z.array(Chapter).check(z.minLength(1)) }),
  pieces: z.array(Piece).check(z.minLength(1)),
});
export type Catalogue = z.infer<typeof Catalogue>;

/** A boutique as its own devices and its neighbours know it. */
export const Store = z.object({
  id: StoreId,
  name: z.string().check(z.minLength(1)),
  city: z.string().check(z.minLength(1)),
  locale: Locale,
  /** IANA time zone, for "until 15:20". */
  timeZone: z.string().check(z.minLength(1)),
});
export type Store = z.infer<typeof Store>;

/** Where a variant stands in the catalogue. */
export interface FoundVariant {
  readonly piece: Piece;
  readonly variant: Variant;
}

/** Finds a piece's variant by SKU. */
export function findBySku(catalogue: Catalogue, sku: Sku): FoundVariant | undefined {
  for (const piece of catalogue.pieces) {
    const variant = piece.variants.find((candidate) => candidate.sku === sku);
    if (variant) return { piece, variant };
  }
  return undefined;
}
