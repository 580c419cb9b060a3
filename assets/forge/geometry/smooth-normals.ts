import type { Surface, Vertex } from './surface.ts';
import type { Vec3 } from './vector.ts';
import { add, cross, length, normalize, scale, sub } from './vector.ts';
import { at } from './at.ts';

/**
 * Normals that follow from the triangles: every place takes the mean of its triangles, weighted by their angles there
 * (Thürmer and Wüthrich 1998), whichever surface they came from.
 */
export function smoothNormals(surface: Surface): Surface {
  const ids = new Map<string, number>();
  const sums: Vec3[] = [];
  const idOf = ({ position: p }: Vertex): number => {
    const key = `${Math.round(p.x * 1e4)} ${Math.round(p.y * 1e4)} ${Math.round(p.z * 1e4)}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, sums.length);
    sums.push({ x: 0, y: 0, z: 0 });
    return sums.length - 1;
  };
  const welded = surface.vertices.map(idOf);
  for (const triangle of surface.triangles) {
    const corners = triangle.map((i) => at(surface.vertices, i).position);
    const facing = normalize(cross(sub(at(corners, 1), at(corners, 0)), sub(at(corners, 2), at(corners, 0))));
    triangle.forEach((vertex, i) => {
      const one = normalize(sub(at(corners, i + 1), at(corners, i)));
      const other = normalize(sub(at(corners, i + 2), at(corners, i)));
      const angle = Math.atan2(
        length(cross(one, other)),
        one.x * other.x + one.y * other.y + one.z * other.z,
      );
      const id = at(welded, vertex);
      sums[id] = add(at(sums, id), scale(facing, angle));
    });
  }
  return {
    vertices: surface.vertices.map((vertex, i) => ({
      ...vertex,
      normal: normalize(at(sums, at(welded, i))),
    })),
    triangles: surface.triangles,
  };
}
