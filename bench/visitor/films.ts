import { quaternionFromYawPitchRoll } from '../../sdk/geometry/pose-algebra.ts';
import type { Pose } from '../../sdk/geometry/pose.ts';
import type { VisitorLookName } from '../../scenes/visitor/skin-tones.ts';
import { visitorLooks } from '../../scenes/visitor/skin-tones.ts';
import type { VisitorFilm } from './page/main.ts';

const degree = Math.PI / 180;
/** The six looks by name. */
export const looks = Object.keys(visitorLooks) as VisitorLookName[];

/** Where a head is: angles in degrees, place in millimetres before the camera. */
export function headAt(
  yaw: number,
  pitch: number,
  roll: number,
  translationMm: readonly [number, number, number],
): Pose {
  return { rotation: quaternionFromYawPitchRoll(yaw * degree, pitch * degree, roll * degree), translationMm };
}

/** A visitor of usual size in a boutique's light. */
export const usualFilm: Omit<VisitorFilm, 'pictures'> = {
  look: 'light',
  size: 1,
  irisMm: 11.7,
  light: null,
  withBody: false,
};
