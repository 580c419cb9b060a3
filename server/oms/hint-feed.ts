import type { OmsCursor, OmsHint, OmsListener } from '../../protocol/connector/index.ts';

/** The cursor of a house that does not number its deliveries: whoever comes back with it reads everything anew. */
const uncounted = 'uncounted';

/** A number this far below the last is no late delivery: the house began to count anew. */
const latestBy = 1_000;

/** Hands hints that come from outside (a webhook) to those who follow a connector. */
export class HintFeed {
  readonly #listeners = new Set<OmsListener>();
  #seq: number | null = null;

  /** Follows from `cursor`, the number of the last delivery that was read. */
  follow(cursor: OmsCursor | null, listener: OmsListener): () => void {
    const from = Number(cursor ?? Number.NaN);
    const isKnown = Number.isSafeInteger(from) && (this.#seq === null || from === this.#seq);
    if (isKnown) this.#seq = from;
    this.#listeners.add(listener);
    // What was delivered while nobody followed cannot be had again from a system that only tells.
    queueMicrotask(() => {
      if (!isKnown && this.#listeners.has(listener)) listener.gap(this.#cursor());
    });
    return () => void this.#listeners.delete(listener);
  }

  #cursor(): OmsCursor {
    return this.#seq === null ? uncounted : String(this.#seq);
  }

  /** The numbers between the last delivery and this one, both ends included; null where none is missing here. */
  missingBefore(seq: number | null): { readonly from: number; readonly to: number } | null {
    if (seq === null || this.#seq === null || seq <= this.#seq + 1) return null;
    return { from: this.#seq + 1, to: seq - 1 };
  }

  /** Whether the house counts anew: a counter that was set back, or that a single delivery had put far ahead of the others. */
  isCountedAnew(seq: number | null): boolean {
    return seq !== null && this.#seq !== null && seq < this.#seq - latestBy;
  }

  /**
   * Takes one delivery. Deliveries that are numbered show where one is missing: that is told as a gap before the hints. So is a counter
   * that began anew, and whoever follows goes on from there.
   *
   * @param seq the delivery's number, one more than the last; null where the house does not count
   * @param cameElsewhere whether those that are missing here came to another node
   */
  deliver(seq: number | null, hints: readonly OmsHint[], cameElsewhere = false): void {
    const isCountedAnew = this.isCountedAnew(seq);
    const isGap = isCountedAnew || (!cameElsewhere && this.missingBefore(seq) !== null);
    if (seq !== null) this.#seq = isCountedAnew ? seq : Math.max(this.#seq ?? 0, seq);
    const cursor = this.#cursor();
    for (const listener of Array.from(this.#listeners)) {
      if (isGap) listener.gap(cursor);
      for (const hint of hints) listener.hint(hint, cursor);
    }
  }
}
