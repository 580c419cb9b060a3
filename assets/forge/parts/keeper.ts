import type { Surface } from '../geometry/surface.ts';
import type { Station } from '../geometry/sweep.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { cross, normalize, sub, vec3 } from '../geometry/vector.ts';
import { roundedRectangle } from '../geometry/outline.ts';
import { superellipse, sweep } from '../geometry/sweep.ts';

/** A loop that holds the strap's free end: round a box of the given inside, `alongMm` wide, at s = 0 of its own flat frame. */
export function keeper(
  insideMm: number,
  heightMm: number,
  alongMm: number,
  thickMm: number,
  lowMm: number,
  section: readonly Vec2[] = superellipse(alongMm / 2, thickMm / 2, 5, 20),
): Surface {
  const ring = roundedRectangle(insideMm + thickMm, heightMm + thickMm, 1.1, 5);
  const middle = (p: { x: number; y: number }): Vec3 => vec3(0, p.x, p.y + lowMm + heightMm / 2);
  // Points along the straight sides keep the texture and the bend even.
  const path = ring.flatMap((p, i) => {
    const q = at(ring, i + 1);
    const parts = Math.max(1, Math.round(Math.hypot(q.x - p.x, q.y - p.y) / 2));
    return Array.from({ length: parts }, (_, k) =>
      middle({ x: p.x + ((q.x - p.x) * k) / parts, y: p.y + ((q.y - p.y) * k) / parts }),
    );
  });
  const stations = path.map((centre, i): Station => {
    const direction = normalize(sub(at(path, i + 1), at(path, i - 1)));
    const up = normalize(cross(direction, vec3(1, 0, 0)));
    return { centre, side: cross(up, direction), up, section };
  });
  return sweep(stations, true);
}
