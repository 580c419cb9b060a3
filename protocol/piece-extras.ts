import * as z from 'zod/mini';
import { categories, Category, EyewearDimensions, LengthMm } from './product.ts';

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
 * A part that moves: about or along `axis`, in the node's own frame, right-handed; limits in degrees (hinge) or
 * millimetres (slide). Zero is the pose in the file.
 */
export const MovingPart = z.strictObject({
  node: NodeName,
  joint: z.enum(['hinge', 'slide']),
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

/** `extras.vitrine` of a piece's root node: what the model itself tells of how it is worn. What the pipeline demands. */
export const PieceExtras = z
  .strictObject({
    schemaVersion: z.literal(1),
    category: Category,
    anchor: z.string(),
    wornFrame: WornFrame,
    fit: EyewearFit,
    moving: z.array(MovingPart).check(z.maxLength(32)),
    engraveable: z.array(Engraveable).check(z.maxLength(8)),
  })
  .check(
    z.refine(
      ({ category, anchor }) => anchor === categories[category].anchor,
      'anchor must be the one of its category',
    ),
  );
export type PieceExtras = z.infer<typeof PieceExtras>;

/**
 * What the stage reads of `extras.vitrine`: as little as it needs, so that a model of a later version of the pipeline can
 * still be worn. Without `wornFrame` the anchor sits at the piece's origin.
 */
export const WearingExtras = z.object({
  schemaVersion: z.literal(1),
  category: Category,
  wornFrame: z.optional(WornFrame),
});
export type WearingExtras = z.infer<typeof WearingExtras>;
