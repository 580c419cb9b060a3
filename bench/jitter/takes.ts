import type { Pose } from '../../sdk/geometry/pose.ts';
import { quaternionFromYawPitchRoll } from '../../sdk/geometry/pose-algebra.ts';
import type { HeadPlace, RegistrationFilm } from '../registration/sampling.ts';

/** Noise of a camera's sensor in levels of an 8-bit picture; the standard deviation at a level is √(read² + shot · level). */
export interface SensorNoise {
  readonly readSd: number;
  readonly shotVariancePerLevel: number;
}

/** A webcam in a lit boutique: 3.2 levels on skin of middle brightness, 1.5 in the dark. */
export const sensorNoise: SensorNoise = { readSd: 1.5, shotVariancePerLevel: 0.06 };

/** A head that rests, moves with constant speed and stops at once, which is harder than any real stop. */
export interface Take {
  readonly name: string;
  /** How the head looks, and the camera; its places are the take's two ends. */
  readonly film: RegistrationFilm;
  readonly framesPerSecond: number;
  readonly restMs: number;
  readonly moveMs: number;
  readonly stopMs: number;
  readonly noiseSeed: number;
}

/** The network's landmarks on every picture, 478 × (x, y, z); null where it saw no face. */
export type SeenTake = readonly (readonly number[] | null)[];

/** What moves how. */
export interface MotionPlan {
  readonly name: string;
  readonly depthMm: number;
  /** From −half to +half of this sideways. */
  readonly wayMm: number;
  /** From −half to +half of this about the neck's axis. */
  readonly turnRad: number;
  readonly framesPerSecond: number;
  readonly restMs: number;
  readonly moveMs: number;
  readonly stopMs: number;
}

const degree = Math.PI / 180;
const moving = { depthMm: 600, wayMm: 400, turnRad: 0, restMs: 500, moveMs: 800, stopMs: 800 } as const;
const resting = { wayMm: 0, turnRad: 0, moveMs: 0, stopMs: 0, framesPerSecond: 30 } as const;

/** The motions of the bench; the field of view is the kit's default, 907 px of focal length at 720p. */
export const motionPlans: readonly MotionPlan[] = [
  { ...resting, name: 'still-60', depthMm: 600, restMs: 4_000 },
  { ...resting, name: 'still-120', depthMm: 1_200, restMs: 3_000 },
  { ...moving, name: 'move-15', framesPerSecond: 15 },
  { ...moving, name: 'move-30', framesPerSecond: 30 },
  { ...moving, name: 'move-60', framesPerSecond: 60 },
  {
    name: 'creep',
    depthMm: 600,
    wayMm: 100,
    turnRad: 0,
    framesPerSecond: 30,
    restMs: 500,
    moveMs: 2_000,
    stopMs: 700,
  },
  {
    name: 'turn',
    depthMm: 600,
    wayMm: 0,
    turnRad: 60 * degree,
    framesPerSecond: 30,
    restMs: 400,
    moveMs: 500,
    stopMs: 700,
  },
];

/** The motion of the bench `swim`: 1 m/s where a millimetre is a pixel, so that a frame of lag is 33 px. */
export const swimPlan: MotionPlan = {
  name: 'swim',
  depthMm: 907,
  wayMm: 600,
  turnRad: 0,
  framesPerSecond: 30,
  restMs: 400,
  moveMs: 600,
  stopMs: 500,
};

/** One head that plays a plan, chosen by a seed. */
export function takeOf(plan: MotionPlan, seed: number): Take {
  const place = (side: number): HeadPlace => ({
    yawRad: side * plan.turnRad,
    pitchRad: 0,
    rollRad: 0,
    positionMm: [side * plan.wayMm, 0, -plan.depthMm],
  });
  return {
    name: plan.name,
    film: {
      from: place(-0.5),
      to: place(0.5),
      verticalFovRad: 43.3 * degree,
      deformation: { width: 0, jaw: 0, nose: 0, waveMm: 1, waveSeed: seed },
      face: seed % 2,
      skinTone: [1, 1, 1],
      lamp: [0.4, 0.6, 1],
    },
    framesPerSecond: plan.framesPerSecond,
    restMs: plan.restMs,
    moveMs: plan.moveMs,
    stopMs: plan.stopMs,
    noiseSeed: seed,
  };
}

/** The capture times of a take's pictures. */
export function takeTimesMs({ framesPerSecond, restMs, moveMs, stopMs }: Take): number[] {
  const frames = Math.round(((restMs + moveMs + stopMs) * framesPerSecond) / 1_000);
  return Array.from({ length: frames }, (_, frame) => (frame * 1_000) / framesPerSecond);
}

/** `cameraFromFace` at a time of the take, in true millimetres. */
export function poseAt({ film: { from, to }, restMs, moveMs }: Take, timeMs: number): Pose {
  const share = moveMs > 0 ? Math.min(1, Math.max(0, (timeMs - restMs) / moveMs)) : 0;
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    rotation: quaternionFromYawPitchRoll(mix(from.yawRad, to.yawRad), from.pitchRad, from.rollRad),
    translationMm: [
      mix(from.positionMm[0], to.positionMm[0]),
      mix(from.positionMm[1], to.positionMm[1]),
      mix(from.positionMm[2], to.positionMm[2]),
    ],
  };
}
