import { useEffect, useRef, useState } from 'react';
import type { Tracker } from '../../sdk/tracking/tracker.ts';

/** A tracker without a camera, running for as long as the component lives. */
export function useRunningTracker(make: () => Tracker): Tracker | null {
  const [tracker, setTracker] = useState<Tracker | null>(null);
  const first = useRef(make);
  useEffect(() => {
    const made = first.current();
    void made.start();
    setTracker(made);
    return () => {
      made.dispose();
      setTracker(null);
    };
  }, []);
  return tracker;
}
