import { placeIn } from '../../protocol/look.ts';
import { piecesIn, type Catalogue, type Piece } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import type { ReadableStore } from '../../sdk/core/store.ts';
import { ValueStore } from '../../sdk/core/store.ts';

/** One piece on one of those who are in the mirror, counted from 0, the client. */
export interface Dressed extends Worn {
  readonly person: number;
}

/**
 * Who in the mirror wears what: a piece that is tried on is for the person whom the mirror serves, who is whoever was touched last, and
 * takes the place of one of its kind on that person only. It knows people by the order in which they joined, and ends with the visit;
 * alone again, the client wears the visit's look.
 */
export class PeopleBoard {
  readonly #dressed = new ValueStore<readonly Dressed[]>([]);
  readonly #catalogue: Catalogue;
  #look: readonly Worn[] = [];
  #people = 1;
  #served = 0;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  get dressed(): ReadableStore<readonly Dressed[]> {
    return this.#dressed;
  }

  /** The mirror tells whom it serves. */
  serve(person: number): void {
    this.#served = person;
  }

  /** What the visit wears together, and how many are in the mirror. */
  follow(look: readonly Worn[], people: number): void {
    if (look === this.#look && people === this.#people) return;
    if (people < this.#people) this.#served = 0;
    this.#people = people;
    const before = people === 1 || look.length === 0 ? [] : this.#dressed.get();
    const ownerOf = (pieceId: Piece['id']): number | undefined =>
      before.find((one) => one.pieceId === pieceId)?.person;
    const served = people === 1 ? 0 : this.#served;
    const now = look.map((worn): Dressed => ({ ...worn, person: ownerOf(worn.pieceId) ?? served }));
    const fresh = now.filter(({ pieceId }) => ownerOf(pieceId) === undefined);
    const isDisplaced = (one: Dressed, byOther: boolean): boolean =>
      fresh.some(
        (piece) => this.#placeOf(piece) === this.#placeOf(one) && (piece.person !== one.person) === byOther,
      );
    const lookBefore = this.#look;
    const has = (among: readonly Worn[], { pieceId }: Worn): boolean =>
      among.some((one) => one.pieceId === pieceId);
    // What left the look because somebody else put on one of its kind stays, until its own wearer puts on another.
    const beside = before.filter(
      (one) => !has(look, one) && (has(lookBefore, one) ? isDisplaced(one, true) : !isDisplaced(one, false)),
    );
    this.#look = look;
    this.#dressed.set([...beside, ...now]);
  }

  #placeOf(worn: Worn): string {
    return placeIn(worn, piecesIn(this.#catalogue));
  }
}
