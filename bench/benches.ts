import { runAcquisition } from './acquisition/acquisition.ts';
import type { BenchResult } from './bench-result.ts';
import { runFrameCost } from './frame-cost/frame-cost.ts';
import { runHand } from './hand/hand.ts';
import { runRealtime } from './realtime/realtime.ts';
import { runRegistration } from './registration/registration.ts';

/** Every benchmark by the name under which `npm run bench -- NAME` runs it. */
export const benches: Readonly<Record<string, () => Promise<BenchResult>>> = {
  acquisition: runAcquisition,
  hand: runHand,
  registration: runRegistration,
  'frame-cost': runFrameCost,
  realtime: runRealtime,
};
