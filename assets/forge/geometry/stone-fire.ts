import type { Surface, Triangle, Vertex } from './surface.ts';
import type { Vec3 } from './vector.ts';
import { add, cross, dot, length, mix, normalize, scale, sub, vec2, vec3 } from './vector.ts';
import { at } from './at.ts';

const outerShare = 0.985;
const innerShare = 0.955;
/** How bright the slivers of a main (a kite) and of a half are: mains are dark face up, which draws the arrows of a brilliant. */
const mainShades = [0.22, 1, 0.6] as const;
const halfShades = [1, 0.7, 1] as const;

function flatNormal(polygon: readonly Vec3[]): Vec3 {
  let area = vec3(0, 0, 0);
  for (let i = 1; i + 1 < polygon.length; i += 1) {
    area = add(area, cross(sub(at(polygon, i), at(polygon, 0)), sub(at(polygon, i + 1), at(polygon, 0))));
  }
  return normalize(area);
}

/**
 * How the light of a diamond is shown to a renderer that follows no ray inside it: light that enters through the crown is thrown
 * from one side of the pavilion to the other and out again, so the pavilion seen through the crown is a mirror whose picture is
 * turned upwards. This is that mirror, a thin closed cup just inside the pavilion. The shading normals of its inner side lie between
 * the facet's and the stone's axis, as one mirror needs that stands for two (their turn is twice the angle between them), and vary
 * within a facet, since neighbours show in it.
 *
 * `polished` are a stone's facets, counter-clockwise from outside, about y with the girdle at y = 0. `coarse` halves the slivers, for small stones.
 */
export function stoneFire(polished: readonly (readonly Vec3[])[], coarse = false): Surface {
  const vertices: Vertex[] = [];
  const triangles: Triangle[] = [];
  const emit = (corners: readonly [Vec3, Vec3, Vec3], normal: Vec3, shade = 1): void => {
    if (length(cross(sub(corners[1], corners[0]), sub(corners[2], corners[0]))) < 1e-9) return;
    const base = vertices.length;
    vertices.push(
      ...corners.map((position) => ({ position, normal, shade, uv: vec2(position.x, position.z) })),
    );
    triangles.push([base, base + 1, base + 2]);
  };
  const lower = polished.filter((polygon) => flatNormal(polygon).y < -0.1);
  const key = (p: Vec3): string => [p.x, p.y, p.z].map((v) => Math.round(v * 1e5)).join(' ');
  const rim = new Map<string, readonly [Vec3, Vec3]>();
  for (const polygon of lower) {
    polygon.forEach((a, i) => {
      const b = at(polygon, i + 1);
      if (!rim.delete(`${key(b)}|${key(a)}`)) rim.set(`${key(a)}|${key(b)}`, [a, b]);
    });
  }
  for (const polygon of lower) {
    const normal = flatNormal(polygon);
    const outer = polygon.map((p) => scale(p, outerShare));
    for (let i = 1; i + 1 < outer.length; i += 1) {
      emit([at(outer, 0), at(outer, i), at(outer, i + 1)], normal);
    }
    const inner = polygon.map((p) => scale(p, innerShare)).toReversed();
    const middle = scale(inner.reduce(add), 1 / inner.length);
    const shades = polygon.length === 4 ? mainShades : halfShades;
    inner.forEach((a, i) => {
      const b = at(inner, i + 1);
      const slivers = coarse
        ? ([[middle, a, b]] as const)
        : ([
            [middle, a, mix(a, b, 0.5)],
            [middle, mix(a, b, 0.5), b],
          ] as const);
      slivers.forEach(([p, q, r], side) => {
        const kind = coarse ? i % 3 : (i * 2 + side) % 3;
        emit([p, q, r], turned(normal, p, q, r, kind), at(shades, kind));
      });
    });
  }
  for (const [a, b] of rim.values()) {
    const [ao, bo, ai, bi] = [
      scale(a, outerShare),
      scale(b, outerShare),
      scale(a, innerShare),
      scale(b, innerShare),
    ];
    const normal = vec3(0, 1, 0);
    emit([bo, ao, ai], normal);
    if (coarse) {
      emit([bo, ai, bi], normal);
    } else {
      emit([bo, ai, mix(ai, bi, 0.5)], normal);
      emit([bo, mix(ai, bi, 0.5), bi], normal);
    }
  }
  return { vertices, triangles };
}

/** The shading normal of one sliver: lifted towards the axis by its kind and turned a little towards its own middle. */
function turned(outward: Vec3, p: Vec3, q: Vec3, r: Vec3, kind: number): Vec3 {
  const inward = scale(outward, -1);
  const lift = at([0.95, 0.3, 2.2], kind);
  const middle = scale(add(add(p, q), r), 1 / 3);
  const sideways = normalize(vec3(middle.x - p.x, 0, middle.z - p.z));
  const normal = normalize(add(add(inward, vec3(0, lift, 0)), scale(sideways, 0.22)));
  return dot(normal, inward) > 0.2 ? normal : inward;
}
