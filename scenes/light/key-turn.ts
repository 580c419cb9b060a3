import { shortestTurnRad } from '../../sdk/geometry/pose-algebra.ts';
import { luminanceOf } from '../../sdk/geometry/spherical-harmonics.ts';
import { houseStudio } from './studio.ts';

const degree = Math.PI / 180;
const keyRad = (houseStudio.boxes[0]?.azimuthDeg ?? 0) * degree;
/** Below the first share light comes from all around; above the second it has one side. */
const leastShare = 0.12;
const wholeShare = 0.45;
/** Farther round, the lamps that draw a piece's edges would stand in its front. */
const mostRad = 85 * degree;

/**
 * By how much the studio must turn about the upright so that its key stands where most light on the client comes from, in
 * radians; 0 where that is not known, or light comes from everywhere alike.
 */
export function keyTurnRad(harmonics: ArrayLike<number> | null): number {
  if (harmonics === null) return 0;
  const whole = bandAt(harmonics, 0);
  const [z, x] = [bandAt(harmonics, 2), bandAt(harmonics, 3)];
  const share = Math.hypot(x, z) / Math.max(whole, 1e-6);
  const sure = Math.min(1, Math.max(0, (share - leastShare) / (wholeShare - leastShare)));
  const turn = Math.atan2(x, z) - keyRad;
  const shortest = shortestTurnRad(turn);
  return sure * Math.min(mostRad, Math.max(-mostRad, shortest));
}

function bandAt(harmonics: ArrayLike<number>, k: number): number {
  return luminanceOf(harmonics[k * 3] ?? 0, harmonics[k * 3 + 1] ?? 0, harmonics[k * 3 + 2] ?? 0);
}
