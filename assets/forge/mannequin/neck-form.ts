import { ellipsoid, smoothIntersection, smoothPath, smoothUnion, tubePair } from './signed-distance.ts';

/**
 * The neck's sections from the skull down; each row is [y, centre z, half width, half depth] in millimetres. The axis
 * leans forward as it rises.
 */
const sections = smoothPath(
  [
    [20, -62, 44, 44],
    [-60, -64, 47, 47],
    [-110, -69, 47, 46],
    [-150, -78, 51, 48],
    [-190, -88, 60, 52],
    [-230, -94, 74, 56],
    [-270, -98, 84, 58],
  ],
  8,
);

const sternomastoid = smoothPath(
  [
    [55, -14, -64, 7],
    [46, -60, -46, 7.5],
    [32, -115, -34, 7],
    [17, -158, -31, 6],
    [9, -182, -28, 5],
  ],
  2,
);
const trapezius = smoothPath(
  [
    [18, -40, -96, 10],
    [28, -100, -102, 14],
    [54, -145, -106, 18],
    [96, -172, -98, 18],
    [128, -185, -88, 20],
    [160, -196, -84, 20],
  ],
  2,
);
const collarBone = smoothPath(
  [
    [11, -184, -26, 5],
    [36, -181, -24, 4.8],
    [66, -177, -35, 4.6],
    [98, -175, -60, 5.5],
    [126, -176, -80, 9],
    [160, -182, -90, 12],
  ],
  4,
);

/** Neck, the tops of the shoulders and the cut that ends the bust. Distance in millimetres; symmetric in x. */
export function neckMm(xSigned: number, y: number, z: number): number {
  const x = Math.abs(xSigned);
  let d = column(x, y, z);
  d = smoothUnion(d, tubePair(x, y, z, trapezius, 24), 36);
  d = smoothUnion(d, ellipsoid(x, y + 245, z + 77, 190, 90, 64), 34);
  d = smoothUnion(d, tubePair(x, y, z, sternomastoid, 9), 18);
  d = smoothUnion(d, tubePair(x, y, z, collarBone, 9), 20);
  return smoothIntersection(d, cut(x, y, z), 7);
}

function column(x: number, y: number, z: number): number {
  let row = 0;
  while (row < sections.length - 2 && y < (sections[row + 1]?.[0] ?? -Infinity)) row += 1;
  const above = sections[row] ?? [0, 0, 1, 1];
  const below = sections[row + 1] ?? above;
  const t = Math.max(0, Math.min(1, (y - above[0]) / (below[0] - above[0])));
  const dz = z - (above[1] + t * (below[1] - above[1]));
  const halfWidth = above[2] + t * (below[2] - above[2]);
  const halfDepth = above[3] + t * (below[3] - above[3]);
  // Capped inside the skull, where the head covers it.
  return smoothIntersection(ellipsoid(x, 0, dz, halfWidth, 1, halfDepth), y - 10, 20);
}

function cut(x: number, y: number, z: number): number {
  // A U in the frontal view, drawn through the shoulders on a slope: lowest in front, higher behind.
  const slope = 0.16;
  return ellipsoid(x, y + 112 + slope * (z + 30), 0, 120, 110, 1000) / Math.hypot(1, slope);
}
