import type { MeasureKind, SharedMeasure } from '../../protocol/measure.ts';
import type { MeasureMm } from '../../sdk/anchors/anchor-frame.ts';
import type { FaceMeasure } from '../../sdk/anchors/face-measure.ts';
import type { Unsubscribe } from '../../sdk/core/emitter.ts';
import type { ReadableStore } from '../../sdk/core/store.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import type { Tracker } from '../../sdk/tracking/tracker.ts';

/** One number as the client sees it on the mirror, with what it was measured by. */
export interface MirrorMeasure extends SharedMeasure {
  readonly source: FaceMeasure['scale']['source'];
}

/**
 * What the mirror measured on the person it serves, for that person to see. It holds the numbers in memory for as long as the
 * visit lasts and gives them to nobody: what is handed over, the client hands over by a touch, one number at a time.
 */
export class MeasureBoard {
  readonly #shown = new ValueStore<readonly MirrorMeasure[]>([]);
  readonly #stop: Unsubscribe;

  /** `tracker` is null where no model was to be had. */
  constructor(tracker: Tracker | null) {
    this.#stop = tracker?.events.on('measured', ({ measure }) => this.#take(measure)) ?? (() => undefined);
  }

  get shown(): ReadableStore<readonly MirrorMeasure[]> {
    return this.#shown;
  }

  /** Forgets everything: the visit is over. */
  clear(): void {
    if (this.#shown.get().length > 0) this.#shown.set([]);
  }

  stop(): void {
    this.#stop();
    this.clear();
  }

  #take({ scale: { source }, pupillaryDistanceFar, pupillaryDistanceNear, faceWidth }: FaceMeasure): void {
    this.#shown.set([
      ...rounded('pupillary-distance-far', pupillaryDistanceFar, source),
      ...rounded('pupillary-distance-near', pupillaryDistanceNear, source),
      ...rounded('face-width', faceWidth, source),
    ]);
  }
}

/** To a tenth of a millimetre, as the contract takes it. */
function rounded(
  kind: MeasureKind,
  measure: MeasureMm | null,
  source: MirrorMeasure['source'],
): MirrorMeasure[] {
  if (measure === null) return [];
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return [{ kind, source, valueMm: tenth(measure.valueMm), plusMinusMm: tenth(measure.plusMinusMm) }];
}
