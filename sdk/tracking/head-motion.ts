import type { Pose } from '../geometry/pose.ts';
import { quaternionFromYawPitchRoll } from '../geometry/pose-algebra.ts';

/** A script for a head: where it is at a time, in true millimetres; null while nobody is there. */
export type HeadMotion = (elapsedMs: number) => Pose | null;

const degree = Math.PI / 180;

/** A sine of unit amplitude with the given period. */
function sway(elapsedMs: number, periodMs: number, phase: number): number {
  return Math.sin((2 * Math.PI * elapsedMs) / periodMs + phase);
}

/**
 * A person looking into a mirror: slow turns to both sides, small nods and tilts, a little swaying. The periods share no
 * small common multiple, so the motion does not seem to repeat.
 */
export const naturalHeadMotion: HeadMotion = (elapsedMs) => ({
  rotation: quaternionFromYawPitchRoll(
    degree * (14 * sway(elapsedMs, 7_300, 0) + 5 * sway(elapsedMs, 3_100, 1)),
    degree * (4 * sway(elapsedMs, 5_300, 2) + 1.5 * sway(elapsedMs, 2_300, 0)),
    degree * 3 * sway(elapsedMs, 6_100, 1),
  ),
  translationMm: [
    16 * sway(elapsedMs, 7_900, 0.4),
    -10 + 5 * sway(elapsedMs, 4_700, 2.2),
    -620 + 20 * sway(elapsedMs, 9_700, 0),
  ],
});

/** A head that looks straight into the camera and does not move. */
export const stillHead: HeadMotion = () => ({
  rotation: [0, 0, 0, 1],
  translationMm: [0, -10, -620],
});
