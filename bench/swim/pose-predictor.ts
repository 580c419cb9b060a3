import type { Pose, Quaternion, Vec3 } from '../../sdk/geometry/pose.ts';
import {
  addVectors,
  conjugate,
  lengthOf,
  mixVectors,
  multiplyQuaternions,
  normaliseQuaternion,
  quaternionFromRotationVector,
  rotationVectorFromQuaternion,
  scaleVector,
  subtractVectors,
} from '../../sdk/geometry/pose-algebra.ts';

/** Time constant of the velocity's low-pass. */
const velocityMs = 40;
/** Velocity is trusted wholly so far ahead, and not at all from the second on; in between its trust falls evenly. */
const trustedMs = 40;
const untrustedMs = 120;
/** Speeds under these are noise rather than motion: units of depth a second for bearing and depth, radians a second. */
const leastSpeed = 0.02;
const leastTurnRad = 0.1;
/** After a gap this long the last velocity says nothing. */
const gapMs = 250;

interface Motion {
  readonly timeMs: number;
  readonly rotation: Quaternion;
  /** x and y over depth, and the depth's logarithm. */
  readonly place: Vec3;
}

/**
 * How far a motion is carried on over a time: at full speed for 40 ms, then ever slower, and no farther than what full
 * speed covers in 80 ms.
 */
export function trustedHorizonMs(aheadMs: number): number {
  const ahead = Math.min(untrustedMs, Math.max(0, aheadMs));
  const fading = Math.max(0, ahead - trustedMs);
  return ahead - (fading * fading) / (2 * (untrustedMs - trustedMs));
}

/**
 * Carries the motion of a pose on to a picture newer than its landmarks: what a mirror would need that showed pictures before their
 * landmarks are there. Ours does not (docs/decisions/0007). Poses lie before the camera.
 */
export class PosePredictor {
  #last: Motion | null = null;
  #placeSpeed: Vec3 = [0, 0, 0];
  #turnSpeedRad: Vec3 = [0, 0, 0];

  /** Takes a pose; times grow from call to call, others are left out. */
  observe(timeMs: number, { rotation, translationMm: [x, y, z] }: Pose): void {
    const now: Motion = { timeMs, rotation, place: [x / -z, y / -z, Math.log(-z)] };
    const last = this.#last;
    if (last !== null && !(timeMs > last.timeMs)) return;
    this.#last = now;
    if (last === null || timeMs - last.timeMs > gapMs) {
      [this.#placeSpeed, this.#turnSpeedRad] = [
        [0, 0, 0],
        [0, 0, 0],
      ];
      return;
    }
    const perSecond = 1_000 / (timeMs - last.timeMs);
    const weight = 1 - Math.exp((last.timeMs - timeMs) / velocityMs);
    const turned = rotationVectorFromQuaternion(multiplyQuaternions(rotation, conjugate(last.rotation)));
    this.#placeSpeed = mixVectors(
      this.#placeSpeed,
      scaleVector(subtractVectors(now.place, last.place), perSecond),
      weight,
    );
    this.#turnSpeedRad = mixVectors(this.#turnSpeedRad, scaleVector(turned, perSecond), weight);
  }

  /** The pose at `atMs`; null before the first. A time before the last pose gives that pose. */
  predict(atMs: number): Pose | null {
    const last = this.#last;
    if (last === null) return null;
    const aheadS = trustedHorizonMs(atMs - last.timeMs) / 1_000;
    const place = addVectors(last.place, carried(this.#placeSpeed, leastSpeed, aheadS));
    const turn = carried(this.#turnSpeedRad, leastTurnRad, aheadS);
    const depthMm = Math.exp(place[2]);
    return {
      rotation: normaliseQuaternion(multiplyQuaternions(quaternionFromRotationVector(turn), last.rotation)),
      translationMm: [place[0] * depthMm, place[1] * depthMm, -depthMm],
    };
  }

  /** Forgets the motion. */
  reset(): void {
    this.#last = null;
  }
}

/** The way covered at a speed; what is hardly faster than noise counts for little. */
function carried(speed: Vec3, least: number, aheadS: number): Vec3 {
  const square = lengthOf(speed) ** 2;
  return scaleVector(speed, (aheadS * square) / (square + least * least));
}
