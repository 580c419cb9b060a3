/** The display latency above which a worn product is felt to drag behind the face (techniques: prediction's clamp). */
export const LATENCY_BOUND_MS = 80;

const WINDOW = 31;

/** The median time from a picture's capture to its display over the last 31 pictures. Allocates nothing while counting. */
export class LatencyGauge {
  readonly #samples = new Float64Array(WINDOW);
  readonly #sorted = new Float64Array(WINDOW);
  #count = 0;

  add(latencyMs: number): void {
    this.#samples[this.#count % WINDOW] = latencyMs;
    this.#count += 1;
  }

  /** NaN until a picture was shown. */
  medianMs(): number {
    const filled = Math.min(this.#count, WINDOW);
    if (filled === 0) return Number.NaN;
    this.#sorted.set(this.#samples);
    return this.#sorted.subarray(0, filled).sort()[filled >> 1] ?? Number.NaN;
  }

  /** Whether tracking is slower than the stage's bound. */
  get lagging(): boolean {
    return this.medianMs() > LATENCY_BOUND_MS;
  }
}
