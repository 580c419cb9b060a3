import * as z from 'zod/mini';

const Vector3Mm = z.tuple([z.number(), z.number(), z.number()]);

/** A unit quaternion [x, y, z, w]. */
const Quaternion = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/**
 * What `extras.vitrine` of a piece's root node tells. Lengths in millimetres. `wornFrame` is where in the piece its
 * anchor sits (`pieceFromAnchor`); without it the anchor sits at the origin.
 */
export const PieceExtras = z.object({
  schemaVersion: z.literal(1),
  category: z.string(),
  anchor: z.string(),
  wornFrame: z.optional(z.object({ translationMm: Vector3Mm, rotation: Quaternion })),
  fit: z.optional(z.record(z.string(), z.unknown())),
});
export type PieceExtras = z.infer<typeof PieceExtras>;
