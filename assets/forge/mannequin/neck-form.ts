import { ellipsoid, smoothIntersection, smoothPath, smoothUnion, tube } from './signed-distance.ts';

/** The neck's axis leans forward as it rises; each row is [y, centre z, half width, half depth] in millimetres. */
const sections = [
  [-30, -62, 52, 52],
  [-70, -62, 51, 52],
  [-110, -64, 50, 51],
  [-150, -70, 53, 54],
  [-190, -76, 62, 58],
  [-230, -82, 74, 62],
] as const;

const sternomastoid = smoothPath(
  [
    [56, -14, -66, 8],
    [47, -60, -44, 8.5],
    [32, -115, -28, 8],
    [17, -160, -20, 6.5],
    [10, -182, -18, 5],
  ],
  2,
);
const trapezius = smoothPath(
  [
    [26, -60, -108, 14],
    [40, -110, -104, 18],
    [64, -150, -98, 20],
    [104, -176, -90, 18],
    [140, -190, -84, 16],
  ],
  2,
);
const collarBone = smoothPath(
  [
    [12, -184, -18, 6],
    [36, -182, -14, 6],
    [66, -177, -26, 6],
    [98, -172, -50, 6.5],
    [130, -170, -68, 7],
  ],
  2,
);

/** Neck, the tops of the shoulders and the cut that ends the bust. Distance in millimetres; symmetric in x. */
export function neckMm(xSigned: number, y: number, z: number): number {
  const x = Math.abs(xSigned);
  let d = column(x, y, z);
  d = smoothUnion(d, tube(x, y, z, trapezius), 34);
  d = smoothUnion(d, ellipsoid(x, y + 236, z + 78, 150, 58, 72), 30);
  d = smoothUnion(d, tube(x, y, z, sternomastoid), 14);
  d = smoothUnion(d, tube(x, y, z, collarBone), 12);
  return smoothIntersection(d, cut(x, y, z), 5);
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
  return smoothIntersection(side, y + 10, 20);
}

function cut(x: number, y: number, z: number): number {
  return ellipsoid(x, y + 95, z + 62, 118, 128, 96);
}
