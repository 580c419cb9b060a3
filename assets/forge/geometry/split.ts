import type { Surface, Triangle, Vertex } from './surface.ts';
import { at } from './at.ts';

/** Parts a surface in two by its triangles, so that they can be of different material; together they are still closed. */
export function splitBy(
  surface: Surface,
  belongs: (corners: readonly Vertex[], indices: readonly number[]) => boolean,
): { readonly chosen: Surface; readonly rest: Surface } {
  const part = (wanted: boolean): Surface => {
    const places = new Map<number, number>();
    const vertices: Vertex[] = [];
    const triangles: Triangle[] = [];
    const own = (index: number): number => {
      const known = places.get(index);
      if (known !== undefined) return known;
      places.set(index, vertices.length);
      vertices.push(at(surface.vertices, index));
      return vertices.length - 1;
    };
    for (const [a, b, c] of surface.triangles) {
      const corners = [a, b, c].map((index) => at(surface.vertices, index));
      if (belongs(corners, [a, b, c]) === wanted) triangles.push([own(a), own(b), own(c)]);
    }
    return { vertices, triangles };
  };
  return { chosen: part(true), rest: part(false) };
}
