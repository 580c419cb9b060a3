import { RunningMedian } from './running-median.ts';
import type { HairMetrics, TrackedPart } from './tracker.ts';

const mediansOf = 12;

/**
 * Whether hair is followed, and what that takes, for metrics. Hair is a refinement: without it everything is worn all the same, and
 * nothing but these figures says so.
 */
export class HairGauge {
  readonly #ms = new RunningMedian(mediansOf);
  #isMissing: boolean;
  #isNeeded = false;
  #looks = 0;

  /** `isMissing`: the tracker was given no model for it. */
  constructor(isMissing: boolean) {
    this.#isMissing = isMissing;
  }

  /** What is asked of the worker: hair only where it can be had. */
  need(parts: readonly TrackedPart[]): readonly TrackedPart[] {
    this.#isNeeded = parts.includes('hair');
    return this.#isMissing ? parts.filter((part) => part !== 'hair') : parts;
  }

  /** Its model is not to be had, or is none. */
  noteMissing(): void {
    this.#isMissing = true;
  }

  /** Whether hair is looked at from now on. */
  get isFollowed(): boolean {
    return this.#isNeeded && !this.#isMissing;
  }

  noteLook(tookMs: number): void {
    this.#looks += 1;
    this.#ms.add(tookMs);
  }

  metrics(): HairMetrics {
    const state = this.isFollowed ? 'followed' : 'missing';
    return { state: this.#isNeeded ? state : 'off', looks: this.#looks, medianMs: this.#ms.value };
  }
}
