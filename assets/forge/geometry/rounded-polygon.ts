import type { Vec2 } from './vector.ts';
import { at } from './at.ts';
import { vec2 } from './vector.ts';

/** A corner of a drawing and the radius that it is rounded by. */
export interface RoundedCorner {
  readonly x: number;
  readonly y: number;
  readonly radiusMm: number;
}

/**
 * A polygon with each corner rounded by its own radius, in the order of its corners: the first point is where the first corner's
 * arc begins. Points stand about `everyMm` apart.
 */
export function roundedPolygon(corners: readonly RoundedCorner[], everyMm: number): Vec2[] {
  const out: Vec2[] = [];
  const arcs = corners.map((corner, i) => {
    const [before, after] = [at(corners, i - 1), at(corners, i + 1)];
    const unit = (to: RoundedCorner): Vec2 => {
      const size = Math.hypot(to.x - corner.x, to.y - corner.y);
      return vec2((to.x - corner.x) / size, (to.y - corner.y) / size);
    };
    const [back, ahead] = [unit(before), unit(after)];
    const half = Math.acos(Math.min(1, Math.max(-1, back.x * ahead.x + back.y * ahead.y))) / 2;
    const reach = corner.radiusMm / Math.tan(half);
    const away = corner.radiusMm / Math.sin(half);
    const bisector = vec2(back.x + ahead.x, back.y + ahead.y);
    const size = Math.hypot(bisector.x, bisector.y);
    const centre = vec2(corner.x + (bisector.x / size) * away, corner.y + (bisector.y / size) * away);
    const from = vec2(corner.x + back.x * reach, corner.y + back.y * reach);
    const to = vec2(corner.x + ahead.x * reach, corner.y + ahead.y * reach);
    const start = Math.atan2(from.y - centre.y, from.x - centre.x);
    let turn = Math.atan2(to.y - centre.y, to.x - centre.x) - start;
    if (turn > Math.PI) turn -= 2 * Math.PI;
    if (turn < -Math.PI) turn += 2 * Math.PI;
    return { centre, from, to, start, turn, radiusMm: corner.radiusMm };
  });
  arcs.forEach((arc, i) => {
    const steps = Math.max(4, Math.ceil((Math.abs(arc.turn) * arc.radiusMm) / everyMm));
    for (let k = 0; k <= steps; k += 1) {
      const angle = arc.start + (arc.turn * k) / steps;
      out.push(
        vec2(arc.centre.x + Math.cos(angle) * arc.radiusMm, arc.centre.y + Math.sin(angle) * arc.radiusMm),
      );
    }
    const next = at(arcs, i + 1).from;
    const count = Math.floor(Math.hypot(next.x - arc.to.x, next.y - arc.to.y) / everyMm);
    for (let k = 1; k < count; k += 1) {
      out.push(
        vec2(arc.to.x + ((next.x - arc.to.x) * k) / count, arc.to.y + ((next.y - arc.to.y) * k) / count),
      );
    }
  });
  return out;
}
