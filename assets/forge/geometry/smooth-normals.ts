import type { Surface } from './surface.ts';
import type { Vec3 } from './vector.ts';
import { add, cross, normalize, sub, vec3 } from './vector.ts';
import { at } from './at.ts';

/** Gives every place the mean of its triangles' normals, weighted by their areas. Places nearer than a tenth of a micrometre are one. */
export function smoothNormals(surface: Surface): Surface {
  const key = ({ x, y, z }: Vec3): string => [x, y, z].map((v) => Math.round(v * 1e4)).join(' ');
  const keys = surface.vertices.map(({ position }) => key(position));
  const sums = new Map<string, Vec3>();
  for (const triangle of surface.triangles) {
    const [a, b, c] = [0, 1, 2].map((i) => at(surface.vertices, at(triangle, i)).position) as [
      Vec3,
      Vec3,
      Vec3,
    ];
    const area = cross(sub(b, a), sub(c, a));
    for (const i of triangle) {
      sums.set(at(keys, i), add(sums.get(at(keys, i)) ?? vec3(0, 0, 0), area));
    }
  }
  return {
    vertices: surface.vertices.map((vertex, i) => ({
      ...vertex,
      normal: normalize(sums.get(at(keys, i)) ?? vertex.normal),
    })),
    triangles: surface.triangles,
  };
}
