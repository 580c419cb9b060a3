import * as z from 'zod/mini';

const finite = z.number();
const positiveMm = z.number().check(z.positive(), z.maximum(2000));
const triple = z.tuple([finite, finite, finite]);

/** Where the anchor sits in the piece's own coordinates: millimetres and a unit quaternion (x, y, z, w). */
export const wornFrameSchema = z.strictObject({
  translationMm: triple,
  rotation: z
    .tuple([finite, finite, finite, finite])
    .check(z.refine((q) => Math.abs(Math.hypot(...q) - 1) < 1e-3, 'rotation must be a unit quaternion')),
});

/**
 * A part that moves: about or along `axis`, in the node's own frame, right-handed; limits in degrees (hinge) or
 * millimetres (slide). Zero is the pose in the file.
 */
export const movingPartSchema = z.strictObject({
  node: z.string().check(z.minLength(1), z.maxLength(64)),
  joint: z.enum(['hinge', 'slide']),
  axis: triple,
  limits: z.tuple([finite, finite]).check(z.refine(([low, high]) => low <= high, 'limits must be in order')),
});

/** A place that takes an engraving. */
export const engraveableSchema = z.strictObject({
  node: z.string().check(z.minLength(1), z.maxLength(64)),
  areaMm: z.tuple([positiveMm, positiveMm]),
});

/** Sizes of spectacles, after ISO 8624. */
export const eyewearFitSchema = z.strictObject({
  lensWidthMm: positiveMm,
  lensHeightMm: positiveMm,
  bridgeWidthMm: positiveMm,
  templeLengthMm: positiveMm,
  frameWidthMm: positiveMm,
  pantoscopicDeg: z.number().check(z.minimum(-10), z.maximum(25)),
  wrapDeg: z.number().check(z.minimum(-10), z.maximum(30)),
});

/** `extras.vitrine` of a piece's root node: what the wearing scene must know of it. */
export const pieceExtrasSchema = z.strictObject({
  schemaVersion: z.literal(1),
  category: z.literal('eyewear'),
  anchor: z.literal('noseBridge'),
  wornFrame: wornFrameSchema,
  fit: eyewearFitSchema,
  moving: z.array(movingPartSchema).check(z.maxLength(32)),
  engraveable: z.array(engraveableSchema).check(z.maxLength(8)),
});

/** The parsed form of `extras.vitrine`. */
export type PieceExtras = z.infer<typeof pieceExtrasSchema>;
