/** Cancels what a timer was to do; calling it twice does no harm. */
export type CancelTimer = () => void;

/**
 * Time as a dependency, so that tests live through a day in a millisecond. The browser side has a port of the same form in
 * `sdk/core/`: the server may import only `protocol/`, and that holds what crosses the wire, which no clock does.
 */
export interface Clock {
  /** Wall time, in milliseconds since the epoch. */
  nowMs(): number;
  /** Monotonic time in milliseconds, from an arbitrary origin; never runs backwards. */
  monotonicMs(): number;
  /** Calls `run` once after `delayMs`. */
  after(delayMs: number, run: () => void): CancelTimer;
}

/** Node's timers overflow beyond this and would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The clock of the host. Its timers do not keep a process alive. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, Math.min(delayMs, longestTimerMs));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
