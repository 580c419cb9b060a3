import type { Clock } from './clock.ts';

/** How much one key may do: `burst` at once, refilled at `perSecond`. */
export interface BucketSize {
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Above this many keys, those that are full again are forgotten. */
const sweepAbove = 10_000;

/** Limits the rate of something by key (an address, a device). Memory is bounded by the keys active within a refill. */
export class TokenBuckets {
  readonly #clock: Clock;
  readonly #size: BucketSize;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock, size: BucketSize) {
    this.#clock = clock;
    this.#size = size;
  }

  /** Takes one token. Returns 0 if it was there, else the milliseconds until the next one. */
  take(key: string): number {
    const { burst, perSecond } = this.#size;
    const nowMs = this.#clock.monotonicMs();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, filledAtMs: nowMs };
    bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.filledAtMs) / 1_000) * perSecond);
    bucket.filledAtMs = nowMs;
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > sweepAbove) this.#sweep(nowMs);
    if (bucket.tokens < 1) return Math.max(1, Math.ceil(((1 - bucket.tokens) / perSecond) * 1_000));
    bucket.tokens -= 1;
    return 0;
  }

  #sweep(nowMs: number): void {
    const refillMs = (this.#size.burst / this.#size.perSecond) * 1_000;
    for (const [key, bucket] of this.#buckets) {
      if (nowMs - bucket.filledAtMs >= refillMs) this.#buckets.delete(key);
    }
  }
}
