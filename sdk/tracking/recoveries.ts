import type { RecoveryCause } from './tracker.ts';

/** A count of recoveries that has counted none. */
export function noRecoveries(): Record<RecoveryCause, number> {
  return {
    hung: 0,
    poisoned: 0,
    crashed: 0,
    memory: 0,
    'camera-lost': 0,
    'camera-stalled': 0,
    'picture-frozen': 0,
    'clock-jump': 0,
  };
}
