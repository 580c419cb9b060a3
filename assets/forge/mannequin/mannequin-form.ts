import { earMm } from './ear-form.ts';
import { faceFacts } from './face-facts.ts';
import type { Lids } from './facial-features.ts';
import { closedLids, withFacialFeaturesMm } from './facial-features.ts';
import { fitCorrection } from './fact-fit.ts';
import { headMassesMm } from './head-form.ts';
import { neckMm } from './neck-form.ts';
import { smoothStep, smoothUnion } from './signed-distance.ts';

const correctionMm = fitCorrection(
  headMassesMm,
  faceFacts.map(({ atMm, insetMm, toleranceMm }) => ({ atMm, distanceMm: insetMm, toleranceMm })),
  [
    { reachMm: 110, ridge: 0.6 },
    { reachMm: 52, ridge: 1 },
    { reachMm: 24, ridge: 1.4 },
  ],
);

/** So far under the head, its seam with the neck no longer reaches the neck's surface. */
const headEndsMm = -165;

/**
 * The mannequin as one solid: signed distance in millimetres in the canonical face frame (+x the wearer's left, +y up,
 * +z out of the face), mirror-symmetric in x. Exact only at the surface; `mannequinLipschitz` bounds how far off it is
 * elsewhere.
 */
export function mannequinDistanceMm(x: number, y: number, z: number): number {
  return headOnNeckMm(x, y, z, neckMm(x, y, z), closedLids);
}

/** The same head with other lids and on another neck, whose distance here is `neck`. */
export function headOnNeckMm(x: number, y: number, z: number, neck: number, lids: Lids): number {
  if (y < headEndsMm) return neck;
  // The facts know nothing of the back of the head: their influence ends around the ears.
  const share = smoothStep(-95, -35, z) * smoothStep(-150, -110, y);
  const fitted = headMassesMm(x, y, z) + (share > 0 ? share * correctionMm(x, y, z) : 0);
  const face = withFacialFeaturesMm(fitted, x, y, z, lids);
  // The nape runs into the skull in one long sweep; under the jaw the seam stays tight.
  const seamMm = 16 + 40 * smoothStep(20, 115, -z);
  const withNeck = smoothUnion(face, neck, seamMm);
  return smoothUnion(withNeck, earMm(Math.abs(x), y, z), 5);
}
