import { isForgotten } from './absence.ts';

interface Kept<Known> {
  readonly known: Known;
  lastSeenMs: number;
}

/** What is known of each track, for no longer than whoever is seen again may be taken for the same (`isForgotten`). */
export class TrackMemory<Known> {
  readonly #make: () => Known;
  readonly #tracks = new Map<number, Kept<Known>>();
  #lastFrameMs = Number.NEGATIVE_INFINITY;
  #forgetsUnseen = false;

  /** `make`: what is known of somebody new. */
  constructor(make: () => Known) {
    this.#make = make;
  }

  /** A frame begins on which these are seen: whoever was away for too long is forgotten, also where their number comes back. */
  begin(timeMs: number, seen: readonly { readonly trackId: number }[]): void {
    const lastFrameMs = this.#lastFrameMs;
    for (const [trackId, { lastSeenMs }] of this.#tracks) {
      const isUnseen = this.#forgetsUnseen && seen.every((other) => other.trackId !== trackId);
      if (isUnseen || isForgotten({ lastSeenMs, lastFrameMs, timeMs })) this.#tracks.delete(trackId);
    }
    this.#forgetsUnseen = false;
    this.#lastFrameMs = timeMs;
  }

  /**
   * Looks at one who is seen on the frame that began, with what is known of them and how long ago they were seen before that (0 for
   * somebody new). Where nothing comes of it, null, they do not count as seen.
   */
  meet<Found>(trackId: number, look: (known: Known, awayMs: number) => Found | null): Found | null {
    const timeMs = this.#lastFrameMs;
    const kept = this.#tracks.get(trackId) ?? { known: this.#make(), lastSeenMs: timeMs };
    const found = look(kept.known, timeMs - kept.lastSeenMs);
    if (found === null) return null;
    kept.lastSeenMs = timeMs;
    this.#tracks.set(trackId, kept);
    return found;
  }

  /** Whoever is not on the next frame is forgotten with it. */
  forgetUnseen(): void {
    this.#forgetsUnseen = true;
  }

  /** Forgets everybody. */
  reset(): void {
    this.#tracks.clear();
  }
}
