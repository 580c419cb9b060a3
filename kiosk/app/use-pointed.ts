import { useEffect, useState } from 'react';
import type { SessionState } from '../../protocol/session.ts';
import { pointLastsMs } from '../../protocol/together.ts';
import { useKiosk, useVisit } from './kiosk-context.tsx';

/** Where the advisor points, while the light lasts. */
export function usePointed(): SessionState['point'] {
  const { clock, link } = useKiosk();
  const { session } = useVisit();
  const [over, setOver] = useState<SessionState['point']>(null);
  const point = session?.closed === null ? session.point : null;
  useEffect(() => {
    if (point === null) return undefined;
    const nowMs = clock.nowMs() + link.state.get().clockOffsetMs;
    const cancel = clock.after(Math.max(0, point.atMs + pointLastsMs - nowMs), () => setOver(point));
    return () => cancel();
  }, [point, clock, link]);
  return point === over ? null : point;
}
