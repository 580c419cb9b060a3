import type { HatForm } from './hat-form.ts';
import type { SpaceMap, Surface } from '../geometry/surface.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { deform, merge } from '../geometry/surface.ts';
import { evenly } from '../geometry/interior-points.ts';
import { roundedPlate } from '../geometry/rounded-plate.ts';
import { measuredUv, skin } from '../geometry/skin.ts';
import { smoothNormals } from '../geometry/smooth-normals.ts';
import { openCurve } from '../geometry/spline.ts';
import { ovalPlace, wallShare } from './hat-form.ts';
import { framesAlong, sweep } from '../geometry/sweep.ts';
import { ribbon } from '../geometry/ribbon.ts';
import { roundedRectangle } from '../geometry/outline.ts';
import { smoothstep, vec2, vec3 } from '../geometry/vector.ts';

const ribbonMm = 0.7;

/** A closed strip round the hat's wall between two heights, from `outMm` outside the head opening's oval. */
export function hatRing(
  form: HatForm,
  size: { readonly fromMm: number; readonly toMm: number; readonly outMm: number; readonly thickMm: number },
  around: number,
): Surface {
  const { fromMm, toMm, outMm, thickMm } = size;
  const section = roundedRectangle(thickMm, toMm - fromMm, thickMm * 0.45, 2);
  const rings = section.map((p) =>
    Array.from({ length: around }, (_, i) => {
      const y = (fromMm + toMm) / 2 + p.y;
      return ovalPlace(form, (2 * Math.PI * i) / around, y, outMm + thickMm / 2 + p.x, wallShare(y));
    }),
  );
  return smoothNormals(skin(rings, measuredUv(rings), true));
}

/** Lays a flat drawing on the hat's left side: s towards the back, t up, d out of the felt. */
function onLeftSide(form: HatForm, middleMm: number): SpaceMap {
  const rimMm = form.openingHalfLengthMm + form.wallMm;
  return ({ x: s, y: t, z: d }) => {
    const angle = Math.PI / 2 + (s / rimMm) * 1.0;
    const y = middleMm + t;
    return ovalPlace(form, angle, y, form.wallMm + d, wallShare(y));
  };
}

const edge = { widthMm: 0.3, depthMm: 0.3, steps: 2 };

function strip(outline: readonly Vec2[], spacingMm: number): Surface {
  return roundedPlate({
    outer: outline,
    thicknessMm: ribbonMm,
    frontEdge: edge,
    backEdge: edge,
    interiorMm: evenly(spacingMm),
  });
}

/** A polygon with points every `everyMm`, so that a plate cut by it can be bent. */
function drawn(corners: readonly Vec2[], everyMm: number): Vec2[] {
  return corners.flatMap((a, i) => {
    const b = at(corners, i + 1);
    const steps = Math.max(1, Math.round(Math.hypot(b.x - a.x, b.y - a.y) / everyMm));
    return Array.from({ length: steps }, (_, k) =>
      vec2(a.x + ((b.x - a.x) * k) / steps, a.y + ((b.y - a.y) * k) / steps),
    );
  });
}

function rectangle(lengthMm: number, heightMm: number): Vec2[] {
  const h = heightMm / 2;
  return drawn([vec2(0, -h), vec2(lengthMm, -h), vec2(lengthMm, h), vec2(0, h)], 2.9);
}

/** A ribbon's cross-section, with points across it so that it can be gathered. */
function ribbonSection(heightMm: number): Vec2[] {
  const h = heightMm / 2;
  const across = [-1, -0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8, 1].map((k) => k * (h - 0.3));
  return [
    ...across.map((t) => vec2(t, -ribbonMm / 2)),
    vec2(h, 0),
    ...across.toReversed().map((t) => vec2(t, ribbonMm / 2)),
    vec2(-h, 0),
  ];
}

function loop(reachMm: number, heightMm: number): Surface {
  const path = openCurve(
    [
      vec3(0.5, 0, 2.2),
      vec3(reachMm * 0.4, 0, 2.3),
      vec3(reachMm * 0.8, 0, 2.1),
      vec3(reachMm, 0, 2.2),
      vec3(reachMm + 0.9, 0, 3.1),
      vec3(reachMm, 0, 4.1),
      vec3(reachMm * 0.75, 0, 4.5),
      vec3(reachMm * 0.35, 0, 4.7),
      vec3(0.5, 0, 3.9),
    ],
    46,
  );
  const flat = sweep(
    framesAlong(path, vec3(0, 0, 1)).map((frame) => ({ ...frame, section: ribbonSection(heightMm) })),
  );
  // The knot gathers the ribbon: it narrows there and throws one soft fold.
  return deform(flat, ({ x: s, y: t, z: d }) => {
    const open = smoothstep(-2, 20, s);
    const fold = Math.cos((t / heightMm) * 2 * Math.PI * 1.5) * 0.55 * (1 - smoothstep(4, 24, s));
    return vec3(s, t * (0.72 + 0.28 * open), d + fold * smoothstep(0.5, 6, s));
  });
}

function tail(reachMm: number, heightMm: number, notchMm: number): Surface {
  const h = heightMm / 2;
  const outline = drawn(
    [vec2(0, -h), vec2(reachMm, -h), vec2(reachMm - notchMm, 0), vec2(reachMm, h), vec2(0, h)],
    2.2,
  );
  return deform(strip(outline, 4), ({ x, y, z }) => vec3(x, y, z + 1.25));
}

function mirrored(surface: Surface): Surface {
  const flip = (v: Vec3): Vec3 => vec3(-v.x, v.y, v.z);
  return {
    vertices: surface.vertices.map((v) => ({ ...v, position: flip(v.position), normal: flip(v.normal) })),
    triangles: surface.triangles.map(([a, b, c]) => [a, c, b] as const),
  };
}

/** A flat bow at the hat's left side, over a band of a height: two loops, two notched tails, and the knot that binds them. */
export function hatBow(form: HatForm, bandFromMm: number, bandMm: number): Surface {
  const half = bandMm / 2;
  const over = openCurve(
    [
      vec3(0, -half - 0.4, 0.6),
      vec3(0, -half - 0.9, 2.2),
      vec3(0, -half + 2.5, 4.9),
      vec3(0, -half * 0.4, 6.3),
      vec3(0, half * 0.4, 6.3),
      vec3(0, half - 2.5, 4.9),
      vec3(0, half + 0.9, 2.2),
      vec3(0, half + 0.4, 0.6),
    ],
    60,
  );
  const wrap = ribbon(over, () => vec3(-1, 0, 0));
  const knot = deform(strip(rectangle(wrap.lengthMm, 13), 2.2), wrap.map);
  const one = merge([loop(33, bandMm - 2.5), tail(44, bandMm - 4, 6)]);
  const map = onLeftSide(form, bandFromMm + half);
  return merge([deform(merge([one, mirrored(one)]), map), deform(knot, map)]);
}
