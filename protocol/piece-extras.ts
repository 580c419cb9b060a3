import * as z from 'zod/mini';
import {
  categories,
  Category,
  EyewearDimensions,
  LengthMm,
  MakeupRegion,
  OwnCategory,
  type KnownCategory,
} from './product.ts';

const Finite = z.number();
const Triple = z.tuple([Finite, Finite, Finite]);
const NodeName = z.string().check(z.minLength(1), z.maxLength(64));

/** Where the anchor sits in the piece's own coordinates (`pieceFromAnchor`): millimetres and a unit quaternion (x, y, z, w). */
export const WornFrame = z.strictObject({
  translationMm: Triple,
  rotation: z
    .tuple([Finite, Finite, Finite, Finite])
    .check(z.refine((q) => Math.abs(Math.hypot(...q) - 1) < 1e-3, 'rotation must be a unit quaternion')),
});
export type WornFrame = z.infer<typeof WornFrame>;

/**
 * A part that moves: about or along `axis`, in the node's own frame, right-handed; limits in degrees (hinge, pendulum, spin) or
 * millimetres (slide). A pendulum swings to every side about its node's origin, `axis` pointing to where its weight hangs; a spin
 * turns without end (limits 0 to 360), as a watch's hands do. Zero is the pose in the file.
 */
export const MovingPart = z.strictObject({
  node: NodeName,
  joint: z.enum(['hinge', 'slide', 'pendulum', 'spin']),
  axis: Triple,
  limits: z.tuple([Finite, Finite]).check(z.refine(([low, high]) => low <= high, 'limits must be in order')),
});
export type MovingPart = z.infer<typeof MovingPart>;

/** A place that takes an engraving. */
export const Engraveable = z.strictObject({ node: NodeName, areaMm: z.tuple([LengthMm, LengthMm]) });
export type Engraveable = z.infer<typeof Engraveable>;

/** Sizes of spectacles, with the angles at which they are worn. */
export const EyewearFit = z.strictObject({
  ...EyewearDimensions.shape,
  pantoscopicDeg: z.number().check(z.minimum(-10), z.maximum(25)),
  wrapDeg: z.number().check(z.minimum(-10), z.maximum(30)),
});
export type EyewearFit = z.infer<typeof EyewearFit>;

/** What a colour to be worn is made of; linear RGB of the colour itself, `opacity` where it lies thickest. */
export const MakeupShade = z.strictObject({
  color: Triple,
  opacity: z.number().check(z.minimum(0), z.maximum(1)),
  finish: z.enum(['matte', 'satin', 'gloss']),
});
export type MakeupShade = z.infer<typeof MakeupShade>;

/** Where a colour is worn, and its shade in each variant by the variant's name. */
export const MakeupFit = z.strictObject({
  ...categories.makeup.dimensions.shape,
  region: MakeupRegion,
  shades: z.record(z.string(), MakeupShade),
});
export type MakeupFit = z.infer<typeof MakeupFit>;

const ExtrasBase = z.strictObject({
  schemaVersion: z.literal(1),
  wornFrame: WornFrame,
  moving: z.array(MovingPart).check(z.maxLength(32)),
  engraveable: z.array(Engraveable).check(z.maxLength(8)),
});

const extrasOf = <Name extends KnownCategory, Fit extends z.ZodMiniType>(category: Name, fit: Fit) =>
  z.extend(ExtrasBase, {
    category: z.literal(category),
    anchor: z.literal(categories[category].anchor),
    fit,
  });

const strictly = <Shape extends z.core.$ZodLooseShape>(dimensions: z.ZodMiniObject<Shape>) =>
  z.strictObject(dimensions.shape);

/** `extras.vitrine` of a piece's root node: what the model itself tells of how it is worn. What the pipeline demands. */
export const PieceExtras = z.union([
  extrasOf('eyewear', EyewearFit),
  extrasOf('hat', strictly(categories.hat.dimensions)),
  extrasOf('earrings', strictly(categories.earrings.dimensions)),
  extrasOf('necklace', strictly(categories.necklace.dimensions)),
  extrasOf('ring', strictly(categories.ring.dimensions)),
  extrasOf('bracelet', strictly(categories.bracelet.dimensions)),
  extrasOf('watch', strictly(categories.watch.dimensions)),
  extrasOf('bag', strictly(categories.bag.dimensions)),
  extrasOf('makeup', MakeupFit),
  z.extend(ExtrasBase, {
    category: OwnCategory,
    anchor: z.string().check(z.minLength(1)),
    fit: z.record(z.string(), z.number()),
  }),
]);
export type PieceExtras = z.infer<typeof PieceExtras>;

/**
 * What the stage reads of `extras.vitrine`: as little as it needs, so that a model of a later version of the pipeline can
 * still be worn. Without `wornFrame` the anchor sits at the piece's origin.
 */
export const WearingExtras = z.object({
  schemaVersion: z.literal(1),
  category: Category,
  wornFrame: z.optional(WornFrame),
  /** Sizes and what else its category needs to know. */
  fit: z.optional(z.record(z.string(), z.unknown())),
});
export type WearingExtras = z.infer<typeof WearingExtras>;
