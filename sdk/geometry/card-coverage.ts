import { cardTilt } from './card-pose.ts';
import type { Pose } from './pose.ts';

/**
 * What one view of a card adds to a calibration. Turned `left` is towards the holder's own left, which is where the card's
 * face looks on a mirrored picture.
 */
export type CardCoverage = 'straight' | 'turned-left' | 'turned-right' | 'turned-up' | 'turned-down';

/** The tilts that settle a focal length together. */
export const wantedTilts: readonly CardCoverage[] = [
  'turned-left',
  'turned-right',
  'turned-up',
  'turned-down',
];

/** From here on a turn shows the lens; less passes for a card held straight. */
const tiltedFromRad = 0.26;

/** What a view with the card at this pose adds. */
export function coverageOf(cameraFromCard: Pose): CardCoverage {
  const { sidewaysRad, upwardsRad } = cardTilt(cameraFromCard);
  if (Math.max(Math.abs(sidewaysRad), Math.abs(upwardsRad)) < tiltedFromRad) return 'straight';
  if (Math.abs(sidewaysRad) >= Math.abs(upwardsRad)) return sidewaysRad > 0 ? 'turned-left' : 'turned-right';
  return upwardsRad > 0 ? 'turned-up' : 'turned-down';
}

/** Which tilts no view shows yet. */
export function missingTilts(cameraFromCards: readonly Pose[]): readonly CardCoverage[] {
  const seen = new Set(cameraFromCards.map(coverageOf));
  return wantedTilts.filter((tilt) => !seen.has(tilt));
}
