import { ellipsoid, smoothDifference, smoothPath, smoothStep, smoothUnion, tube } from './signed-distance.ts';
import type { TubePoint } from './signed-distance.ts';
import { eyeCentreMm } from './head-form.ts';

/** What the sculptor's fine tool adds to the fitted head: lips, closed lids, nostrils. Symmetric in x. */
export function withFacialFeaturesMm(fittedMm: number, xSigned: number, y: number, z: number): number {
  if (fittedMm > 14 || fittedMm < -14 || z < 15) return fittedMm;
  const x = Math.abs(xSigned);
  let d = fittedMm;
  if (y < -22 && y > -64) d = withLips(d, x, y, z);
  if (y > 8 && y < 44 && x > 8) d = withLids(d, x, y, z);
  if (y > -30 && y < 2) d = withNostrils(d, x, y, z);
  return d;
}

const upperLip = smoothPath(
  [
    [0, -38.6, 54.6, 4],
    [6, -37.9, 54, 4],
    [14, -39.9, 49.6, 3.4],
    [21, -42.1, 45, 2],
    [26, -43.2, 41.4, 1],
  ],
  3,
);
const lowerLip = smoothPath(
  [
    [0, -48.2, 52, 4.8],
    [8, -48, 51, 4.8],
    [16, -46.6, 47, 3.4],
    [22, -44.7, 43.8, 2],
    [26, -43.5, 41.2, 1],
  ],
  3,
);
const mouthLine = smoothPath(
  [
    [0, -43.3, 56, 0],
    [6, -42.8, 55.6, 0],
    [14, -43.2, 51.6, 0],
    [22, -43.4, 46.4, 0],
    [27.5, -43.4, 42.6, 0],
  ],
  3,
);
const philtrum: readonly TubePoint[] = [
  [0, -26, 59.4, 0],
  [0, -34, 59.4, 0],
];

function withLips(fittedMm: number, x: number, y: number, z: number): number {
  let d = smoothUnion(fittedMm, tube(x, y, z, upperLip), 3.2);
  d = smoothUnion(d, tube(x, y, z, lowerLip), 3.6);
  d += engraved(tube(x, y, z, mouthLine), 0.9 * (1 - smoothStep(19, 28, x)), 1.6);
  d += engraved(tube(x, y, z, philtrum), 0.9, 3.2);
  return d;
}

const lidLine = smoothPath(
  [
    [18.2, 24.6, 39.4, 0],
    [23, 22.4, 38.6, 0],
    [31.6, 20.6, 39.2, 0],
    [39.5, 21.8, 36.6, 0],
    [45.6, 25.2, 31.6, 0],
    [48.5, 26.2, 29.6, 0],
  ],
  3,
);
const upperFold = smoothPath(
  [
    [17.5, 28.2, 40.6, 0],
    [24, 32.6, 41, 0],
    [32, 34.4, 41.2, 0],
    [40.5, 33.2, 37.8, 0],
    [47.5, 28.6, 32.4, 0],
  ],
  3,
);

function withLids(fittedMm: number, x: number, y: number, z: number): number {
  const toLine = tube(x, y, z, lidLine);
  // The upper lid lies over the lower one: a soft step at the line, then a fine groove under it.
  const lidY = lidLineY(x);
  const inside = 1 - smoothStep(10, 16, Math.hypot(x - eyeCentreMm.x, (y - eyeCentreMm.y) * 1.25));
  const upper = smoothStep(-0.5, 0.7, y - lidY) * (1 - smoothStep(2, 9, y - lidY));
  return (
    fittedMm - 0.7 * inside * upper + engraved(toLine, 0.7, 1.3) + engraved(tube(x, y, z, upperFold), 0.9, 1.8)
  );
}

function lidLineY(x: number): number {
  const across = (x - eyeCentreMm.x) / 14;
  return 20.6 + 4.2 * across * across + 0.6 * across;
}

function withNostrils(fittedMm: number, x: number, y: number, z: number): number {
  const hollow = ellipsoid(x - 6.4 - (62 - z) * 0.22, y + 17.4, z - 61.5, 2.6, 3.4, 5);
  let d = smoothDifference(fittedMm, hollow, 3);
  // The wing's crease, from the nostril's back around the ala.
  d += engraved(tube(x, y, z, wingCrease), 0.8, 1.9);
  return d;
}

const wingCrease = smoothPath(
  [
    [12.6, -1.6, 60.5, 0],
    [16.2, -3.6, 53.5, 0],
    [18.6, -9, 48, 0],
    [17.6, -15.5, 49.4, 0],
    [13, -19, 52.6, 0],
  ],
  3,
);

/** A groove of Gaussian section, `depthMm` deep on its line. */
function engraved(toLineMm: number, depthMm: number, widthMm: number): number {
  const ratio = toLineMm / widthMm;
  return ratio > 4 ? 0 : depthMm * Math.exp(-ratio * ratio);
}
