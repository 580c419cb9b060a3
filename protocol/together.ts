import * as z from 'zod/mini';
import { Finger } from './finger.ts';
import { PieceId, VariantId } from './ids.ts';
import { mostWorn } from './look.ts';

const slug = z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+){0,7}$/));
const coordinateMm = z.number().check(z.minimum(-1_000), z.maximum(1_000), z.multipleOf(0.1));

/**
 * A spot on a piece, in the model's own frame and millimetres: a place on a thing of the house, the same whoever wears it. Nothing of a
 * person can be told by it.
 */
export const Spot = z.object({ xMm: coordinateMm, yMm: coordinateMm, zMm: coordinateMm });
export type Spot = z.infer<typeof Spot>;

/** Where the advisor points: a light on the mirror, for a moment. */
export const Pointed = z.object({ pieceId: PieceId, spot: Spot });
export type Pointed = z.infer<typeof Pointed>;

/** How long a light stays where the advisor pointed. */
export const pointLastsMs = 9_000;

/** A page of a story: 0 is its first, which names the chapters. */
export const StoryPage = z.object({ storyId: slug, chapter: z.int().check(z.minimum(0), z.maximum(50)) });
export type StoryPage = z.infer<typeof StoryPage>;

/** A whole look that the advisor proposes and the client may see on themselves; the first of it is looked at. */
export const ProposedLook = z
  .array(z.object({ pieceId: PieceId, variantId: VariantId, finger: z.optional(Finger) }))
  .check(z.minLength(1), z.maxLength(mostWorn));
export type ProposedLook = z.infer<typeof ProposedLook>;

export const ProposalAnswer = z.enum(['accepted', 'declined']);
export type ProposalAnswer = z.infer<typeof ProposalAnswer>;
