import type { Clock } from '../../sdk/core/clock.ts';
import { RunningMedian } from '../../sdk/tracking/running-median.ts';
import type { GpuFence } from '../root/gpu-fence.ts';

/** What tells whether the graphics processor has done what it was asked for until `raise`. */
export type Fence = Pick<GpuFence, 'raise' | 'isPassed'>;

/** A display is taken for so fast until it was seen to idle. */
const usualDisplayMs = 1000 / 60;
/** A camera is taken for so fast until two of its pictures were drawn; slower than twenty a second no picture need be. */
const usualPictureMs = 1000 / 30;
const slowestPictureMs = 50;
/** A pause of the display is no sign of load: the page was hidden. */
const pauseMs = 1_000;
/** A display's beats are not quite even. */
const late = 1.5;
/** Medians are taken anew once in so many pictures. */
const picturesPerMedian = 16;

/**
 * Measures what a picture costs, as a share of the time between two. It is drawn by the page's thread and by the graphics
 * processor; neither tells directly, so three signs are read and the worst counts: how long the call took; at which beat of
 * the display the processor was done; how late the display's next beat came. The second shows strain while pictures still
 * come in time. Allocates nothing.
 */
export class PictureMeter {
  readonly #clock: Clock;
  readonly #fence: Fence;
  readonly #displaysMs = new RunningMedian(31);
  readonly #picturesMs = new RunningMedian(31);
  #displayMs = usualDisplayMs;
  #pictureMs = usualPictureMs;
  #pictures = 0;
  #lastBeatMs: number | null = null;
  #lastPictureMs: number | null = null;
  /** When the picture was begun that is measured just now; null when none is. */
  #beganMs: number | null = null;
  /** Whether what `begin` began is that one: while the processor is behind with one, no other is measured. */
  #isMeasured = false;
  #callMs = 0;
  /** How late the beat after it came, null until it did; and the last beat at which the processor was not yet done. */
  #nextBeatMs: number | null = null;
  #unfinishedMs: number | null = null;
  #hasIdled = false;

  constructor(clock: Clock, fence: Fence) {
    this.#clock = clock;
    this.#fence = fence;
  }

  /** At every beat of the display, before anything is drawn: the share of its time that the last picture took, once that is known. */
  beat(): number | null {
    const nowMs = this.#clock.monotonicMs();
    const sinceMs = nowMs - (this.#lastBeatMs ?? nowMs);
    this.#lastBeatMs = nowMs;
    if (sinceMs > pauseMs) {
      this.#beganMs = null;
      this.#lastPictureMs = null;
      return null;
    }
    if (this.#beganMs === null) {
      if (this.#hasIdled) this.#displaysMs.add(sinceMs);
      this.#hasIdled = true;
      return null;
    }
    this.#nextBeatMs ??= sinceMs;
    if (!this.#fence.isPassed) {
      this.#unfinishedMs = nowMs;
      return null;
    }
    return this.#finish(this.#beganMs);
  }

  /** Before a picture is drawn. */
  begin(): void {
    const nowMs = this.#clock.monotonicMs();
    if (this.#lastPictureMs !== null) this.#picturesMs.add(nowMs - this.#lastPictureMs);
    this.#lastPictureMs = nowMs;
    this.#hasIdled = false;
    this.#isMeasured = this.#beganMs === null;
    if (!this.#isMeasured) return;
    this.#beganMs = nowMs;
    this.#nextBeatMs = null;
    this.#unfinishedMs = null;
    if (this.#pictures % picturesPerMedian === 0) this.#takeMedians();
    this.#pictures += 1;
  }

  /** After a picture was drawn, as far as this thread is concerned. */
  end(): void {
    if (!this.#isMeasured || this.#beganMs === null) return;
    this.#callMs = this.#clock.monotonicMs() - this.#beganMs;
    this.#fence.raise();
  }

  #finish(beganMs: number): number {
    const nextBeatMs = this.#nextBeatMs ?? 0;
    // Somewhere between the beat that found it unfinished and the one that found it done.
    const workedMs = this.#unfinishedMs === null ? 0 : this.#unfinishedMs - beganMs + this.#displayMs / 2;
    const stretchedMs = nextBeatMs > late * this.#displayMs ? nextBeatMs - this.#displayMs / 2 : 0;
    this.#beganMs = null;
    return Math.max(workedMs, stretchedMs, this.#callMs) / this.#pictureMs;
  }

  #takeMedians(): void {
    this.#displayMs = this.#displaysMs.value || usualDisplayMs;
    this.#pictureMs = Math.min(slowestPictureMs, this.#picturesMs.value || usualPictureMs);
  }
}
