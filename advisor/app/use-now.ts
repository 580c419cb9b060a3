import { useEffect, useState } from 'react';
import type { Clock } from '../../sdk/core/clock.ts';

/**
 * The device's time at this render, told again on every full second, so that two countdowns on one screen change together. What arrives
 * between two seconds is counted from when it came.
 */
export function useNow(clock: Clock): number {
  const [, setTick] = useState(0);
  useEffect(() => {
    let cancel = () => {};
    const tick = () => {
      setTick((count) => count + 1);
      cancel = clock.after(1_000 - (clock.nowMs() % 1_000), tick);
    };
    tick();
    return () => cancel();
  }, [clock]);
  return clock.nowMs();
}
