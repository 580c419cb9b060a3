import type { Vec2 } from './vector.ts';
import { at } from './at.ts';
import { boxOf, contains } from './outline.ts';
import { distance2, vec2 } from './vector.ts';

/** One distance for all of a face, or a finer one where its bend is strong. */
export interface InteriorSpacing {
  readonly finestMm: number;
  readonly at: (place: Vec2) => number;
}

/** The same distance everywhere. */
export function evenly(spacingMm: number): InteriorSpacing {
  return { finestMm: spacingMm, at: () => spacingMm };
}

/** Places of a hexagonal grid inside the area, kept apart from each other and from its loops by the wanted distance. */
export function interiorPoints(loops: readonly (readonly Vec2[])[], spacing: InteriorSpacing): Vec2[] {
  const outer = at(loops, 0);
  const box = boxOf(outer);
  // An edge of a loop survives triangulation when no point comes into the circle that has it as diameter.
  const rims = loops.flatMap((loop) =>
    loop.map((p, i) => ({
      p,
      clearMm: 0.72 * Math.max(distance2(p, at(loop, i + 1)), distance2(p, at(loop, i - 1))),
    })),
  );
  const taken: Vec2[] = [];
  const stepMm = spacing.finestMm;
  const rowMm = (stepMm * Math.sqrt(3)) / 2;
  const rows = Math.ceil((box.maxY - box.minY) / rowMm);
  const columns = Math.ceil((box.maxX - box.minX) / stepMm);
  for (let row = 0; row <= rows; row += 1) {
    for (let column = 0; column <= columns; column += 1) {
      const p = vec2(box.minX + (column + (row % 2) / 2) * stepMm, box.minY + row * rowMm);
      const wantedMm = spacing.at(p);
      const inside = contains(outer, p) && !loops.slice(1).some((hole) => contains(hole, p));
      if (
        inside &&
        rims.every((rim) => distance2(p, rim.p) > Math.max(rim.clearMm, wantedMm * 0.72)) &&
        taken.every((q) => distance2(p, q) > wantedMm * 0.96)
      ) {
        taken.push(p);
      }
    }
  }
  return taken;
}
