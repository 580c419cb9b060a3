import type { Vec2 } from './vector.ts';
import { vec2 } from './vector.ts';
import { at } from './at.ts';
import { contains } from './outline.ts';

interface Cell {
  readonly corners: readonly [number, number, number];
  readonly centreX: number;
  readonly centreY: number;
  readonly radiusSquared: number;
}

/** Deterministic nudge of a point: points on a regular grid share circles, which would leave the choice to rounding. */
function nudge(index: number): number {
  return (((index * 2654435761) % 4294967296) / 4294967296 - 0.5) * 2e-5;
}

function cell(points: readonly Vec2[], a: number, b: number, c: number): Cell {
  const [pa, pb, pc] = [at(points, a), at(points, b), at(points, c)];
  const bx = pb.x - pa.x;
  const by = pb.y - pa.y;
  const cx = pc.x - pa.x;
  const cy = pc.y - pa.y;
  const twiceArea = 2 * (bx * cy - by * cx);
  const ux = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / twiceArea;
  const uy = (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / twiceArea;
  return {
    corners: twiceArea > 0 ? [a, b, c] : [a, c, b],
    centreX: pa.x + ux,
    centreY: pa.y + uy,
    radiusSquared: ux * ux + uy * uy,
  };
}

/**
 * Delaunay triangulation of planar points by incremental insertion (Bowyer 1981, Watson 1981). Triangles run
 * counter-clockwise. Quadratic in the number of points: made for a few thousand.
 */
export function delaunay(points: readonly Vec2[]): (readonly [number, number, number])[] {
  const count = points.length;
  const work = points.map((p, i) => vec2(p.x + nudge(i), p.y + nudge(i + 7919)));
  const reach = Math.max(...points.map((p) => Math.max(Math.abs(p.x), Math.abs(p.y)))) * 64 + 1;
  work.push(vec2(-reach, -reach), vec2(reach, -reach), vec2(0, reach));
  let cells: Cell[] = [cell(work, count, count + 1, count + 2)];
  for (let index = 0; index < count; index += 1) {
    const p = at(work, index);
    const kept: Cell[] = [];
    const edges = new Map<number, readonly [number, number]>();
    for (const candidate of cells) {
      const dx = p.x - candidate.centreX;
      const dy = p.y - candidate.centreY;
      if (dx * dx + dy * dy >= candidate.radiusSquared) {
        kept.push(candidate);
        continue;
      }
      const [a, b, c] = candidate.corners;
      for (const [from, to] of [
        [a, b],
        [b, c],
        [c, a],
      ] as const) {
        const key = Math.min(from, to) * (count + 3) + Math.max(from, to);
        if (!edges.delete(key)) {
          edges.set(key, [from, to]);
        }
      }
    }
    for (const [from, to] of edges.values()) {
      kept.push(cell(work, from, to, index));
    }
    cells = kept;
  }
  return cells.map((c) => c.corners).filter((corners) => corners.every((corner) => corner < count));
}

/**
 * Triangles of the area inside `outer` and outside every hole. `loops[0]` is the outer outline, the others are holes;
 * `interior` are further points inside. Indices run over the loops' points in order, then the interior points.
 * Raises RangeError when an edge of a loop is not an edge of the triangulation: the loops are then too coarse for
 * their distance.
 */
export function triangulateArea(
  loops: readonly (readonly Vec2[])[],
  interior: readonly Vec2[],
): (readonly [number, number, number])[] {
  const points = [...loops.flat(), ...interior];
  const outer = at(loops, 0);
  const holes = loops.slice(1);
  const inside = delaunay(points).filter(([a, b, c]) => {
    const [pa, pb, pc] = [at(points, a), at(points, b), at(points, c)];
    const centre = vec2((pa.x + pb.x + pc.x) / 3, (pa.y + pb.y + pc.y) / 3);
    return contains(outer, centre) && !holes.some((hole) => contains(hole, centre));
  });
  const edges = new Set<number>();
  for (const [a, b, c] of inside) {
    edges
      .add(a * points.length + b)
      .add(b * points.length + c)
      .add(c * points.length + a);
  }
  let base = 0;
  for (const loop of loops) {
    for (let i = 0; i < loop.length; i += 1) {
      const from = base + i;
      const to = base + ((i + 1) % loop.length);
      if (!edges.has(from * points.length + to) && !edges.has(to * points.length + from)) {
        const place = at(points, from);
        throw new RangeError(
          `triangulateArea: loop edge lost near ${place.x.toFixed(2)}, ${place.y.toFixed(2)} mm`,
        );
      }
    }
    base += loop.length;
  }
  return inside;
}
