import type { Sku, StoreId } from '../../protocol/index.ts';
import { OmsFault } from '../../protocol/connector/index.ts';

/** One SKU in one boutique. */
interface Piece {
  readonly storeId: StoreId;
  readonly sku: Sku;
}

/**
 * Lets an answer through if it is about the piece that was asked about.
 *
 * @throws {OmsFault} `misspoke`
 */
export function checkPiece(asked: Piece, answered: Piece): void {
  if (answered.storeId === asked.storeId && answered.sku === asked.sku) return;
  throw new OmsFault('misspoke', 'The house answered about another piece than it was asked about.');
}
