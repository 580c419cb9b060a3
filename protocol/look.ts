import type { PieceId } from './ids.ts';
import type { Category, MakeupRegion } from './product.ts';
import type { Finger } from './finger.ts';
import type { Worn } from './session.ts';

/**
 * A mirror wears so many together, one of each kind that a house sells: going from kind to kind keeps the look. Of more, rings and colours,
 * the one put on the longest ago gives way.
 */
export const mostWorn = 9;

/** What of a piece tells where it is worn: what the catalogue says of it. */
export interface PlacedPiece {
  readonly category: Category;
  /** Of a colour: lips, cheeks and eyes wear each their own. */
  readonly region?: MakeupRegion;
}

/** Where a ring is worn unless told. */
const usualFinger: Finger = 'ring';

/** How a piece joins a look. */
export interface Joining {
  /** What is looked at until now. */
  readonly looked: Worn | null;
  /** A ring takes the place of the one that is looked at, unless it is to be worn beside it. */
  readonly beside?: boolean;
  /** Null for a piece that the catalogue no longer has. */
  readonly pieceOf: (pieceId: PieceId) => PlacedPiece | null;
}

/**
 * The look with one more piece in it: the same piece once only, and in the place of what it cannot be worn with. Places in the list
 * stay as they are, as rings lie on each other in its order; a ring that goes to another finger is put on there last.
 */
export function wearWith(look: readonly Worn[], worn: Worn, joining: Joining): readonly Worn[] {
  const { pieceId, variantId } = worn;
  const isRing = joining.pieceOf(pieceId)?.category === 'ring';
  const before = look.find((one) => one.pieceId === pieceId);
  const displaced = before ?? displacedBy(look, worn, joining);
  const wished = worn.finger ?? displaced?.finger ?? joining.looked?.finger ?? usualFinger;
  const entry: Worn = isRing ? { pieceId, variantId, finger: wished } : { pieceId, variantId };
  const stays = displaced !== undefined && fingerOf(displaced) === fingerOf(entry);
  const next = stays
    ? look.map((one) => (one === displaced ? entry : one))
    : [...look.filter((one) => one !== displaced), entry];
  if (next.length <= mostWorn) return next;
  const oldest = next.find((one) => one !== entry);
  return next.filter((one) => one !== oldest);
}

/** The finger of a worn ring. */
export function fingerOf({ finger }: Worn): Finger {
  return finger ?? usualFinger;
}

/** The look without a piece; null where nothing would be left of it, as a mirror always shows something. */
export function takeOff(look: readonly Worn[], pieceId: PieceId): readonly Worn[] | null {
  const rest = look.filter((one) => one.pieceId !== pieceId);
  return rest.length === 0 ? null : rest;
}

function displacedBy(look: readonly Worn[], worn: Worn, joining: Joining): Worn | undefined {
  const { looked, beside = false, pieceOf } = joining;
  const place = placeIn(worn, pieceOf);
  const sharing = look.filter((one) => placeIn(one, pieceOf) === place);
  if (pieceOf(worn.pieceId)?.category !== 'ring') return sharing[0];
  if (beside) return undefined;
  return sharing.find(({ pieceId }) => pieceId === looked?.pieceId) ?? sharing.at(-1);
}

/** Where a piece is worn; of two in one place only one is. */
export function placeIn({ pieceId }: Worn, pieceOf: Joining['pieceOf']): string {
  const piece = pieceOf(pieceId);
  if (piece === null) return pieceId;
  return piece.region ?? piece.category;
}
