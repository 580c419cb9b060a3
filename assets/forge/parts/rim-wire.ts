import type { Station } from '../geometry/sweep.ts';
import type { SpaceMap, Surface } from '../geometry/surface.ts';
import type { Vec2 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { cross, normalize, sub, vec2 } from '../geometry/vector.ts';
import { outwardNormals } from '../geometry/outline.ts';
import { superellipse, sweep } from '../geometry/sweep.ts';

/** A rim of drawn wire around a lens: `outsideMm` is the distance of its middle line from the lens's edge. */
export interface RimWireOptions {
  /** Counter-clockwise, around the boxing centre. */
  readonly lens: readonly Vec2[];
  readonly seat: SpaceMap;
  readonly outsideMm: number;
  readonly wireMm: number;
  readonly depthMm: number;
}

/** The rim of the wearer's left lens. */
export function rimWire(options: RimWireOptions): Surface {
  const normals = outwardNormals(options.lens);
  const section = superellipse(options.depthMm / 2, options.wireMm / 2, 2.7, 14);
  const stations = options.lens.map((p, i): Station => {
    const n = at(normals, i);
    const place = (outMm: number, d: number) =>
      options.seat({ x: p.x + n.x * outMm, y: p.y + n.y * outMm, z: d });
    const centre = place(options.outsideMm, 0);
    const side = normalize(sub(place(options.outsideMm, 0.01), centre));
    const outward = normalize(sub(place(options.outsideMm + 0.01, 0), centre));
    const forward = cross(side, outward);
    return { centre, side, up: cross(forward, side), section };
  });
  return sweep(stations, true);
}

/** The point of an outline that lies in a direction from its boxing centre, moved outwards. */
export function outlineAt(outline: readonly Vec2[], angleDeg: number, outMm: number): Vec2 {
  const normals = outwardNormals(outline);
  const wanted = (angleDeg * Math.PI) / 180;
  let best = 0;
  let bestGap = Infinity;
  outline.forEach((p, i) => {
    const turn = Math.atan2(p.y, p.x) - wanted;
    const gap = Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)));
    if (gap < bestGap) {
      best = i;
      bestGap = gap;
    }
  });
  const p = at(outline, best);
  const n = at(normals, best);
  return vec2(p.x + n.x * outMm, p.y + n.y * outMm);
}
