import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

/** How many may come in: `burst` at once, then `perSecond`. */
export interface AdmissionRate {
  readonly burst: number;
  readonly perSecond: number;
}

/** No device is sent away for longer: who comes after all of a herd comes at some moment of the later half. */
const longestWaitMs = 30_000;

/**
 * The door against a herd. Whoever comes above the rate is sent away with a time of its own, one after another at the very
 * rate at which they can be let in, so that they do not come back as a herd.
 */
export class Admission {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #rate: AdmissionRate;
  /** When the burst is used up; the next place is free from then on. */
  #usedUpAtMs = Number.NEGATIVE_INFINITY;
  /** The last time that was given to somebody sent away. */
  #promisedMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, random: Random, rate: AdmissionRate) {
    this.#clock = clock;
    this.#random = random;
    this.#rate = rate;
  }

  /** 0 for come in; else the milliseconds after which to come again. */
  waitMs(): number {
    const nowMs = this.#clock.monotonicMs();
    const eachMs = 1_000 / this.#rate.perSecond;
    const burstMs = this.#rate.burst * eachMs;
    this.#usedUpAtMs = Math.max(this.#usedUpAtMs, nowMs) + eachMs;
    if (this.#usedUpAtMs - nowMs <= burstMs + eachMs / 2) return 0;
    this.#usedUpAtMs -= eachMs;
    const placeMs = Math.max(this.#promisedMs, nowMs) + eachMs;
    if (placeMs - nowMs > longestWaitMs) return longestWaitMs / 2 + this.#random.int(longestWaitMs / 2);
    this.#promisedMs = placeMs;
    return Math.ceil(placeMs - nowMs);
  }
}
