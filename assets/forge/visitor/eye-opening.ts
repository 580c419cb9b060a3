import { eyeCentreMm } from '../mannequin/head-form.ts';
import { ellipsoid, smoothDifference, smoothStep } from '../mannequin/signed-distance.ts';

/** The eyeball that shows between the lids; its centre is the mannequin's. */
export const eyeballRadiusMm = 12;
/** Corners of the lids' opening in the frontal plane, inner and outer, and how far its edges bow: [x, y], mm. */
const inner = [18, 25.2] as const;
const outer = [45.2, 26.4] as const;
const upperBowMm = 5.6;
const lowerBowMm = 4.1;
const lidThicknessMm = 2.3;

/** Heights of both lids' edges above a place between the eye's corners, mm. */
export function lidEdgesMm(x: number): readonly [lower: number, upper: number] {
  const t = Math.min(1, Math.max(0, (x - inner[0]) / (outer[0] - inner[0])));
  const straight = inner[1] + (outer[1] - inner[1]) * t;
  // Fullest a little inward of the middle above, outward of it below, as lids are.
  const above = upperBowMm * shape(t ** 0.9);
  const below = lowerBowMm * shape(t ** 1.12);
  return [straight - below, straight + above];
}

function shape(t: number): number {
  return Math.sin(Math.PI * t) ** 0.8;
}

/** Open lids about an eyeball: the shell between them is cut away down to the eye. */
export function openLids(fittedMm: number, x: number, y: number, z: number): number {
  const [lower, upper] = lidEdgesMm(x);
  // Outward of the corners the opening's walls meet.
  const beside = Math.max(inner[0] - x, x - outer[0]);
  const gap = Math.max(lower - y, y - upper, beside);
  const fold =
    0.55 * Math.exp(-(((y - upper - 4.6) / 1.1) ** 2)) * smoothStep(16, 22, x) * (1 - smoothStep(43, 50, x));
  const floor = ellipsoid(
    x - eyeCentreMm.x,
    y - eyeCentreMm.y,
    z - eyeCentreMm.z,
    14 - lidThicknessMm,
    12.4 - lidThicknessMm,
    13.6 - lidThicknessMm,
  );
  return smoothDifference(fittedMm + fold, Math.max(gap, -floor), 1.2);
}
