import type { Quaternion, Vec3 } from '../../sdk/geometry/pose.ts';
import {
  angleBetweenRad,
  identityRotation,
  lengthOf,
  mixVectors,
  slerp,
  subtractVectors,
} from '../../sdk/geometry/pose-algebra.ts';

/** How a One Euro filter weighs calm against haste. */
export interface OneEuroSettings {
  /** Cut-off in hertz at rest: lower is calmer. */
  readonly minCutoffHz: number;
  /** How much the cut-off rises, in hertz, per unit of speed (millimetres or radians a second): higher lags less. */
  readonly beta: number;
  /** Cut-off of the speed's own low-pass, in hertz. */
  readonly speedCutoffHz: number;
}

/** The first order low-pass's weight of the new sample, for a cut-off and a time between samples. */
function smoothing(cutoffHz: number, elapsedS: number): number {
  const timeConstantS = 1 / (2 * Math.PI * cutoffHz);
  return 1 / (1 + timeConstantS / elapsedS);
}

/** The state that both filters share: last time, last speed, and the rule that time only grows. */
class OneEuroSpeed {
  readonly #settings: OneEuroSettings;
  #lastMs: number | null = null;
  #speed = 0;

  constructor(settings: OneEuroSettings) {
    this.#settings = settings;
  }

  reset(): void {
    this.#lastMs = null;
    this.#speed = 0;
  }

  /** The new sample's weight: 1 for the first sample, null for a time that does not come after the last one. */
  weigh(timeMs: number, distance: number): number | null {
    if (!Number.isFinite(timeMs)) return null;
    if (this.#lastMs === null) {
      this.#lastMs = timeMs;
      return 1;
    }
    const elapsedS = (timeMs - this.#lastMs) / 1_000;
    if (!(elapsedS > 0)) return null;
    this.#lastMs = timeMs;
    const { minCutoffHz, beta, speedCutoffHz } = this.#settings;
    this.#speed += smoothing(speedCutoffHz, elapsedS) * (distance / elapsedS - this.#speed);
    return smoothing(minCutoffHz + beta * this.#speed, elapsedS);
  }
}

/**
 * One Euro filter of a point: calm when it rests, quick when it moves. One cut-off for all three axes, so that a straight
 * motion stays straight. Source: Casiez, Roussel, Vogel, "1 € Filter", CHI 2012.
 */
export class OneEuroVectorFilter {
  readonly #speed: OneEuroSpeed;
  #value: Vec3 = [0, 0, 0];
  #raw: Vec3 = [0, 0, 0];

  constructor(settings: OneEuroSettings) {
    this.#speed = new OneEuroSpeed(settings);
  }

  /** The filtered point at `timeMs`; a time that does not come after the last one changes nothing. */
  filter(timeMs: number, sample: Vec3): Vec3 {
    const weight = this.#speed.weigh(timeMs, lengthOf(subtractVectors(sample, this.#raw)));
    if (weight === null) return this.#value;
    this.#raw = sample;
    this.#value = mixVectors(this.#value, sample, weight);
    return this.#value;
  }

  /** Forgets everything: the next sample passes as it is. */
  reset(): void {
    this.#speed.reset();
  }
}

/** The same filter on a unit quaternion: its speed is the angle turned, and it moves by slerp. */
export class OneEuroRotationFilter {
  readonly #speed: OneEuroSpeed;
  #value: Quaternion = identityRotation;
  #raw: Quaternion = identityRotation;

  constructor(settings: OneEuroSettings) {
    this.#speed = new OneEuroSpeed(settings);
  }

  /** The filtered attitude at `timeMs`; a time that does not come after the last one changes nothing. */
  filter(timeMs: number, sample: Quaternion): Quaternion {
    const weight = this.#speed.weigh(timeMs, angleBetweenRad(sample, this.#raw));
    if (weight === null) return this.#value;
    this.#raw = sample;
    this.#value = weight === 1 ? sample : slerp(this.#value, sample, weight);
    return this.#value;
  }

  /** Forgets everything: the next sample passes as it is. */
  reset(): void {
    this.#speed.reset();
  }
}
