import type { Catalogue, Category, Piece } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import type { ReadableStore } from '../../sdk/core/store.ts';
import { ValueStore } from '../../sdk/core/store.ts';

/** Pieces that would lie in each other's place; one of them is worn at a time. */
const placeOf: Readonly<Partial<Record<Category, string>>> = { bracelet: 'wrist', watch: 'wrist' };
/** The mirror wears so many together; the one put on the longest ago gives way. */
const mostPieces = 4;

/**
 * Everything that is worn together: the piece that the client looks at now, last, and before it what they kept on. A piece of the same
 * place takes the place of the one before. It ends with the visit.
 */
export class LookBoard {
  readonly #look = new ValueStore<readonly Worn[]>([]);
  readonly #placed = new ValueStore<boolean | null>(null);
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** Whether the piece that is looked at has a place on the client; null until the mirror has said so. */
  get placed(): ReadableStore<boolean | null> {
    return this.#placed;
  }

  /** The mirror tells of a worn piece. */
  notePlace(pieceId: Piece['id'], placed: boolean): void {
    if (pieceId === this.#look.get().at(-1)?.pieceId) this.#placed.set(placed);
  }

  get look(): ReadableStore<readonly Worn[]> {
    return this.#look;
  }

  /** The client looks at another piece, or the visit is over (null). */
  wear(worn: Worn | null): void {
    const before = this.#look.get();
    if (worn === null) {
      if (before.length > 0) this.#look.set([]);
      return;
    }
    const last = before.at(-1);
    if (last?.pieceId === worn.pieceId && last.variantId === worn.variantId) return;
    if (last?.pieceId !== worn.pieceId) this.#placed.set(null);
    const place = this.#placeOf(worn);
    const others = before.filter((other) => this.#placeOf(other) !== place);
    this.#look.set([...others, worn].slice(-mostPieces));
  }

  /** The client takes off what they had kept on. */
  takeOff(pieceId: Piece['id']): void {
    this.#look.set(this.#look.get().filter((worn) => worn.pieceId !== pieceId));
  }

  #placeOf({ pieceId }: Worn): string {
    const piece = this.#catalogue.pieces.find(({ id }) => id === pieceId);
    return piece === undefined ? pieceId : (placeOf[piece.category] ?? piece.category);
  }
}
