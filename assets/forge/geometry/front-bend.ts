import type { LensSeat } from './lens-seat.ts';
import type { SpaceMap } from './surface.ts';
import type { Vec2 } from './vector.ts';
import { vec2 } from './vector.ts';

/** How a flat acetate front is bent after milling. */
export interface FrontBendOptions {
  readonly seat: LensSeat;
  readonly lensWidthMm: number;
  readonly bridgeWidthMm: number;
}

/**
 * The bend of an acetate front: (s, y, d) of the flat sheet to the piece's front. Over the lenses it is a cylinder
 * with the lens's own curve and wrap; across the bridge a quartic joins both sides without a break in the tangent and
 * with no curvature left at the joint.
 */
export function frontBend(options: FrontBendOptions): SpaceMap {
  const { seat } = options;
  const edge = options.bridgeWidthMm / 2;
  const half = options.lensWidthMm / 2;
  const onLens = (s: number): Vec2 => {
    const p = seat.map({ x: s - edge - half, y: 0, z: 0 });
    return vec2(p.x, p.z);
  };
  const stepMm = 1e-4;
  const [start, next] = [onLens(edge), onLens(edge + stepMm)];
  const slope = (next.y - start.y) / (next.x - start.x);
  const a = (3 * slope) / (4 * start.x);
  const b = -a / (6 * start.x * start.x);
  const quartic = (x: number): number => a * x ** 2 + b * x ** 4;
  const midline = (s: number): Vec2 => {
    const size = Math.abs(s);
    const x = (size * start.x) / edge;
    const p = size >= edge ? onLens(size) : vec2(x, start.y + quartic(x) - quartic(start.x));
    return vec2(Math.sign(s) * p.x, p.y);
  };
  return ({ x: s, y, z: d }) => {
    const p = midline(s);
    const before = midline(s - 1e-3);
    const after = midline(s + 1e-3);
    const size = Math.hypot(after.x - before.x, after.y - before.y);
    return {
      x: p.x - (d * (after.y - before.y)) / size,
      y,
      z: p.y + (d * (after.x - before.x)) / size,
    };
  };
}
