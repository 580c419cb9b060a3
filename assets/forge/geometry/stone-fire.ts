import type { Surface, Triangle, Vertex } from './surface.ts';
import type { Vec3 } from './vector.ts';
import { add, cross, dot, length, mix, normalize, scale, sub, vec2, vec3 } from './vector.ts';
import { at } from './at.ts';

const outerShare = 0.985;
const innerShare = 0.955;
/**
 * How a facet is divided: `star` into slivers round its middle, as brilliants and their kin scatter light; `small` into half as many;
 * `steps` into strips from the girdle down, as the steps of an emerald cut show in each other (its facets begin with the edge that
 * is nearer the girdle).
 */
export type FirePattern = 'star' | 'small' | 'steps';

interface FirePiece {
  readonly corners: readonly [Vec3, Vec3, Vec3];
  /** How far its normal is lifted towards the axis, and turned towards its own middle. */
  readonly lift: number;
  readonly twist: number;
  readonly shade: number;
}

const starLifts = [0.95, 0.3, 2.2] as const;
/** How bright the slivers of a main (a kite) and of a half are: mains are dark face up, which draws the arrows of a brilliant. */
const mainShades = [0.22, 1, 0.6] as const;
const halfShades = [1, 0.7, 1] as const;

function starPieces(polygon: readonly Vec3[], perEdge: 1 | 2): FirePiece[] {
  const inner = polygon.toReversed();
  const middle = scale(inner.reduce(add), 1 / inner.length);
  const shades = polygon.length === 4 ? mainShades : halfShades;
  return inner.flatMap((a, i) =>
    Array.from({ length: perEdge }, (_, side): FirePiece => {
      const kind = (i * perEdge + side) % 3;
      const b = at(inner, i + 1);
      const corners = [middle, mix(a, b, side / perEdge), mix(a, b, (side + 1) / perEdge)] as const;
      return { corners, lift: at(starLifts, kind), twist: 0.22, shade: at(shades, kind) };
    }),
  );
}

const strips = [
  { lift: 2.3, shade: 1 },
  { lift: 0.7, shade: 0.42 },
  { lift: 1.5, shade: 0.95 },
] as const;

function stepPieces(polygon: readonly Vec3[]): FirePiece[] {
  const [left, right] = [at(polygon, 0), at(polygon, 1)];
  const [leftEnd, rightEnd] = [at(polygon, -1), at(polygon, 2)];
  return strips.flatMap(({ lift, shade }, i): FirePiece[] => {
    const [from, to] = [i / strips.length, (i + 1) / strips.length];
    const [a, b] = [mix(left, leftEnd, to), mix(right, rightEnd, to)];
    const [c, d] = [mix(right, rightEnd, from), mix(left, leftEnd, from)];
    return [
      { corners: [a, c, d], lift, shade, twist: 0 },
      { corners: [a, b, c], lift, shade, twist: 0 },
    ];
  });
}

const cutters: Readonly<Record<FirePattern, (polygon: readonly Vec3[]) => FirePiece[]>> = {
  star: (polygon) => starPieces(polygon, 2),
  small: (polygon) => starPieces(polygon, 1),
  steps: stepPieces,
};

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
 * `polished` are a stone's facets, counter-clockwise from outside, about y with the girdle at y = 0. `inner` leaves out the cup's outer
 * side and rim, which are seen from behind only.
 */
export function stoneFire(
  polished: readonly (readonly Vec3[])[],
  pattern: FirePattern = 'star',
  sides: 'both' | 'inner' = 'both',
): Surface {
  const pieces = cutters[pattern];
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
    const outer = sides === 'both' ? polygon.map((p) => scale(p, outerShare)) : [];
    for (let i = 1; i + 1 < outer.length; i += 1) {
      emit([at(outer, 0), at(outer, i), at(outer, i + 1)], normal);
    }
    for (const { corners, lift, shade, twist } of pieces(polygon.map((p) => scale(p, innerShare)))) {
      emit(corners, turned(normal, corners, lift, twist), shade);
    }
  }
  for (const [a, b] of sides === 'both' ? rim.values() : []) {
    const [ao, bo, ai, bi] = [
      scale(a, outerShare),
      scale(b, outerShare),
      scale(a, innerShare),
      scale(b, innerShare),
    ];
    const normal = vec3(0, 1, 0);
    emit([bo, ao, ai], normal);
    if (pattern !== 'star') {
      emit([bo, ai, bi], normal);
    } else {
      emit([bo, ai, mix(ai, bi, 0.5)], normal);
      emit([bo, mix(ai, bi, 0.5), bi], normal);
    }
  }
  return { vertices, triangles };
}

/** The shading normal of one piece: lifted towards the axis, and turned a little towards its own middle. */
function turned(outward: Vec3, [p, q, r]: FirePiece['corners'], lift: number, twist: number): Vec3 {
  const inward = scale(outward, -1);
  const middle = scale(add(add(p, q), r), 1 / 3);
  const sideways = normalize(vec3(middle.x - p.x, 0, middle.z - p.z));
  const normal = normalize(add(add(inward, vec3(0, lift, 0)), scale(sideways, twist)));
  return dot(normal, inward) > 0.2 ? normal : inward;
}
