import type { Surface, Triangle, Vertex } from './surface.ts';
import type { Vec3 } from './vector.ts';
import { at } from './at.ts';
import { dropSlivers } from './surface.ts';
import { smoothNormals } from './smooth-normals.ts';
import { vec2, vec3 } from './vector.ts';

/** Collects quads between places; nothing is shared until normals are smoothed. */
export class SkinMesh {
  readonly #vertices: Vertex[] = [];
  readonly #triangles: Triangle[] = [];

  /** A quad, counter-clockwise from outside unless flipped. */
  quad(a: Vec3, b: Vec3, c: Vec3, d: Vec3, flip: boolean): void {
    const base = this.#vertices.length;
    for (const position of [a, b, c, d]) {
      this.#vertices.push({ position, normal: vec3(0, 0, 0), uv: vec2(position.x, position.y) });
    }
    this.#triangles.push(
      ...(flip
        ? ([
            [base, base + 2, base + 1],
            [base, base + 3, base + 2],
          ] as const)
        : ([
            [base, base + 1, base + 2],
            [base, base + 2, base + 3],
          ] as const)),
    );
  }

  /** The skin between closed loops of equally many places. */
  loft(rings: readonly (readonly Vec3[])[], flip: boolean): void {
    for (let row = 0; row + 1 < rings.length; row += 1) {
      const [from, to] = [at(rings, row), at(rings, row + 1)];
      from.forEach((_, i) => {
        this.quad(at(from, i), at(from, i + 1), at(to, i + 1), at(to, i), flip);
      });
    }
  }

  /** The collected skin, smooth everywhere. */
  surface(): Surface {
    return smoothNormals(dropSlivers({ vertices: this.#vertices, triangles: this.#triangles }));
  }
}
