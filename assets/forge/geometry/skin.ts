import type { Surface, Triangle, Vertex } from './surface.ts';
import type { Vec2, Vec3 } from './vector.ts';
import { length, sub, vec2, vec3 } from './vector.ts';
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

/** A ring of places about y, from the front (+z) round by the left (+x): how far out and how high at each angle. */
export function ringAbout(
  count: number,
  placeAt: (angle: number) => { readonly r: number; readonly y: number },
): Vec3[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    const { r, y } = placeAt(angle);
    return vec3(r * Math.sin(angle), y, r * Math.cos(angle));
  });
}
