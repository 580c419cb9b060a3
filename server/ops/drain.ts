import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';

/** How long a server takes leave. */
export interface DrainTimings {
  /** From `/readyz` saying no to the devices being told: as long as a load balancer takes to look. */
  readonly noticeMs: number;
  /** What was asked is answered within this time, or by nobody. */
  readonly answerMs: number;
}

/** Takes leave in order: nothing new comes, devices are told, what was asked is answered. Gives whether all of it was. */
export async function drain(deps: {
  readonly clock: Clock;
  readonly timings: DrainTimings;
  readonly refuseNew: () => void;
  readonly announce: () => void;
  readonly idle: () => Promise<unknown>;
}): Promise<boolean> {
  const { clock, timings } = deps;
  deps.refuseNew();
  if (timings.noticeMs > 0) {
    await new Promise<void>((resolve) => void clock.after(timings.noticeMs, resolve));
  }
  deps.announce();
  let cancel = () => {};
  const late = new Promise<false>((resolve) => {
    cancel = clock.after(timings.answerMs, () => resolve(false));
  });
  const answered = await Promise.race([deps.idle().then(() => true as const), late]);
  cancel();
  // The last answers go to their sockets in this turn of the loop.
  await setImmediate();
  return answered;
}
