import type { Answer, WireError } from '../protocol/errors.ts';
import type { Sku } from '../protocol/ids.ts';
import { findBySku, type FoundVariant } from '../protocol/product.ts';
import { mostWished, readWishList, wishListText, type WishListReply } from '../protocol/wish-list.ts';
import type { Collection } from '../sdk/session/collection.ts';

/** What a list's own address says behind its `#`. */
export interface ListFields {
  readonly skus: readonly Sku[];
  readonly made: WishListReply | null;
}

/** The list that a client makes on this page: pieces in the order in which they were chosen, then its code. Kept in the page's address alone. */
export class ListDesk {
  readonly collection: Collection;
  readonly #ask: (id: string, skus: readonly Sku[]) => Promise<Answer<WishListReply>>;
  #chosen: readonly Sku[];
  #made: WishListReply | null;
  #problem: WireError['code'] | null = null;
  #busy = false;
  /** Names this choice: asked again after a lost answer, the same list comes. */
  #id = chance();

  constructor(
    collection: Collection,
    { skus, made }: ListFields,
    ask: (id: string, skus: readonly Sku[]) => Promise<Answer<WishListReply>>,
  ) {
    this.collection = collection;
    this.#ask = ask;
    const known = [...new Set(skus)].filter((sku) => findBySku(collection.catalogue, sku) !== undefined);
    this.#chosen = known.slice(0, mostWished);
    this.#made = this.#chosen.length > 0 ? made : null;
  }

  get chosen(): readonly Sku[] {
    return this.#chosen;
  }
  get made(): WishListReply | null {
    return this.#made;
  }
  get problem(): WireError['code'] | null {
    return this.#problem;
  }
  get busy(): boolean {
    return this.#busy;
  }
  get isFull(): boolean {
    return this.#chosen.length >= mostWished;
  }

  pieces(): readonly FoundVariant[] {
    return this.#chosen.flatMap((sku) => findBySku(this.collection.catalogue, sku) ?? []);
  }

  /** Puts a piece on the list or takes it off; beyond the twelfth nothing is put on. */
  choose(sku: Sku, wanted: boolean): void {
    const others = this.#chosen.filter((other) => other !== sku);
    if (wanted && others.length >= mostWished) return;
    this.#chosen = wanted ? [...others, sku] : others;
    this.#id = chance();
  }

  /** Asks for the list's code; `onChange` is called as it is asked and as it is answered. */
  async make(onChange: () => void): Promise<void> {
    if (this.#busy || this.#chosen.length === 0) return;
    this.#busy = true;
    this.#problem = null;
    onChange();
    const answer = await this.#ask(this.#id, this.#chosen);
    this.#busy = false;
    if (answer.ok) this.#made = answer.value;
    else this.#problem = answer.error.code;
    onChange();
  }

  /** Back to the choice; the next code is of another list. */
  change(): void {
    this.#made = null;
    this.#id = chance();
  }

  /** The address that brings this page back as it is; whoever has it has the code. */
  fragment(): string {
    const { maisonId } = this.collection.catalogue;
    const fields = new URLSearchParams({ maison: maisonId, list: this.#chosen.join(',') });
    const secret = this.#made && readWishList(this.#made.text);
    if (this.#made && secret !== null) {
      fields.set('code', secret);
      fields.set('until', String(this.#made.expiresAtMs));
    }
    return `#${fields.toString()}`;
  }
}

/** Reads a list's address; a code that has run out or is none is left out. */
export function readListFields(fields: URLSearchParams, nowMs: number): ListFields {
  const text = wishListText(fields.get('code') ?? '');
  const expiresAtMs = Number(fields.get('until') ?? 0);
  const isGood = readWishList(text) !== null && expiresAtMs > nowMs && expiresAtMs < 8.64e15;
  return {
    skus: (fields.get('list') ?? '').split(',').filter((sku) => sku !== ''),
    made: isGood ? { text, expiresAtMs } : null,
  };
}

function chance(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
