import type { CancelTimer, Clock } from '../core/clock.ts';

/** The clock that XState's actors take. */
export interface ActorClock {
  setTimeout(run: () => void, delayMs: number): CancelTimer;
  clearTimeout(timer: CancelTimer): void;
}

/** Lets a statechart live on the kit's own clock, so that one clock moves everything in a test. */
export function actorClock(clock: Clock): ActorClock {
  return {
    setTimeout: (run, delayMs) => clock.after(delayMs, run),
    clearTimeout: (cancel) => cancel(),
  };
}
