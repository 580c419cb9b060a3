import type { Surface, Triangle, Vertex } from './surface.ts';
import type { Vec2, Vec3 } from './vector.ts';
import { add, cross, length, normalize, scale, sub, vec2 } from './vector.ts';
import { at } from './at.ts';
import { dropSlivers } from './surface.ts';

/** Texture place of the point in `row` at step `i` around it; `i` runs one past the last point, where the ring closes. */
export type SkinUv = (row: number, i: number, place: Vec3) => Vec2;

/**
 * A skin through rings of equally many points, each closed around. Rings run counter-clockwise seen from where the row comes
 * from. A ring whose points are all one place is a pole. Not closed at its ends, and without normals: see `smoothNormals`.
 */
export function skin(rings: readonly (readonly Vec3[])[], uvAt: SkinUv, closedRow = false): Surface {
  const around = at(rings, 0).length;
  const last = closedRow ? rings.length : rings.length - 1;
  const vertices: Vertex[] = [];
  const triangles: Triangle[] = [];
  for (let row = 0; row <= last; row += 1) {
    for (let i = 0; i <= around; i += 1) {
      const position = at(at(rings, row), i);
      vertices.push({ position, normal: position, uv: uvAt(row, i, position) });
    }
  }
  for (let row = 0; row < last; row += 1) {
    for (let i = 0; i < around; i += 1) {
      const a = row * (around + 1) + i;
      const b = a + around + 1;
      triangles.push([a, a + 1, b], [a + 1, b + 1, b]);
    }
  }
  return dropSlivers({ vertices, triangles });
}

/** Texture places measured along the skin in millimetres: u around the first ring of real size, v from ring to ring. */
export function measuredUv(rings: readonly (readonly Vec3[])[]): SkinUv {
  const widest = rings.reduce((best, ring) => (around(ring) > around(best) ? ring : best));
  const alongRing = [0];
  for (let i = 0; i < widest.length; i += 1) {
    alongRing.push(at(alongRing, -1) + length(sub(at(widest, i + 1), at(widest, i))));
  }
  const alongRow = [0];
  for (let row = 1; row <= rings.length; row += 1) {
    alongRow.push(at(alongRow, -1) + length(sub(at(at(rings, row), 0), at(at(rings, row - 1), 0))));
  }
  return (row, i) => vec2(at(alongRing, i), at(alongRow, row));
}

function around(ring: readonly Vec3[]): number {
  return ring.reduce((sum, p, i) => sum + length(sub(at(ring, i + 1), p)), 0);
}

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
