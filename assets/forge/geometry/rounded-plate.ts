import type { Surface, Triangle, Vertex } from './surface.ts';
import type { Vec2 } from './vector.ts';
import { vec2, vec3 } from './vector.ts';
import { at } from './at.ts';
import type { InteriorSpacing } from './interior-points.ts';
import { counterClockwise, outwardNormals } from './outline.ts';
import { interiorPoints } from './interior-points.ts';
import { triangulateArea } from './delaunay.ts';

/** How a plate's edge is rounded: a quarter ellipse `widthMm` into the face and `depthMm` down the wall. */
export interface EdgeRound {
  readonly widthMm: number;
  readonly depthMm: number;
  readonly steps: number;
}

/** A plate cut from sheet with rounded edges, standing around the plane z = 0. */
export interface RoundedPlateOptions {
  readonly outer: readonly Vec2[];
  readonly holes?: readonly (readonly Vec2[])[];
  readonly thicknessMm: number;
  readonly frontEdge: EdgeRound;
  readonly backEdge: EdgeRound;
  /** The edge of the holes, when it differs from the outer edge. */
  readonly holeFrontEdge?: EdgeRound;
  readonly holeBackEdge?: EdgeRound;
  /** Distance between points inside the faces, for a plate that is bent afterwards; none when absent. */
  readonly interiorMm?: InteriorSpacing;
}

interface ProfileStep {
  readonly insetMm: number;
  readonly z: number;
  readonly normalOut: number;
  readonly normalZ: number;
}

/** From the rim of the front face over the wall to the rim of the back face. */
function edgeProfile(thicknessMm: number, front: EdgeRound, back: EdgeRound): ProfileStep[] {
  const quarter = (edge: EdgeRound, sign: 1 | -1): ProfileStep[] =>
    Array.from({ length: edge.steps + 1 }, (_, i) => {
      const angle = ((Math.PI / 2) * i) / edge.steps;
      const out = Math.sin(angle) / edge.widthMm;
      const up = Math.cos(angle) / edge.depthMm;
      const size = Math.hypot(out, up);
      return {
        insetMm: edge.widthMm * (1 - Math.sin(angle)),
        z: sign * (thicknessMm / 2 - edge.depthMm * (1 - Math.cos(angle))),
        normalOut: out / size,
        normalZ: (sign * up) / size,
      };
    });
  return [...quarter(front, 1), ...quarter(back, -1).toReversed()];
}

/**
 * A solid plate with rounded edges and rounded holes. Texture places run on in millimetres from the front face over
 * the wall, so a pattern wraps around the edge; the back face carries the pattern of the front.
 * Raises RangeError when an outline is too coarse to be triangulated.
 */
export function roundedPlate(options: RoundedPlateOptions): Surface {
  const { thicknessMm, frontEdge, backEdge } = options;
  const vertices: Vertex[] = [];
  const triangles: Triangle[] = [];
  const loops = [options.outer, ...(options.holes ?? [])].map((loop, index) => {
    const points = counterClockwise(loop);
    const sign = index === 0 ? 1 : -1;
    const normals = outwardNormals(points).map((n) => vec2(n.x * sign, n.y * sign));
    const front = index === 0 ? frontEdge : (options.holeFrontEdge ?? frontEdge);
    const back = index === 0 ? backEdge : (options.holeBackEdge ?? backEdge);
    const profile = edgeProfile(thicknessMm, front, back);
    const inset = (byMm: number): Vec2[] =>
      points.map((p, i) => vec2(p.x - at(normals, i).x * byMm, p.y - at(normals, i).y * byMm));
    return { points, normals, sign, profile, frontLoop: inset(front.widthMm), backLoop: inset(back.widthMm) };
  });

  for (const { points, normals, sign, profile } of loops) {
    const base = vertices.length;
    let travelled = -at(profile, 0).insetMm;
    profile.forEach((step, row) => {
      if (row > 0) {
        const previous = at(profile, row - 1);
        travelled += Math.hypot(step.insetMm - previous.insetMm, step.z - previous.z);
      }
      points.forEach((p, i) => {
        const n = at(normals, i);
        vertices.push({
          position: vec3(p.x - n.x * step.insetMm, p.y - n.y * step.insetMm, step.z),
          normal: vec3(n.x * step.normalOut, n.y * step.normalOut, step.normalZ),
          uv: vec2(p.x + n.x * travelled, p.y + n.y * travelled),
        });
      });
    });
    for (let row = 0; row + 1 < profile.length; row += 1) {
      for (let i = 0; i < points.length; i += 1) {
        const next = (i + 1) % points.length;
        const a = base + row * points.length + i;
        const b = base + row * points.length + next;
        const c = a + points.length;
        const d = b + points.length;
        triangles.push(
          ...(sign > 0
            ? ([
                [a, c, b],
                [b, c, d],
              ] as const)
            : ([
                [a, b, c],
                [b, d, c],
              ] as const)),
        );
      }
    }
  }

  for (const side of [1, -1] as const) {
    const rims = loops.map((loop) => (side > 0 ? loop.frontLoop : loop.backLoop));
    const interior = options.interiorMm === undefined ? [] : interiorPoints(rims, options.interiorMm);
    const base = vertices.length;
    for (const p of [...rims.flat(), ...interior]) {
      vertices.push({ position: vec3(p.x, p.y, (side * thicknessMm) / 2), normal: vec3(0, 0, side), uv: p });
    }
    for (const [a, b, c] of triangulateArea(rims, interior)) {
      triangles.push(side > 0 ? [base + a, base + b, base + c] : [base + a, base + c, base + b]);
    }
  }
  return { vertices, triangles };
}
