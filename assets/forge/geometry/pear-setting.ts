import type { Station } from './sweep.ts';
import type { Surface } from './surface.ts';
import type { Vec2 } from './vector.ts';
import { at } from './at.ts';
import { counterClockwise } from './outline.ts';
import { pearAnchors } from './pear-outline.ts';
import { resamplePath } from './spline.ts';
import { superellipse, sweep } from './sweep.ts';
import { cross, length, normalize, sub, vec2, vec3 } from './vector.ts';

/** How much farther than its wings a pear's corner moves when its outline is offset: a mitre, a little rounded outside. */
const mitre = { outwards: 1.22, inwards: 1.5 };

/** Splits every corner of a section in two, so that it shades as a fine bevel and not as a bulge. */
export function bevelled(section: readonly Vec2[], edgeMm: number): Vec2[] {
  return section.flatMap((p, i) =>
    [at(section, i - 1), at(section, i + 1)].map((q) => {
      const size = Math.hypot(q.x - p.x, q.y - p.y);
      const k = Math.min(edgeMm, size * 0.3) / size;
      return vec2(p.x + (q.x - p.x) * k, p.y + (q.y - p.y) * k);
    }),
  );
}

/** A part of a wall round a pear: so many of its `count` places to either side of the point. */
export interface PearArc {
  readonly eitherSide: number;
}

/**
 * A wall round a pear in the plane z = 0, point to +y, the middle of its broad end at the origin. The section is given as
 * (distance out from the outline, z), corners bevelled by
 * `edgeMm`; all round, or only over the point.
 */
export function pearWall(
  lengthMm: number,
  widthMm: number,
  section: readonly Vec2[],
  edgeMm: number,
  count: number,
  arc?: PearArc,
): Surface {
  const own = counterClockwise(bevelled(section, edgeMm).map((p) => vec2(p.y, p.x)));
  const stations = pearAnchors(lengthMm, widthMm, count).map(({ point, normal }, i): Station => {
    // Where the wings would cross inside the point they stop at the middle; what lies folded there is inside the metal.
    const deepest = normal.x * point.x > 1e-9 ? -point.x / normal.x : -Infinity;
    const reach = (outMm: number): number =>
      i === 0 ? outMm * (outMm > 0 ? mitre.outwards : mitre.inwards) : Math.max(outMm, deepest);
    return {
      centre: vec3(point.x, point.y, 0),
      side: vec3(0, 0, 1),
      up: vec3(normal.x, normal.y, 0),
      section: own.map((p) => vec2(p.x, reach(p.y))),
    };
  });
  const { vertices, triangles } =
    arc === undefined
      ? sweep(stations, true)
      : sweep(Array.from({ length: 2 * arc.eitherSide + 1 }, (_, i) => at(stations, i - arc.eitherSide)));
  return {
    vertices: vertices.map((vertex) =>
      // In the fold nothing says which way is out.
      length(vertex.normal) < 0.5 ? { ...vertex, normal: vec3(0, 0, -1) } : vertex,
    ),
    triangles,
  };
}

/** A round wire that runs inside a pear's outline at a distance from it, at a height z: its wings meet in a corner. */
export function pearRail(
  lengthMm: number,
  widthMm: number,
  inMm: number,
  z: number,
  radiusMm: number,
): Surface {
  const count = 240;
  const inside = pearAnchors(lengthMm, widthMm, count).flatMap(({ point, normal }, i) => {
    const side = i * 2 < count ? -1 : 1;
    const p = vec3(point.x - normal.x * inMm, point.y - normal.y * inMm, z);
    return i > 0 && p.x * side > 0.02 ? [p] : [];
  });
  const [first, second] = [at(inside, 0), at(inside, 1)];
  const k = first.x / (first.x - second.x);
  const corner = vec3(0, first.y + (second.y - first.y) * k, z);
  const steps = 52;
  const path = resamplePath([corner, ...inside, corner], steps + 1).slice(0, steps);
  return sweep(
    path.map((centre, i): Station => {
      const tangent = normalize(sub(at(path, i + 1), at(path, i - 1)));
      const up = vec3(0, 0, 1);
      // A mitred corner is cut across both wires.
      const wide = i === 0 ? radiusMm * 1.35 : radiusMm;
      return { centre, side: cross(up, tangent), up, section: superellipse(wide, radiusMm, 2, 10) };
    }),
    true,
  );
}
