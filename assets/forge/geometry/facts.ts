import type { Surface } from './surface.ts';
import { cross, dot } from './vector.ts';
import { at } from './at.ts';

/** What can be said of a solid's skin once equal places are taken as one. */
export interface SolidFacts {
  /** Edges that do not belong to exactly two triangles running opposite ways along them. */
  readonly openEdges: number;
  /** Enclosed volume in cubic millimetres; negative when the skin faces inwards. */
  readonly volumeMm3: number;
  /** Share of triangles whose corners' normals all point to the outer side. */
  readonly outwardShare: number;
}

/** Measures a closed surface. Places nearer than a tenth of a micrometre count as one. */
export function solidFacts(surface: Surface): SolidFacts {
  const ids = new Map<string, number>();
  const welded = surface.vertices.map(({ position: p }) => {
    const key = [p.x, p.y, p.z].map((v) => Math.round(v * 1e4)).join(' ');
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  });
  const edges = new Map<string, number>();
  let volume = 0;
  let outward = 0;
  for (const triangle of surface.triangles) {
    const [a, b, c] = triangle.map((i) => at(surface.vertices, i));
    if (a === undefined || b === undefined || c === undefined) {
      continue;
    }
    volume += dot(a.position, cross(b.position, c.position)) / 6;
    const facing = cross(
      { x: b.position.x - a.position.x, y: b.position.y - a.position.y, z: b.position.z - a.position.z },
      { x: c.position.x - a.position.x, y: c.position.y - a.position.y, z: c.position.z - a.position.z },
    );
    outward += [a, b, c].every((corner) => dot(corner.normal, facing) > 0) ? 1 : 0;
    for (let i = 0; i < 3; i += 1) {
      const from = at(welded, at(triangle, i));
      const to = at(welded, at(triangle, i + 1));
      if (from === to) {
        continue;
      }
      const key = from < to ? `${from} ${to}` : `${to} ${from}`;
      edges.set(key, (edges.get(key) ?? 0) + (from < to ? 1 : -1));
    }
  }
  return {
    openEdges: [...edges.values()].filter((balance) => balance !== 0).length,
    volumeMm3: volume,
    outwardShare: outward / surface.triangles.length,
  };
}
