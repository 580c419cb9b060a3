import { eyeCentreMm } from './head-form.ts';
import { ellipsoid, smoothDifference, smoothStep, smoothUnion } from './signed-distance.ts';
import { splineTube, tube } from './spline-tube.ts';

/** Sculpts the lids of a fitted head: its distance in, the distance with lids out; x ≥ 0. */
export type Lids = (fittedMm: number, x: number, y: number, z: number) => number;

/** What the sculptor's fine tool adds to the fitted head: lips, lids, nostrils. Symmetric in x. */
export function withFacialFeaturesMm(
  fittedMm: number,
  xSigned: number,
  y: number,
  z: number,
  withLids: Lids,
): number {
  if (fittedMm > 14 || fittedMm < -14 || z < 15) return fittedMm;
  const x = Math.abs(xSigned);
  let d = fittedMm;
  if (y < -22 && y > -64) d = withLips(d, x, y, z);
  if (y > 8 && y < 44 && x > 8) d = withLids(d, x, y, z);
  if (y > -30 && y < 2) d = withNostrils(d, x, y, z);
  return d;
}

const upperLip = splineTube([
  [0, -38.6, 53.8, 4],
  [6, -37.8, 53.3, 4.1],
  [14, -39.8, 49.6, 3.7],
  [21, -42, 44.9, 2.6],
  [27, -43.3, 39.8, 1.1],
]);
const lowerLip = splineTube([
  [0, -48, 50.8, 4.8],
  [8, -47.8, 49.8, 4.8],
  [16, -46.6, 46.6, 3.8],
  [22, -45, 43, 2.6],
  [27, -43.8, 39.6, 1.1],
]);
/** Lines drawn on the face are curves in the frontal plane: they are engraved wherever the skin lies behind them. */
const mouthLine = splineTube([
  [0, -43.6, 0, 0],
  [6, -42.9, 0, 0],
  [14, -43.3, 0, 0],
  [22, -43.5, 0, 0],
  [28, -42.6, 0, 0],
]);
const philtrum = splineTube([
  [0, -26, 0, 0],
  [0, -33, 0, 0],
]);

function withLips(fittedMm: number, x: number, y: number, z: number): number {
  let d = smoothUnion(fittedMm, tube(x, y, z, upperLip), 3.2);
  d = smoothUnion(d, tube(x, y, z, lowerLip), 3.6);
  d += engraved(tube(x, y, 0, mouthLine), 1.2 * (1 - smoothStep(20, 30, x)), 1.7);
  d += engraved(tube(x, y, 0, philtrum), 0.9, 3.2);
  return d;
}

const lidLine = splineTube([
  [18.2, 24.6, 0, 0],
  [23, 22.4, 0, 0],
  [31.6, 20.6, 0, 0],
  [39.5, 21.8, 0, 0],
  [45.6, 25.2, 0, 0],
  [48.5, 26.2, 0, 0],
]);
const upperFold = splineTube([
  [17.5, 28.2, 0, 0],
  [24, 32.6, 0, 0],
  [32, 34.4, 0, 0],
  [40.5, 33.2, 0, 0],
  [47.5, 28.6, 0, 0],
]);

/** The lids of a head at rest. */
export function closedLids(fittedMm: number, x: number, y: number): number {
  const toLine = tube(x, y, 0, lidLine);
  // The upper lid lies over the lower one: a soft step at the line, then a fine groove under it.
  const lidY = lidLineY(x);
  const inside = 1 - smoothStep(10, 16, Math.hypot(x - eyeCentreMm.x, (y - eyeCentreMm.y) * 1.25));
  const upper = smoothStep(-0.9, 1.1, y - lidY) * (1 - smoothStep(2, 9, y - lidY));
  return (
    fittedMm - 0.7 * inside * upper + engraved(toLine, 1, 1.4) + engraved(tube(x, y, 0, upperFold), 0.35, 2)
  );
}

function lidLineY(x: number): number {
  const across = (x - eyeCentreMm.x) / 14;
  return 20.6 + 4.2 * across * across + 0.6 * across;
}

function withNostrils(fittedMm: number, x: number, y: number, z: number): number {
  const hollow = ellipsoid(x - 6.6 - (62 - z) * 0.22, y + 16.4, z - 62.4, 2.5, 3.2, 4.6);
  let d = smoothDifference(fittedMm, hollow, 3);
  // The wing's crease, from the nostril's back around the ala.
  d += engraved(tube(x, y, z, wingCrease), 0.9 * (1 - smoothStep(-9, -2, y)), 2);
  return d;
}

const wingCrease = splineTube([
  [12.6, -1.6, 60.5, 0],
  [16.2, -3.6, 53.5, 0],
  [18.6, -9, 48, 0],
  [17.6, -15.5, 49.4, 0],
  [13, -19, 52.6, 0],
]);

/** A groove of Gaussian section, `depthMm` deep on its line. */
function engraved(toLineMm: number, depthMm: number, widthMm: number): number {
  const ratio = toLineMm / widthMm;
  return ratio > 4 ? 0 : depthMm * Math.exp(-ratio * ratio);
}
