import { RunningMedian } from '../../sdk/tracking/running-median.ts';
import type { QualityTier } from './quality-tier.ts';
import { qualityTiers } from './quality-tier.ts';

/** Pictures that are judged together, and how many of them must be tight before a tier is left. */
const window = 12;
const tightPictures = 8;
/** Above this share of its time a picture is tight: it still came, but the next heavier one would not. */
const tightShare = 0.7;
/** A heavier tier about doubles the work, so it is tried below this share only. */
const easyShare = 0.4;
/** Another tier's first pictures compile and upload. */
const settleMs = 800;
/** How long everything must be easy before the next tier is tried; every fall doubles it, and every calm while halves it. */
const firstWaitMs = 20_000;
const longestWaitMs = 20 * 60_000;
const calmMs = 10 * 60_000;

/**
 * Chooses the tier by what pictures cost: leaves one at the first signs of strain, while every picture still comes, and
 * tries a better one slowly and ever more rarely, so that it never swings between two.
 */
export class QualityGovernor {
  #at: number;
  readonly #loads = new RunningMedian(window);
  /** The last pictures, as a ring: 1 is tight, 0 is neither, -1 is easy. */
  readonly #signs = new Int8Array(window);
  #pictures = 0;
  #settledAtMs: number | null = null;
  #easySinceMs: number | null = null;
  #waitMs = firstWaitMs;
  #calmSinceMs = 0;

  constructor(first: QualityTier) {
    this.#at = qualityTiers.indexOf(first);
  }

  get tier(): QualityTier {
    return qualityTiers[this.#at] ?? 'low';
  }

  /** Share of their time that the pictures of late took, median; NaN until there is one. */
  get load(): number {
    return this.#loads.value || Number.NaN;
  }

  /**
   * One picture took this share of the time between two; `strained` or `eased` when that changed the tier. Times are
   * monotonic milliseconds.
   */
  note(nowMs: number, share: number): 'strained' | 'eased' | null {
    this.#settledAtMs ??= nowMs + settleMs;
    if (nowMs < this.#settledAtMs) return null;
    this.#loads.add(share);
    this.#signs[this.#pictures % window] = share > tightShare ? 1 : share < easyShare ? -1 : 0;
    this.#pictures += 1;
    if (nowMs - this.#calmSinceMs > calmMs) {
      this.#calmSinceMs = nowMs;
      this.#waitMs = Math.max(firstWaitMs, this.#waitMs / 2);
    }
    if (this.#pictures < window) return null;
    if (this.#at > 0 && this.#count(1) >= tightPictures) {
      this.#waitMs = Math.min(longestWaitMs, this.#waitMs * 2);
      return this.#change(nowMs, -1, 'strained');
    }
    // A single slow picture, of garbage collected or a screen that came, is forgiven.
    if (this.#count(-1) < window - 1) {
      this.#easySinceMs = null;
      return null;
    }
    this.#easySinceMs ??= nowMs;
    const isTop = this.#at === qualityTiers.length - 1;
    if (isTop || nowMs - this.#easySinceMs < this.#waitMs) return null;
    return this.#change(nowMs, 1, 'eased');
  }

  #change(nowMs: number, by: -1 | 1, reason: 'strained' | 'eased'): 'strained' | 'eased' {
    this.#at += by;
    this.#pictures = 0;
    this.#easySinceMs = null;
    this.#settledAtMs = nowMs + settleMs;
    if (reason === 'strained') this.#calmSinceMs = nowMs;
    return reason;
  }

  #count(sign: -1 | 1): number {
    let count = 0;
    for (const one of this.#signs) if (one === sign) count += 1;
    return count;
  }
}
