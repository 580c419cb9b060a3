import type { CameraRecovery } from './camera-keeper.ts';
import { noRecoveries } from './recoveries.ts';
import { RunningMedian } from './running-median.ts';
import type { RecoveryCause, RestartReason, TrackerMetrics } from './tracker.ts';

/** Counts what a tracker's workers did and what it recovered from, over all of them. */
export class TrackerTally {
  readonly #inferenceMs = new RunningMedian(60);
  readonly #recoveries: Record<RecoveryCause, number> = noRecoveries();
  #framesInferred = 0;
  #restarts = 0;
  #refused = 0;
  #refusedByEarlier = 0;

  /** Requests that the library tried to make and the guard refused. */
  get requestsRefused(): number {
    return this.#refused;
  }

  noteRun(inferenceMs: number): void {
    this.#framesInferred += 1;
    this.#inferenceMs.add(inferenceMs);
  }

  /** `refused`: by the worker of the moment, since it began. */
  noteRefused(refused: number): void {
    this.#refused = this.#refusedByEarlier + refused;
  }

  noteRecovery(cause: CameraRecovery): void {
    this.#recoveries[cause] += 1;
  }

  /** How many restarts there were, this one included. */
  noteRestart(reason: RestartReason): number {
    if (reason !== 'poisoned') this.#refusedByEarlier = this.#refused;
    this.#recoveries[reason] += 1;
    this.#restarts += 1;
    return this.#restarts;
  }

  metrics(
    clockJumps: number,
  ): Pick<TrackerMetrics, 'framesInferred' | 'medianInferenceMs' | 'recoveries' | 'restarts'> {
    return {
      framesInferred: this.#framesInferred,
      medianInferenceMs: this.#inferenceMs.value,
      recoveries: { ...this.#recoveries, 'clock-jump': clockJumps },
      restarts: this.#restarts,
    };
  }
}
