import { useEffect, useState } from 'react';
import type { Clock } from '../../sdk/core/clock.ts';

/** The device's time, told again on every full second, so that two countdowns on one screen change together. */
export function useNow(clock: Clock): number {
  const [nowMs, setNowMs] = useState(() => clock.nowMs());
  useEffect(() => {
    let cancel = () => {};
    const tick = () => {
      const now = clock.nowMs();
      setNowMs(now);
      cancel = clock.after(1_000 - (now % 1_000), tick);
    };
    tick();
    return () => cancel();
  }, [clock]);
  return nowMs;
}
