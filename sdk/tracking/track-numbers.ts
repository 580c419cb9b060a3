import { isForgotten } from './absence.ts';
import type { PicturePoint } from './picture-region.ts';

/** Something followed that keeps its number. */
interface Numbered {
  trackId: number;
  place: PicturePoint;
  lastSeenMs: number;
}

/** What is gone for longer is something new when it comes back. */
const forgottenAfterMs = 1_000;

/**
 * Gives things seen on one picture the numbers they had on the last: the nearest pair first, none farther than `reachPx`.
 * Nothing of what they look like is kept.
 */
export class TrackNumbers {
  #known: Numbered[] = [];
  #last = 0;
  #lastFrameMs = Number.NEGATIVE_INFINITY;

  /** One number for each of `places`, in their order; told of every picture, also of one on which nothing was seen. */
  number(places: readonly PicturePoint[], timeMs: number, reachPx: number): number[] {
    const lastFrameMs = this.#lastFrameMs;
    this.#lastFrameMs = timeMs;
    this.#known = this.#known.filter(
      ({ lastSeenMs }) => !isForgotten({ lastSeenMs, lastFrameMs, timeMs, afterMs: forgottenAfterMs }),
    );
    const pairs = places
      .flatMap((place, at) =>
        this.#known.map((known) => ({
          at,
          known,
          apartPx: Math.hypot(place.uPx - known.place.uPx, place.vPx - known.place.vPx),
        })),
      )
      .filter(({ apartPx }) => apartPx <= reachPx)
      .toSorted((a, b) => a.apartPx - b.apartPx);
    const numbers = new Map<number, Numbered>();
    const taken = new Set<Numbered>();
    for (const { at, known } of pairs) {
      if (numbers.has(at) || taken.has(known)) continue;
      numbers.set(at, known);
      taken.add(known);
    }
    return places.map((place, at) => {
      const known = numbers.get(at) ?? this.#begin(place, timeMs);
      known.place = place;
      known.lastSeenMs = timeMs;
      return known.trackId;
    });
  }

  #begin(place: PicturePoint, timeMs: number): Numbered {
    this.#last += 1;
    const known = { trackId: this.#last, place, lastSeenMs: timeMs };
    this.#known.push(known);
    return known;
  }
}
