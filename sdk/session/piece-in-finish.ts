import { findBySku, type Catalogue } from '../../protocol/product.ts';
import type { Locale, Sku } from '../../protocol/ids.ts';

/** A piece in one finish, as a line of text names it: `Fjord 51, Tortoise`. Null where this catalogue does not know it. */
export function pieceInFinish(catalogue: Catalogue, sku: Sku, locale: Locale): string | null {
  const found = findBySku(catalogue, sku);
  return found ? `${found.piece.name}, ${found.variant.name[locale]}` : null;
}
