import type { CalmSettings } from './calm-gate.ts';
import { CalmGate } from './calm-gate.ts';
import type { Quaternion, Vec3 } from './pose.ts';
import {
  conjugate,
  identityRotation,
  lengthOf,
  mixVectors,
  multiplyQuaternions,
  rotationVectorFromQuaternion,
  slerp,
  subtractVectors,
} from './pose-algebra.ts';

/** Keeps a point of `axes` dimensions still while it rests and lets it go when it moves; unused axes stay zero. */
export class CalmVectorFilter {
  readonly #gate: CalmGate;
  readonly #axes: 1 | 2 | 3;
  #value: Vec3 = [0, 0, 0];
  /** The last measurement, and the last step between two. */
  #last: Vec3 | null = null;
  #step: Vec3 | null = null;

  constructor(settings: CalmSettings, axes: 1 | 2 | 3) {
    this.#gate = new CalmGate(settings);
    this.#axes = axes;
  }

  /** The filtered point at `timeMs`; a time that does not come after the last one changes nothing. */
  filter(timeMs: number, sample: Vec3): Vec3 {
    const step = this.#last === null ? null : subtractVectors(sample, this.#last);
    const second =
      step === null || this.#step === null
        ? null
        : lengthOf(subtractVectors(step, this.#step)) / Math.sqrt(this.#axes);
    const weight = this.#gate.weigh(timeMs, lengthOf(subtractVectors(sample, this.#value)), second);
    if (weight === null) return this.#value;
    [this.#last, this.#step] = [sample, step];
    this.#value = weight === 1 ? sample : mixVectors(this.#value, sample, weight);
    return this.#value;
  }

  /** The next sample passes as it is. */
  reset(): void {
    this.#gate.reset();
    [this.#last, this.#step] = [null, null];
  }
}

/** The same for an attitude: distances are angles in radians, and it moves by slerp. */
export class CalmRotationFilter {
  readonly #gate: CalmGate;
  #value: Quaternion = identityRotation;
  #last: Quaternion | null = null;
  #stepRad: Vec3 | null = null;

  constructor(settings: CalmSettings) {
    this.#gate = new CalmGate(settings);
  }

  /** The filtered attitude at `timeMs`; a time that does not come after the last one changes nothing. */
  filter(timeMs: number, sample: Quaternion): Quaternion {
    const stepRad = this.#last === null ? null : turnRad(this.#last, sample);
    const second =
      stepRad === null || this.#stepRad === null
        ? null
        : lengthOf(subtractVectors(stepRad, this.#stepRad)) / Math.sqrt(3);
    const weight = this.#gate.weigh(timeMs, lengthOf(turnRad(this.#value, sample)), second);
    if (weight === null) return this.#value;
    [this.#last, this.#stepRad] = [sample, stepRad];
    this.#value = weight === 1 ? sample : slerp(this.#value, sample, weight);
    return this.#value;
  }

  /** The next sample passes as it is. */
  reset(): void {
    this.#gate.reset();
    [this.#last, this.#stepRad] = [null, null];
  }
}

/** The turn from `a` to `b`, the shorter way round, as a rotation vector in the camera's axes. */
function turnRad(a: Quaternion, b: Quaternion): Vec3 {
  return rotationVectorFromQuaternion(multiplyQuaternions(b, conjugate(a)));
}
