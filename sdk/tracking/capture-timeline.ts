/** Backward steps up to this are two callbacks of one picture, not a clock that was set. */
const jitterMs = 250;
/** What one picture takes when nothing better is known. */
const pictureMs = 33;

/**
 * Turns a camera's capture times into times that only grow: a picture that comes twice is dropped, and a clock that was set
 * back does not stop the mirror until it has caught up.
 */
export class CaptureTimeline {
  #lastRawMs = Number.NEGATIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;
  #shiftMs = 0;
  #jumps = 0;

  /** How often the camera's clock was set back. */
  get jumps(): number {
    return this.#jumps;
  }

  /** The time of a picture on the line; null for one that was there before, or whose time is no number. */
  next(rawMs: number): number | null {
    if (!Number.isFinite(rawMs)) return null;
    if (rawMs <= this.#lastRawMs) {
      if (this.#lastRawMs - rawMs <= jitterMs) return null;
      this.#jumps += 1;
      this.#shiftMs = this.#lastMs + pictureMs - rawMs;
    }
    this.#lastRawMs = rawMs;
    this.#lastMs = rawMs + this.#shiftMs;
    return this.#lastMs;
  }
}
