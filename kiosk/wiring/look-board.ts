import type { Piece } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import type { ReadableStore } from '../../sdk/core/store.ts';
import { ValueStore } from '../../sdk/core/store.ts';

/**
 * Whether the mirror shows the client yet, and whether the piece that they look at has a place on them and lies under their hair,
 * as the mirror tells of every piece that is worn; and how much of the mirror the controls cover, which the mirror is told.
 */
export class LookBoard {
  readonly #placed = new ValueStore<boolean | null>(null);
  readonly #hidden = new ValueStore(false);
  readonly #mirrored = new ValueStore(false);
  readonly #coveredShare = new ValueStore(0);
  readonly #places = new Map<Piece['id'], boolean>();
  readonly #underHair = new Set<Piece['id']>();
  #looked: Piece['id'] | null = null;

  /** Null until the mirror has said so. */
  get placed(): ReadableStore<boolean | null> {
    return this.#placed;
  }

  /** Whether the client's hair lies over it. */
  get hidden(): ReadableStore<boolean> {
    return this.#hidden;
  }

  /** Whether the picture is the client's own: an open camera may take long to its first one. */
  get mirrored(): ReadableStore<boolean> {
    return this.#mirrored;
  }

  /** Of the mirror's height, from below, 0 to 1. */
  get coveredShare(): ReadableStore<number> {
    return this.#coveredShare;
  }

  /** The mirror shows the client from now on, or no longer. */
  noteMirrored(mirrored: boolean): void {
    this.#mirrored.set(mirrored);
  }

  /** The controls have come, gone or grown. */
  noteCovered(share: number): void {
    this.#coveredShare.set(share);
  }

  /** The mirror tells of a worn piece. */
  notePlace(pieceId: Piece['id'], placed: boolean): void {
    this.#places.set(pieceId, placed);
    if (pieceId === this.#looked) this.#placed.set(placed);
  }

  /** The mirror tells that hair has come over a worn piece, or has gone from it. */
  noteHidden(pieceId: Piece['id'], hidden: boolean): void {
    if (hidden) this.#underHair.add(pieceId);
    else this.#underHair.delete(pieceId);
    if (pieceId === this.#looked) this.#hidden.set(hidden);
  }

  /** The client looks at another piece, or the visit is over (null). */
  follow(worn: Worn | null): void {
    if (worn === null) {
      this.#places.clear();
      this.#underHair.clear();
    }
    const looked = worn?.pieceId ?? null;
    if (looked === this.#looked) return;
    this.#looked = looked;
    // What was worn all along is where it was; the mirror tells of changes only.
    this.#placed.set(looked === null ? null : (this.#places.get(looked) ?? null));
    this.#hidden.set(looked !== null && this.#underHair.has(looked));
  }
}
