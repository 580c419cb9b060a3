import type { Vec2, Vec3 } from './vector.ts';
import { add, cross, length, normalize, scale, sub } from './vector.ts';
import { at } from './at.ts';

/** One corner of a surface: millimetres, unit normal, and texture place in millimetres of material. */
export interface Vertex {
  readonly position: Vec3;
  readonly normal: Vec3;
  readonly uv: Vec2;
  /** How much light the material lets pass or gives back here, 0 to 1; 1 when absent. */
  readonly shade?: number;
}

/** Indices of three vertices, counter-clockwise when seen from outside. */
export type Triangle = readonly [a: number, b: number, c: number];

/** A triangle mesh in millimetres. */
export interface Surface {
  readonly vertices: readonly Vertex[];
  readonly triangles: readonly Triangle[];
}

/** Deforms space: planar place (x, y) and depth z in, a place in the piece out, both in millimetres. */
export type SpaceMap = (point: Vec3) => Vec3;

/** Puts several surfaces into one mesh; nothing is welded. */
export function merge(surfaces: readonly Surface[]): Surface {
  const vertices: Vertex[] = [];
  const triangles: Triangle[] = [];
  for (const surface of surfaces) {
    const base = vertices.length;
    for (const vertex of surface.vertices) {
      vertices.push(vertex);
    }
    for (const [a, b, c] of surface.triangles) {
      triangles.push([a + base, b + base, c + base]);
    }
  }
  return { vertices, triangles };
}

/** Moves a surface without turning it. */
export function translate(surface: Surface, offset: Vec3): Surface {
  return {
    vertices: surface.vertices.map((vertex) => ({ ...vertex, position: add(vertex.position, offset) })),
    triangles: surface.triangles,
  };
}

/** Places a surface into a frame: its x, y and z axes become the given orthonormal ones. */
export function place(
  surface: Surface,
  frame: { readonly origin: Vec3; readonly x: Vec3; readonly y: Vec3; readonly z: Vec3 },
): Surface {
  const turn = (v: Vec3): Vec3 => add(add(scale(frame.x, v.x), scale(frame.y, v.y)), scale(frame.z, v.z));
  return {
    vertices: surface.vertices.map((vertex) => ({
      ...vertex,
      position: add(frame.origin, turn(vertex.position)),
      normal: turn(vertex.normal),
    })),
    triangles: surface.triangles,
  };
}

/** The mirror image across the plane x = 0, still facing outwards. */
export function mirrorX(surface: Surface): Surface {
  const flip = (v: Vec3): Vec3 => ({ x: -v.x, y: v.y, z: v.z });
  return {
    vertices: surface.vertices.map((vertex) => ({
      ...vertex,
      position: flip(vertex.position),
      normal: flip(vertex.normal),
    })),
    triangles: surface.triangles.map(([a, b, c]): Triangle => [a, c, b]),
  };
}

/** Bends a surface by a smooth map; normals follow by the cofactor of the map's Jacobian, taken numerically. */
export function deform(surface: Surface, map: SpaceMap): Surface {
  const stepMm = 1e-3;
  return {
    vertices: surface.vertices.map((vertex) => {
      const { position: p, normal: n } = vertex;
      const difference = (dx: number, dy: number, dz: number): Vec3 =>
        sub(map({ x: p.x + dx, y: p.y + dy, z: p.z + dz }), map({ x: p.x - dx, y: p.y - dy, z: p.z - dz }));
      const fx = difference(stepMm, 0, 0);
      const fy = difference(0, stepMm, 0);
      const fz = difference(0, 0, stepMm);
      const turned = add(
        add(scale(cross(fy, fz), n.x), scale(cross(fz, fx), n.y)),
        scale(cross(fx, fy), n.z),
      );
      return { ...vertex, position: map(p), normal: normalize(turned) };
    }),
    triangles: surface.triangles,
  };
}

/** Gives every triangle its own three corners and flat normal, as cut stones have. */
export function facet(surface: Surface): Surface {
  const vertices: Vertex[] = [];
  const triangles: Triangle[] = [];
  for (const [a, b, c] of surface.triangles) {
    const corners = [at(surface.vertices, a), at(surface.vertices, b), at(surface.vertices, c)] as const;
    const area = cross(
      sub(corners[1].position, corners[0].position),
      sub(corners[2].position, corners[0].position),
    );
    if (length(area) < 1e-12) {
      continue;
    }
    const normal = normalize(area);
    const base = vertices.length;
    vertices.push(...corners.map((corner) => ({ ...corner, normal })));
    triangles.push([base, base + 1, base + 2]);
  }
  return { vertices, triangles };
}

/** Planar convex polygons, counter-clockwise from outside, as a flat-shaded surface: a cut stone. */
export function facetedSurface(polygons: readonly (readonly Vec3[])[]): Surface {
  const vertices: Vertex[] = [];
  const triangles: Triangle[] = [];
  for (const polygon of polygons) {
    const base = vertices.length;
    for (const position of polygon) {
      vertices.push({ position, normal: at(polygon, 0), uv: { x: position.x, y: position.z } });
    }
    for (let i = 1; i + 1 < polygon.length; i += 1) {
      triangles.push([base, base + i, base + i + 1]);
    }
  }
  return facet({ vertices, triangles });
}

/** Drops triangles without area, which poles and collapsed caps leave behind. */
export function dropSlivers(surface: Surface): Surface {
  const triangles = surface.triangles.filter(([a, b, c]) => {
    const pa = at(surface.vertices, a).position;
    return (
      length(cross(sub(at(surface.vertices, b).position, pa), sub(at(surface.vertices, c).position, pa))) >
      1e-9
    );
  });
  return { vertices: surface.vertices, triangles };
}

/**
 * Darkens the broad faces of a clear solid against its edges: light runs through the whole thickness behind a face,
 * but gathers and leaves at the bevels. `facing` says how squarely a normal looks out of a broad face, 0 to 1.
 */
export function shadeFaces(surface: Surface, faceShade: number, facing: (normal: Vec3) => number): Surface {
  return {
    vertices: surface.vertices.map((vertex) => ({
      ...vertex,
      shade: 1 - (1 - faceShade) * facing(vertex.normal) ** 2,
    })),
    triangles: surface.triangles,
  };
}
