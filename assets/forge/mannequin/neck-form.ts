import { ellipsoid, smoothIntersection, smoothPath, smoothUnion, tube } from './signed-distance.ts';

/** The neck's axis leans forward as it rises; each row is [y, centre z, half width, half depth] in millimetres. */
const sections = [
  [20, -62, 44, 44],
  [-60, -64, 47, 47],
  [-110, -68, 47, 46],
  [-150, -77, 51, 48],
  [-190, -86, 60, 52],
  [-230, -92, 74, 56],
] as const;

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
    [100, -174, -96, 17],
    [145, -190, -90, 15],
  ],
  2,
);
const collarBone = smoothPath(
  [
    [11, -184, -24, 5.5],
    [36, -181, -22, 5.5],
    [66, -176, -32, 5.5],
    [98, -171, -56, 6],
    [130, -169, -74, 6.5],
  ],
  2,
);

/** Neck, the tops of the shoulders and the cut that ends the bust. Distance in millimetres; symmetric in x. */
export function neckMm(xSigned: number, y: number, z: number): number {
  const x = Math.abs(xSigned);
  let d = column(x, y, z);
  d = smoothUnion(d, tube(x, y, z, trapezius), 36);
  d = smoothUnion(d, ellipsoid(x, y + 250, z + 80, 180, 92, 72), 34);
  d = smoothUnion(d, tube(x, y, z, sternomastoid), 16);
  d = smoothUnion(d, tube(x, y, z, collarBone), 14);
  return smoothIntersection(d, cut(x, y, z), 6);
}

function column(x: number, y: number, z: number): number {
  let row = 0;
  while (row < sections.length - 2 && y < (sections[row + 1]?.[0] ?? 0)) row += 1;
  const above = sections[row] ?? sections[0];
  const below = sections[row + 1] ?? sections[0];
  const raw = (y - above[0]) / (below[0] - above[0]);
  const t = raw < 0 ? 0 : raw > 1 ? 1 : raw * raw * (3 - 2 * raw);
  const dz = z - (above[1] + t * (below[1] - above[1]));
  const halfWidth = above[2] + t * (below[2] - above[2]);
  const halfDepth = above[3] + t * (below[3] - above[3]);
  const side = ellipsoid(x, 0, dz, halfWidth, 1, halfDepth);
  // Capped inside the skull, where the head covers it.
  return smoothIntersection(side, y - 10, 20);
}

function cut(x: number, y: number, z: number): number {
  // A U in the frontal view, drawn through the shoulders on a slope: lowest in front, higher behind.
  const slope = 0.42;
  return ellipsoid(x, y + 112 + slope * (z + 30), 0, 122, 118, 1000) / Math.hypot(1, slope);
}
