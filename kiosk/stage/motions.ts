import { quaternionFromYawPitchRoll } from '../../sdk/geometry/pose-algebra.ts';
import type { HeadMotion } from '../../sdk/tracking/head-motion.ts';

const degree = Math.PI / 180;
/** A head that does not turn stands a little aside, so that a temple shows. */
const stillYawDeg = 24;

/** Where a head stands on the stage: how far away, and how far above the middle. */
export interface StagePlace {
  readonly distanceMm: number;
  readonly aboveMm: number;
  /** Largest turn to either side; 0 stands still. */
  readonly turnDeg: number;
  readonly periodMs: number;
}

/** Time constant with which a head moves to another place. */
const easeMs = 320;

/**
 * A slow turn from side to side, as on a plinth; it eases at both ends. `placeAt` says where the head is wanted now; one that does not
 * turn does not glide either.
 */
export function slowTurn(placeAt: () => StagePlace): HeadMotion {
  let { aboveMm, distanceMm } = placeAt();
  let beforeMs = 0;
  return (elapsedMs) => {
    const place = placeAt();
    const share = place.turnDeg === 0 ? 1 : 1 - Math.exp(-Math.max(0, elapsedMs - beforeMs) / easeMs);
    beforeMs = elapsedMs;
    aboveMm += share * (place.aboveMm - aboveMm);
    distanceMm += share * (place.distanceMm - distanceMm);
    const turn = Math.sin((2 * Math.PI * elapsedMs) / place.periodMs + 0.6);
    const yawDeg = place.turnDeg === 0 ? stillYawDeg : place.turnDeg * turn;
    return {
      rotation: quaternionFromYawPitchRoll(yawDeg * degree, 0, 0),
      translationMm: [0, aboveMm, -distanceMm],
    };
  };
}
