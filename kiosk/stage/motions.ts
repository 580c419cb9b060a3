import { quaternionFromYawPitchRoll } from '../../sdk/geometry/pose-algebra.ts';
import type { HeadMotion } from '../../sdk/tracking/head-motion.ts';

const degree = Math.PI / 180;

/** Where a head stands on the stage: how far away, and how far above the middle. */
export interface StagePlace {
  readonly distanceMm: number;
  readonly aboveMm: number;
  /** Largest turn to either side; 0 stands still, a little aside so that a temple shows. */
  readonly turnDeg: number;
  readonly periodMs: number;
}

/** A slow turn from side to side, as on a plinth; it eases at both ends. */
export function slowTurn(place: StagePlace): HeadMotion {
  const translationMm = [0, place.aboveMm, -place.distanceMm] as const;
  if (place.turnDeg === 0)
    return () => ({ rotation: quaternionFromYawPitchRoll(24 * degree, 0, 0), translationMm });
  return (elapsedMs) => {
    const turn = Math.sin((2 * Math.PI * elapsedMs) / place.periodMs + 0.6);
    return { rotation: quaternionFromYawPitchRoll(place.turnDeg * degree * turn, 0, 0), translationMm };
  };
}
