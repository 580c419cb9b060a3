import { noRecoveries } from './recoveries.ts';
import type { TrackerMetrics } from './tracker.ts';

/** The metrics of a tracker that has neither a camera nor a network. */
export function cameraLessMetrics(frames: number): TrackerMetrics {
  return {
    framesOffered: frames,
    framesInferred: frames,
    framesReplaced: 0,
    restarts: 0,
    recoveries: noRecoveries(),
    inferencePeriodMs: 0,
    wasmBytes: 0,
    medianInferenceMs: 0,
    hair: { state: 'off', looks: 0, medianMs: 0 },
    delegate: null,
  };
}
