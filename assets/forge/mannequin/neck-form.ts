import { ellipsoid, smoothIntersection, smoothUnion } from './signed-distance.ts';
import { splineAt, splineTube, tubePair } from './spline-tube.ts';

const sectionTopMm = 20;
const sectionStepMm = 40;
/** The neck's sections every 40 mm from the skull down: [y, centre z, half width, half depth] in millimetres. */
const sections = splineTube([
  [20, -62, 44, 44],
  [-20, -63, 46, 46],
  [-60, -65, 47, 47],
  [-100, -68, 47, 46],
  [-140, -75, 49.5, 47],
  [-180, -85, 57, 50.5],
  [-220, -93, 70, 55],
  [-260, -98, 82, 58],
]);

const sternomastoid = splineTube([
  [55, -14, -64, 7],
  [46, -60, -46, 7.5],
  [32, -115, -34, 7],
  [17, -158, -31, 6],
  [9, -182, -28, 5],
]);
const trapezius = splineTube([
  [18, -40, -96, 10],
  [28, -100, -102, 14],
  [54, -145, -106, 18],
  [96, -172, -98, 18],
  [128, -185, -88, 20],
  [160, -196, -84, 20],
]);
const collarBone = splineTube([
  [11, -184, -26, 5],
  [36, -181, -24, 4.8],
  [66, -177, -35, 4.6],
  [98, -175, -60, 5.5],
  [126, -176, -80, 9],
  [160, -182, -90, 12],
]);

/** Neck, the tops of the shoulders and the cut that ends the bust. Distance in millimetres; symmetric in x. */
export function neckMm(xSigned: number, y: number, z: number): number {
  const d = uncutNeckMm(xSigned, y, z);
  return y > 40 ? d : smoothIntersection(d, cut(Math.abs(xSigned), y, z), 9);
}

/** Neck, shoulders and chest before the bust's cut. Distance in millimetres; symmetric in x. */
export function uncutNeckMm(xSigned: number, y: number, z: number): number {
  const x = Math.abs(xSigned);
  let d = column(x, y, z);
  if (y > 40) return d;
  d = smoothUnion(d, tubePair(x, y, z, trapezius, 24), 36);
  d = smoothUnion(d, ellipsoid(x, y + 245, z + 77, 190, 90, 64), 34);
  d = smoothUnion(d, tubePair(x, y, z, sternomastoid, 12), 18);
  return smoothUnion(d, tubePair(x, y, z, collarBone, 12), 20);
}

/** An elliptical column whose section changes smoothly with its height; it leans forward as it rises. */
function column(x: number, y: number, z: number): number {
  const u = Math.max(0, Math.min(sections.spans, (sectionTopMm - y) / sectionStepMm));
  const side = ellipsoid(
    x,
    0,
    z - splineAt(sections, u, 1),
    splineAt(sections, u, 2),
    1,
    splineAt(sections, u, 3),
  );
  // Capped inside the skull, where the head covers it.
  return smoothIntersection(side, y - 10, 20);
}

/** A U in the frontal view, drawn through the shoulders on a slope: lowest in front, higher behind. */
function cut(x: number, y: number, z: number): number {
  const slope = 0.16;
  const below = Math.min(0, y + 112 + slope * (z + 30));
  return ellipsoid(x, below, 0, 120, 104, 1000) / Math.hypot(1, slope);
}
