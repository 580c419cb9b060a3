import { runAcquisition } from './acquisition/acquisition.ts';
import type { BenchResult } from './bench-result.ts';
import { runChanges } from './changes/changes.ts';
import { runCluster } from './cluster/cluster.ts';
import { runFrameCost } from './frame-cost/frame-cost.ts';
import { runHand } from './hand/hand.ts';
import { runJitter } from './jitter/jitter.ts';
import { runLoad } from './load/load.ts';
import { runRealtime } from './realtime/realtime.ts';
import { runRegistration } from './registration/registration.ts';
import { runStore } from './store/store.ts';
import { runSwim } from './swim/swim.ts';
import { runBody } from './visitor/body.ts';
import { runLight } from './visitor/light.ts';
import { runOcclusion } from './visitor/occlusion.ts';
import { runVisitor } from './visitor/found.ts';
import { runScale } from './visitor/scale.ts';

/** Every benchmark by the name under which `npm run bench -- NAME` runs it. */
export const benches: Readonly<Record<string, () => Promise<BenchResult>>> = {
  acquisition: runAcquisition,
  hand: runHand,
  registration: runRegistration,
  'frame-cost': runFrameCost,
  changes: runChanges,
  load: runLoad,
  jitter: runJitter,
  swim: runSwim,
  visitor: runVisitor,
  scale: runScale,
  body: runBody,
  light: runLight,
  occlusion: runOcclusion,
  realtime: runRealtime,
  store: runStore,
  cluster: runCluster,
};
