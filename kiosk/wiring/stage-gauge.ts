import type { Clock } from '../../sdk/core/clock.ts';
import type { MirrorMetrics } from '../../scenes/index.ts';

/** How the stage draws, for whoever looks after the mirror. */
export interface StageFigures {
  readonly tier: 'low' | 'middle' | 'full' | null;
  /** Pictures drawn per second since the last reading; null while none can be told. */
  readonly picturesPerSecond: number | null;
}

/** Reads the mounted stage's metrics, when asked. Holds the stage only while it is mounted. */
export class StageGauge {
  readonly #clock: Clock;
  #metrics: (() => MirrorMetrics) | null = null;
  #drawn = 0;
  #readAtMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Follows a stage until the returned function is called. */
  follow(metrics: () => MirrorMetrics): () => void {
    this.#metrics = metrics;
    this.#begin(metrics().framesDrawn);
    return () => {
      if (this.#metrics === metrics) this.#metrics = null;
    };
  }

  read(): StageFigures {
    const metrics = this.#metrics?.();
    if (!metrics) return { tier: null, picturesPerSecond: null };
    const spentMs = this.#clock.monotonicMs() - this.#readAtMs;
    const drawn = metrics.framesDrawn - this.#drawn;
    this.#begin(metrics.framesDrawn);
    return {
      tier: metrics.quality?.tier ?? null,
      picturesPerSecond: spentMs > 0 && drawn >= 0 ? Math.min(1_000, (drawn * 1_000) / spentMs) : null,
    };
  }

  #begin(drawn: number): void {
    this.#drawn = drawn;
    this.#readAtMs = this.#clock.monotonicMs();
  }
}
