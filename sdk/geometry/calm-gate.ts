/** How a gate tells noise from motion. Lengths are in the unit of what is filtered. */
export interface CalmSettings {
  /** How fast the value goes to the measurement at rest, a share per second: lower is calmer. */
  readonly restRate: number;
  /** Bounds of the noise that the gate believes in, standard deviation. */
  readonly leastNoise: number;
  readonly mostNoise: number;
}

/**
 * Where the rate has doubled, in standard deviations of the noise. Chosen on takes of drawn heads (the bench jitter, seeds 7
 * and 8, which it does not measure).
 */
const gateWidth = 5;
/** How steeply the rate rises past the gate: a value four widths off is followed within a frame. */
const steepness = 4;
/**
 * Noise of landmarks over the part of it that changes from frame to frame: the network smooths its own landmarks, so
 * neighbouring frames err alike. The root of the second differences' mean square over √6 is 0.2 to 0.55 of the whole on the
 * takes of seeds 7 and 8.
 */
const wholeOfQuickNoise = 2.5;
/** The median of a normal distribution's absolute value, in standard deviations, times √6 for a second difference. */
const medianSecondDifference = 0.6745 * Math.sqrt(6);
/** How fast the belief about the noise may change, in e-foldings a second. */
const learningRate = 1;
/** After a gap this long the value is taken as it comes. */
const gapMs = 500;

/**
 * Weighs measurements of a value that rests or moves: what differs by no more than noise is averaged over a second or two,
 * what differs by more is followed at once. The rate towards the measurement rises steeply with its distance in standard
 * deviations of the noise, which is learnt from second differences, blind to steady motion. The value is always between
 * the last one and the measurement: it cannot overshoot. It solves a differential equation in time: the frame rate
 * hardly matters.
 */
export class CalmGate {
  readonly #settings: CalmSettings;
  #lastMs: number | null = null;
  #noise: number;

  constructor(settings: CalmSettings) {
    this.#settings = settings;
    this.#noise = Math.sqrt(settings.leastNoise * settings.mostNoise);
  }

  /** The standard deviation of the noise as far as it is known. */
  get noise(): number {
    return this.#noise;
  }

  /**
   * The weight of the new measurement: 1 for the first, null for a time that does not come after the last one.
   * `distance` is the measurement's from the value, `secondDifference` the length of m₀ − 2m₁ + m₂ over the last
   * three measurements per √(number of axes); null while there are not three.
   */
  weigh(timeMs: number, distance: number, secondDifference: number | null): number | null {
    if (!Number.isFinite(timeMs) || !Number.isFinite(distance)) return null;
    const elapsedMs = this.#lastMs === null ? null : timeMs - this.#lastMs;
    if (elapsedMs !== null && elapsedMs <= 0) return null;
    this.#lastMs = timeMs;
    if (elapsedMs === null || elapsedMs > gapMs) return 1;
    const elapsedS = elapsedMs / 1_000;
    if (secondDifference !== null) this.#learn(secondDifference, elapsedS);
    const rate = this.#settings.restRate * (1 + (distance / (gateWidth * this.#noise)) ** steepness);
    return 1 - Math.exp(-rate * elapsedS);
  }

  /** Forgets the last time, so that the next measurement passes as it is; keeps what is known of the noise. */
  reset(): void {
    this.#lastMs = null;
  }

  /** Steps towards the median, which a start or a stop does not move as it would a mean. */
  #learn(secondDifference: number, elapsedS: number): void {
    const quick = this.#noise / wholeOfQuickNoise;
    const step = learningRate * elapsedS * (secondDifference > quick * medianSecondDifference ? 1 : -1);
    const { leastNoise, mostNoise } = this.#settings;
    this.#noise = Math.min(mostNoise, Math.max(leastNoise, this.#noise * Math.exp(step)));
  }
}
