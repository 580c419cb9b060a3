import { RunningMedian } from './running-median.ts';

/** With nobody there for this long the search slows down, and again after the longer time. */
const aloneAfterMs = 3_000;
const desertedAfterMs = 30_000;
const alonePeriodMs = 66;
const desertedPeriodMs = 200;
/** Pictures that nobody looked at are not shown over those that are being looked at, or somebody who is seen on these is never found. */
const answersAwaited = 3;
/** A display slower than this while the network computes half of the time gets a larger share of the machine. */
const slowDisplayMs = 45;
const quickDisplayMs = 26;
const heavyDuty = 0.5;
/** However slow the machine, a face is looked for so often: fewer pictures a second are no mirror. */
const longestPeriodMs = 125;
const slower = 1.25;
const quicker = 0.9;
const displaysPerStep = 20;
/** A pause of the display is no sign of load: the page was hidden. */
const pauseMs = 1_000;

/**
 * How often the network runs: on every picture while somebody is there, unless the display cannot keep up beside it; less
 * and less the longer nobody is.
 */
export class InferenceGovernor {
  readonly #displayMs = new RunningMedian(displaysPerStep);
  #lastDisplayMs: number | null = null;
  #displays = 0;
  #lastSeenMs: number | null = null;
  #startedMs: number | null = null;
  #lastRunMs = Number.NEGATIVE_INFINITY;
  #inferenceMs = 0;
  /** The shortest time between two runs that the display leaves. */
  #periodMs = 0;

  /** Whether a picture captured at this time goes to the network; counts as run if so. */
  admit(capturedAtMs: number): boolean {
    this.#startedMs ??= capturedAtMs;
    // A camera's pictures come a little early or late: half a picture's tolerance keeps every second from being dropped.
    if (capturedAtMs - this.#lastRunMs < this.periodMs(capturedAtMs) - 8) return false;
    this.#lastRunMs = capturedAtMs;
    return true;
  }

  /** Milliseconds between two runs as things are; 0 is every picture. */
  periodMs(atMs: number): number {
    const aloneMs = atMs - (this.#lastSeenMs ?? this.#startedMs ?? atMs);
    if (aloneMs > desertedAfterMs) return Math.max(desertedPeriodMs, this.#periodMs);
    if (aloneMs > aloneAfterMs) return Math.max(alonePeriodMs, this.#periodMs);
    return this.#periodMs;
  }

  /** Whether somebody was there a moment ago: of a network that takes seconds, also while its next answers are on their way. */
  isAttended(atMs: number): boolean {
    const momentMs = Math.max(aloneAfterMs, answersAwaited * this.#inferenceMs);
    return this.#lastSeenMs !== null && atMs - this.#lastSeenMs <= momentMs;
  }

  /** The network ran on a picture, for so long, and saw somebody or nobody; told at the newest picture's time, which may be a run later. */
  noteRun(atMs: number, inferenceMs: number, sawSomebody: boolean): void {
    this.#inferenceMs = inferenceMs;
    if (sawSomebody) this.#lastSeenMs = atMs;
  }

  /** The display took a picture at this time. */
  noteDisplay(atMs: number): void {
    const sinceMs = this.#lastDisplayMs === null ? null : atMs - this.#lastDisplayMs;
    this.#lastDisplayMs = atMs;
    if (sinceMs === null || sinceMs > pauseMs) return;
    this.#displayMs.add(sinceMs);
    this.#displays += 1;
    if (this.#displays % displaysPerStep === 0) this.#adapt();
  }

  /** Nobody looks any more: what was learned of this visit's display is forgotten. */
  reset(): void {
    this.#lastSeenMs = null;
    this.#startedMs = null;
    this.#lastRunMs = Number.NEGATIVE_INFINITY;
    this.#lastDisplayMs = null;
    this.#periodMs = 0;
  }

  #adapt(): void {
    const displayMs = this.#displayMs.value;
    const periodMs = Math.max(this.#periodMs, this.#inferenceMs);
    const isHeavy = periodMs > 0 && this.#inferenceMs / periodMs > heavyDuty;
    if (displayMs > slowDisplayMs && isHeavy) {
      this.#periodMs = Math.min(longestPeriodMs, Math.max(periodMs, this.#inferenceMs) * slower);
    } else if (displayMs < quickDisplayMs) {
      this.#periodMs *= quicker;
      if (this.#periodMs < this.#inferenceMs) this.#periodMs = 0;
    }
  }
}
