import type { TrackedFrame, TrackedPart, Tracker } from '../../sdk/tracking/tracker.ts';

/** Whose frames the mirror shows: a tracker's; until its first one comes, those of whoever stands in for it. */
export class FrameSource {
  readonly #onArrival: () => void;
  #tracker: Tracker | null = null;
  #standIn: Tracker | null = null;

  /** `onArrival`: the next frame is the first of the tracker that was waited for, and another stands there from now on. */
  constructor(onArrival: () => void) {
    this.#onArrival = onArrival;
  }

  set(tracker: Tracker | null, standIn: Tracker | null): void {
    this.#tracker = tracker;
    this.#standIn = standIn === tracker ? null : standIn;
  }

  setNeeds(parts: readonly TrackedPart[]): void {
    this.#tracker?.setNeeds(parts);
  }

  /** The newest frame not yet taken, which its taker owns. Call it once per displayed picture. */
  next(): TrackedFrame | null {
    const frame = this.#tracker?.takeFrame() ?? null;
    if (this.#standIn === null) return frame;
    if (frame === null) return this.#standIn.takeFrame();
    this.#standIn = null;
    this.#onArrival();
    return frame;
  }
}
