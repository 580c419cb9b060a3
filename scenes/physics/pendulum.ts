import type { Vec3 } from '../../sdk/geometry/pose.ts';

/** Of falling, and of a camera that stands upright: mm/s² along −y of the camera frame. */
const gravityMm = 9_810;
/** The longest step that stays stable for an earring of a centimetre. */
const stepS = 0.004;
/** After a gap, or a jump no head makes, a pendulum hangs still at its new place. */
const gapMs = 300;
const jumpMm = 180;

/** A wall that a weight does not pass: everything on the side to which `normal` (unit length) points is free. */
export interface Wall {
  readonly pointMm: Vec3;
  readonly normal: Vec3;
}

/**
 * A weight on a rod below a hinge that moves: damped, never through a wall. All in the camera frame, millimetres; a step is a few dozen
 * additions and allocates nothing.
 */
export class Pendulum {
  readonly #lengthMm: number;
  readonly #dampingPerS: number;
  readonly #hinge = new Float64Array(3);
  readonly #from = new Float64Array(3);
  readonly #weight = new Float64Array(3);
  readonly #velocity = new Float64Array(3);
  readonly #between = new Float64Array(3);
  readonly #last = new Float64Array(3);
  #atMs: number | null = null;

  /** `dampingPerS`: the share of its speed that it loses in a second is 1 − e^−damping. */
  constructor(lengthMm: number, dampingPerS = 5) {
    this.#lengthMm = lengthMm;
    this.#dampingPerS = dampingPerS;
  }

  /** Moves on to a time, its hinge going evenly from where it was. Writes the direction from hinge to weight, unit length, into `out`. */
  step(hingeMm: Vec3, timeMs: number, wall: Wall | null, out: [number, number, number]): void {
    const elapsedMs = this.#atMs === null ? Infinity : timeMs - this.#atMs;
    const jump = Math.hypot(
      hingeMm[0] - (this.#hinge[0] ?? 0),
      hingeMm[1] - (this.#hinge[1] ?? 0),
      hingeMm[2] - (this.#hinge[2] ?? 0),
    );
    this.#atMs = timeMs;
    this.#from.set(this.#hinge);
    this.#hinge.set(hingeMm);
    // What is no number is no motion either: it must not stay.
    if (!(elapsedMs >= 0) || elapsedMs > gapMs || !(jump <= jumpMm)) this.#hangStill(wall);
    else this.#swing(elapsedMs / 1_000, wall);
    for (let axis = 0; axis < 3; axis += 1) {
      out[axis] = ((this.#weight[axis] ?? 0) - (this.#hinge[axis] ?? 0)) / this.#lengthMm;
    }
  }

  /** The next step begins at rest. */
  reset(): void {
    this.#atMs = null;
  }

  #hangStill(wall: Wall | null): void {
    this.#weight.set(this.#hinge);
    this.#weight[1] = (this.#hinge[1] ?? 0) - this.#lengthMm;
    this.#velocity.fill(0);
    this.#hold(this.#hinge, wall);
  }

  #swing(elapsedS: number, wall: Wall | null): void {
    const steps = Math.max(1, Math.ceil(elapsedS / stepS));
    const dt = elapsedS / steps;
    const kept = Math.exp(-this.#dampingPerS * dt);
    for (let step = 1; step <= steps; step += 1) {
      const share = step / steps;
      for (let axis = 0; axis < 3; axis += 1) {
        const target = this.#hinge[axis] ?? 0;
        const before = this.#from[axis] ?? 0;
        this.#between[axis] = before + (target - before) * share;
        const fall = axis === 1 ? -gravityMm * dt : 0;
        this.#velocity[axis] = ((this.#velocity[axis] ?? 0) + fall) * kept;
        this.#last[axis] = this.#weight[axis] ?? 0;
        this.#weight[axis] = (this.#weight[axis] ?? 0) + (this.#velocity[axis] ?? 0) * dt;
      }
      this.#hold(this.#between, wall);
      if (dt <= 0) continue;
      for (let axis = 0; axis < 3; axis += 1) {
        this.#velocity[axis] = ((this.#weight[axis] ?? 0) - (this.#last[axis] ?? 0)) / dt;
      }
    }
  }

  /** Brings the weight back to its rod's length and out of the wall: twice, as the one disturbs the other. */
  #hold(hinge: Float64Array, wall: Wall | null): void {
    for (let round = 0; round < 2; round += 1) {
      if (wall !== null) {
        let depth = 0;
        for (let axis = 0; axis < 3; axis += 1) {
          depth += ((this.#weight[axis] ?? 0) - (wall.pointMm[axis] ?? 0)) * (wall.normal[axis] ?? 0);
        }
        if (depth < 0) {
          for (let axis = 0; axis < 3; axis += 1) {
            this.#weight[axis] = (this.#weight[axis] ?? 0) - depth * (wall.normal[axis] ?? 0);
          }
        }
      }
      let length = 0;
      for (let axis = 0; axis < 3; axis += 1) {
        length += ((this.#weight[axis] ?? 0) - (hinge[axis] ?? 0)) ** 2;
      }
      length = Math.sqrt(length) || 1;
      for (let axis = 0; axis < 3; axis += 1) {
        const from = hinge[axis] ?? 0;
        this.#weight[axis] = from + (((this.#weight[axis] ?? 0) - from) * this.#lengthMm) / length;
      }
    }
  }
}
