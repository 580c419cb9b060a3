import type { PartSurface } from '../document/piece-spec.ts';
import type { SeamPoint } from './saddle-stitch.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { evenly } from '../geometry/interior-points.ts';
import { leatherPiece } from './leather-piece.ts';
import { offsetOutline } from '../geometry/outline.ts';
import { openCurve } from '../geometry/spline.ts';
import { ribbon } from '../geometry/ribbon.ts';
import { roundedPolygon } from '../geometry/rounded-polygon.ts';
import { seamOn } from './saddle-stitch.ts';
import { vec3 } from '../geometry/vector.ts';

/** A tab's sizes in millimetres; `reachMm` from the ring's bar to each of its ends. */
export interface RingTabForm {
  readonly widthMm: number;
  readonly thicknessMm: number;
  readonly reachMm: number;
}

/** A tab over the flap's top that holds a ring: stitched down in front and behind, its middle bent over the ring's bar. */
export function ringTab(
  tab: RingTabForm,
  barMm: number,
  topMm: number,
): { parts: PartSurface[]; seams: SeamPoint[][] } {
  const low = topMm + tab.thicknessMm / 2 + 0.05;
  const bar = topMm + barMm / 2 + 0.1;
  const over = bar + barMm / 2 + tab.thicknessMm / 2 + 0.1;
  const path = openCurve(
    [
      vec3(0, low, -tab.reachMm),
      vec3(0, low, -16),
      vec3(0, low, -9),
      vec3(0, low, -6.6),
      vec3(0, low + 0.8, -4.4),
      vec3(0, over - 1.1, -2.5),
      vec3(0, over + 0.35, -0.9),
      vec3(0, over + 0.35, 0.9),
      vec3(0, over - 1.1, 2.5),
      vec3(0, low + 0.8, 4.4),
      vec3(0, low, 6.6),
      vec3(0, low, 9),
      vec3(0, low, 16),
      vec3(0, low, tab.reachMm),
    ],
    120,
  );
  const bent = ribbon(path, () => vec3(1, 0, 0));
  const h = tab.widthMm / 2;
  const corner = { radiusMm: h * 0.93 };
  const outline = roundedPolygon(
    [
      { x: 0, y: h, ...corner },
      { x: 0, y: -h, ...corner },
      { x: bent.lengthMm, y: -h, ...corner },
      { x: bent.lengthMm, y: h, ...corner },
    ],
    1.7,
  );
  const drawn = offsetOutline(outline, -2.6).map(({ x, y }) => vec3(x, y, tab.thicknessMm / 2 + 0.1));
  // Each end's seam: round the end, and square across before the ring.
  const seams = [drawn.filter(({ x }) => x < 15), drawn.filter(({ x }) => x > bent.lengthMm - 15)].map(
    (seam, i) => {
      const sorted = i === 0 ? arrange(seam, (p) => -p.x) : arrange(seam, (p) => p.x);
      return seamOn(bent.map, sorted);
    },
  );
  return {
    parts: leatherPiece({
      outline,
      thicknessMm: tab.thicknessMm,
      edgeMm: 0.7,
      interiorMm: evenly(1.9),
      map: bent.map,
    }),
    seams,
  };
}

/** A run of an outline, cut where it left the wanted part, put into one row. */
function arrange(points: readonly Vec3[], towardsEnd: (p: Vec3) => number): Vec3[] {
  const gap = points.findIndex((p, i) => i > 0 && Math.abs(p.y - (points[i - 1] ?? p).y) > 6);
  const row = gap < 0 ? [...points] : [...points.slice(gap), ...points.slice(0, gap)];
  return towardsEnd(row[0] ?? vec3(0, 0, 0)) > towardsEnd(row[Math.floor(row.length / 2)] ?? vec3(0, 0, 0))
    ? row.toReversed()
    : row;
}
