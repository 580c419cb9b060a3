import { ManualClock, systemClock, type CancelTimer, type Clock } from '../../../sdk/core/clock.ts';

/** Timers up to this run in real time: they are the server's breath, not its rules. */
const momentMs = 250;

/** A clock that stands still until a test moves it, but for moments: a coalescing window passes by itself. */
export class TestClock implements Clock {
  readonly #manual = new ManualClock();
  #setByMs = 0;

  nowMs(): number {
    return this.#manual.nowMs() + this.#setByMs;
  }

  monotonicMs(): number {
    return this.#manual.monotonicMs();
  }

  after(delayMs: number, run: () => void): CancelTimer {
    return delayMs <= momentMs ? systemClock.after(delayMs, run) : this.#manual.after(delayMs, run);
  }

  advance(byMs: number): void {
    this.#manual.advance(byMs);
  }

  /** Somebody sets the clock on the wall, forward or back; no time has passed. */
  set(byMs: number): void {
    this.#setByMs += byMs;
  }
}
