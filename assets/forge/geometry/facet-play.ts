import type { Surface, Triangle, Vertex } from './surface.ts';
import { at } from './at.ts';
import { dot, scale, add } from './vector.ts';

/** A table's wedges, light and dark in turn, as the pavilion's mains show through it. */
const wedges = [1, 0.34, 0.8, 0.5, 1, 0.42, 0.7, 0.6] as const;

/**
 * Gives every facet of a round stone its own share of light, darkest `darkest`, brightest 1, and parts the table into the eight
 * wedges that the pavilion paints there. A stone of a millimetre is too small for a renderer to trace the light inside it; what
 * an eye knows it by is that neighbouring facets differ sharply and the play changes as it turns. The same stone is always the
 * same. The first vertices must be the table's, in order, as `brilliant` makes them.
 */
export function facetPlay(stone: Surface, darkest: number): Surface {
  const table = at(stone.vertices, 0).normal;
  const rim = new Map<string, Vertex>();
  const vertices: Vertex[] = [];
  const triangles: Triangle[] = [];
  const push = (corners: readonly Vertex[], shade: number): void => {
    const base = vertices.length;
    vertices.push(...corners.map((corner) => ({ ...corner, shade })));
    triangles.push([base, base + 1, base + 2]);
  };
  let count = 0;
  for (const indices of stone.triangles) {
    const corners = indices.map((i) => at(stone.vertices, i));
    if (dot(at(corners, 0).normal, table) > 0.9999) {
      for (const corner of corners) {
        const { x, z } = corner.position;
        rim.set(`${x.toFixed(5)} ${z.toFixed(5)}`, corner);
      }
      continue;
    }
    // Multiples of the golden ratio fall evenly, and never near their neighbours.
    count += 1;
    push(corners, darkest + (1 - darkest) * ((count * 0.618034) % 1));
  }
  const ring = [...rim.values()].toSorted(
    (a, b) => Math.atan2(-a.position.z, a.position.x) - Math.atan2(-b.position.z, b.position.x),
  );
  const middle = scale(
    ring.map(({ position }) => position).reduce((a, b) => add(a, b)),
    1 / ring.length,
  );
  ring.forEach((corner, i) => {
    const wedge = darkest + (1 - darkest) * at(wedges, i);
    push([{ ...corner, position: middle }, corner, at(ring, i + 1)], wedge);
  });
  return { vertices, triangles };
}
