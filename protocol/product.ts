import * as z from 'zod/mini';
import { Locale, MaisonId, PieceId, Sku, StoreId, VariantId, Words } from './ids.ts';
import { catalogueFaults } from './catalogue-faults.ts';
import { Story } from './story.ts';

/** A picture of a piece that stands in until its model is there: square, cut out of its ground, as a viewer first shows the piece. */
const PosterPath = z.string().check(z.regex(/^[a-z0-9/.-]+\.(webp|png|jpg)$/));

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

export const HatDimensions = z.object({
  headCircumferenceMm: LengthMm,
  crownHeightMm: LengthMm,
  brimWidthMm: z.optional(LengthMm),
});

/** One earring, from its highest point to its lowest, and across. */
export const EarringsDimensions = z.object({ lengthMm: LengthMm, widthMm: LengthMm });

/** A chain may close at more than one length. */
export const NecklaceDimensions = z.object({
  chainLengthMm: LengthMm,
  shortestMm: z.optional(LengthMm),
  pendantLengthMm: z.optional(LengthMm),
});

/** The ring as it is modelled; it is made in every size between the least and the greatest (EU, ISO 8653: millimetres inside). */
export const RingDimensions = z.object({
  innerDiameterMm: LengthMm,
  bandWidthMm: LengthMm,
  leastSizeEu: z.int().check(z.minimum(36), z.maximum(76)),
  greatestSizeEu: z.int().check(z.minimum(36), z.maximum(76)),
});

/** A bangle by its oval's inside, a chain by its length; of both the greatest height of their section. */
export const BraceletDimensions = z.object({
  innerWidthMm: z.optional(LengthMm),
  innerHeightMm: z.optional(LengthMm),
  lengthMm: z.optional(LengthMm),
  sectionMm: LengthMm,
});

export const WatchDimensions = z.object({
  caseDiameterMm: LengthMm,
  lugToLugMm: LengthMm,
  thicknessMm: LengthMm,
  strapWidthMm: LengthMm,
  wristLeastMm: LengthMm,
  wristMostMm: LengthMm,
});

export const BagDimensions = z.object({
  widthMm: LengthMm,
  heightMm: LengthMm,
  depthMm: LengthMm,
  handleDropMm: z.optional(LengthMm),
  strapLengthMm: z.optional(LengthMm),
});

/** Which part of the face a colour is for. */
export const MakeupRegion = z.enum(['lips', 'cheeks', 'eyes']);
export type MakeupRegion = z.infer<typeof MakeupRegion>;

/** Of what the colour comes in. */
export const MakeupDimensions = z.object({ lengthMm: LengthMm, widthMm: LengthMm });

/**
 * The product categories: where their pieces attach and by which sizes they are sold. A house may bring categories of its own,
 * named `x-…`, which the scenes learn by `registerCategory`.
 */
export const categories = {
  eyewear: { anchor: 'noseBridge', dimensions: EyewearDimensions },
  hat: { anchor: 'head', dimensions: HatDimensions },
  earrings: { anchor: 'earlobes', dimensions: EarringsDimensions },
  necklace: { anchor: 'neckBase', dimensions: NecklaceDimensions },
  ring: { anchor: 'finger', dimensions: RingDimensions },
  bracelet: { anchor: 'wrist', dimensions: BraceletDimensions },
  watch: { anchor: 'wrist', dimensions: WatchDimensions },
  bag: { anchor: 'hand', dimensions: BagDimensions },
  makeup: { anchor: 'face', dimensions: MakeupDimensions },
} as const;

/** A category of the kit. */
export type KnownCategory = keyof typeof categories;
/** A category that a house brings itself. */
export const OwnCategory = z.templateLiteral(['x-', z.string().check(z.regex(/^[a-z][a-z-]{0,30}$/))]);
export type OwnCategory = z.infer<typeof OwnCategory>;

export const Category = z.union([
  z.enum(Object.keys(categories) as [KnownCategory, ...KnownCategory[]]),
  OwnCategory,
]);
export type Category = z.infer<typeof Category>;

export const Variant = z.object({
  id: VariantId,
  sku: Sku,
  /** GTIN-13 with its check digit. */
  gtin: z.string().check(z.regex(/^\d{13}$/)),
  name: Words,
  /** The name of the variant in KHR_materials_variants. */
  modelVariant: z.string().check(z.minLength(1)),
  /** Relative to the catalogue file. */
  posterPath: z.optional(PosterPath),
  /** CSS colours that stand for the variant where it is chosen: frame first, lens or stone second. */
  swatch: z.array(z.string().check(z.regex(/^#[0-9a-f]{6}$/))).check(z.minLength(1), z.maxLength(2)),
});
export type Variant = z.infer<typeof Variant>;

const PieceBase = z.object({
  id: PieceId,
  name: z.string().check(z.minLength(1)),
  /** One line under the name. */
  line: Words,
  /** Two sentences. */
  story: Words,
  materials: Words,
  care: Words,
  price: Price,
  /** Paths relative to the catalogue file. */
  modelPath: z.string().check(z.regex(/^[a-z0-9/.-]+\.glb$/)),
  modelLodPath: z.optional(z.string().check(z.regex(/^[a-z0-9/.-]+\.glb$/))),
  /** For variants without a poster of their own. */
  posterPath: z.optional(PosterPath),
  variants: z.array(Variant).check(z.minLength(1)),
});

const pieceOf = <Name extends KnownCategory, Dimensions extends z.ZodMiniType>(
  category: Name,
  dimensions: Dimensions,
) => z.extend(PieceBase, { category: z.literal(category), dimensions });

/** One piece of a collection as the catalogue tells it. */
export const Piece = z.union([
  pieceOf('eyewear', categories.eyewear.dimensions),
  pieceOf('hat', categories.hat.dimensions),
  pieceOf('earrings', categories.earrings.dimensions),
  pieceOf('necklace', categories.necklace.dimensions),
  pieceOf('ring', categories.ring.dimensions),
  pieceOf('bracelet', categories.bracelet.dimensions),
  pieceOf('watch', categories.watch.dimensions),
  pieceOf('bag', categories.bag.dimensions),
  z.extend(pieceOf('makeup', categories.makeup.dimensions), { region: MakeupRegion }),
  z.extend(PieceBase, {
    category: OwnCategory,
    /** Sizes by their names in the model's own words. */
    dimensions: z.record(z.string().check(z.regex(/Mm$/)), LengthMm),
  }),
]);
export type Piece = z.infer<typeof Piece>;

/** What one Maison shows: served as `/collections/<maison>/catalogue.json`. */
export const Catalogue = z
  .object({
    schemaVersion: z.literal(1),
    maisonId: MaisonId,
    maisonName: z.string().check(z.minLength(1)),
    /** The first is told where and when no other is. */
    stories: z.array(Story).check(z.minLength(1)),
    pieces: z.array(Piece).check(z.minLength(1)),
  })
  .check(({ value, issues }) => {
    for (const { path, message } of catalogueFaults(value)) {
      issues.push({ code: 'custom', input: value, path: [...path], message });
    }
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

/** Where the kit's own gallery puts the poster of a variant, relative to the catalogue file. */
export function posterName({ id }: Piece, variant: Variant): string {
  return `posters/${id}.${variant.id}.webp`;
}

/** The poster of a variant, relative to the catalogue file; null where there is none. */
export function posterOf(piece: Piece, variant: Variant): string | null {
  return variant.posterPath ?? piece.posterPath ?? null;
}

/** Finds what is worn; a finish that the catalogue no longer has gives its piece's first. */
export function findWorn(
  catalogue: Catalogue,
  worn: { readonly pieceId: string; readonly variantId: string },
): FoundVariant | undefined {
  const piece = catalogue.pieces.find(({ id }) => id === worn.pieceId);
  const variant = piece?.variants.find(({ id }) => id === worn.variantId) ?? piece?.variants[0];
  return piece && variant && { piece, variant };
}

/** Finds pieces by id; null for what the catalogue does not have. */
export function piecesIn(catalogue: Catalogue): (pieceId: string) => Piece | null {
  return (pieceId) => catalogue.pieces.find(({ id }) => id === pieceId) ?? null;
}

/** Finds a piece's variant by SKU. */
export function findBySku(catalogue: Catalogue, sku: Sku): FoundVariant | undefined {
  for (const piece of catalogue.pieces) {
    const variant = piece.variants.find((candidate) => candidate.sku === sku);
    if (variant) return { piece, variant };
  }
  return undefined;
}
