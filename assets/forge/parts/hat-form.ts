import type { Surface } from '../geometry/surface.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { along, lerp, normalize, scale, smoothstep, sub, vec2, vec3 } from '../geometry/vector.ts';
import { openCurve } from '../geometry/spline.ts';
import { merge as mergeAll } from '../geometry/surface.ts';
import { skin } from '../geometry/skin.ts';
import { smoothNormals } from '../geometry/smooth-normals.ts';

/** Sizes of a felt hat in millimetres. The head opening is an oval, longer than broad. */
export interface HatForm {
  readonly openingHalfLengthMm: number;
  readonly openingHalfWidthMm: number;
  readonly crownHeightMm: number;
  readonly brimWidthMm: number;
  readonly feltMm: number;
  /** From the head opening's oval to the outside of the felt at the crown's foot. */
  readonly wallMm: number;
}

/** Rings of the felt's outer side, from the brim's edge to the crown's top, with where the kinds of surface change. */
export interface HatRings {
  readonly rings: readonly (readonly Vec3[])[];
  readonly normals: readonly (readonly Vec3[])[];
  readonly wallFrom: number;
  readonly topFrom: number;
}

/** Half axes of an oval of a circumference whose length is `ratio` times its breadth (Ramanujan 1914). */
export function ovalOf(circumferenceMm: number, ratio: number): { halfLength: number; halfWidth: number } {
  const h = ((ratio - 1) / (ratio + 1)) ** 2;
  const perHalfWidth = Math.PI * (ratio + 1) * (1 + (3 * h) / (10 + Math.sqrt(4 - 3 * h)));
  const halfWidth = circumferenceMm / perHalfWidth;
  return { halfLength: halfWidth * ratio, halfWidth };
}

/** A place on the oval `outMm` outside the head opening, at height y; angle 0 is the front, a quarter turn the wearer's left. */
export function ovalPlace(form: HatForm, angle: number, y: number, outMm: number, share = 1): Vec3 {
  const { openingHalfLengthMm: a, openingHalfWidthMm: b } = form;
  const [s, c] = [Math.sin(angle), Math.cos(angle)];
  const size = Math.hypot(s / b, c / a);
  return vec3((b * s + (outMm * s) / b / size) * share, y, (a * c + (outMm * c) / a / size) * share);
}

/** How much of the foot's oval is left at a height of the straight wall. */
export function wallShare(y: number): number {
  return 1 - 0.0005 * y;
}

/** How high the brim's edge stands over its root: dipped before the face, raised at the sides, nearly level behind. */
function edgeLift(angle: number): number {
  const c = Math.cos(angle);
  return 5.5 - 9 * c - 10.5 * Math.cos(2 * angle) - 2 * Math.max(0, c) ** 6;
}

const filletMm = 4;

/** Heights of the brim's upper side over distance from the wall, cut to its width along the felt. */
function brimProfile(form: HatForm, angle: number, count: number): Vec2[] {
  const lift = edgeLift(angle);
  const height = (r: number): number => {
    const k = Math.max(0, r - filletMm) / form.brimWidthMm;
    return form.feltMm + lift * (k ** 1.55 * 1.08);
  };
  const dense: Vec3[] = [vec3(filletMm, height(filletMm), 0)];
  let travelled = filletMm;
  const step = 0.5;
  while (travelled < form.brimWidthMm) {
    const last = at(dense, -1);
    const slope = height(last.x + step) - height(last.x);
    const size = Math.hypot(step, slope);
    const k = Math.min(1, (form.brimWidthMm - travelled) / size);
    dense.push(vec3(last.x + step * k, last.y + slope * k, 0));
    travelled += size * k;
  }
  return Array.from({ length: count }, (_, i) => {
    // Denser at the root, where the felt turns up.
    const k = (1 - i / (count - 1)) * (dense.length - 1);
    const lower = Math.min(dense.length - 2, Math.floor(k));
    const [p, q] = [at(dense, lower), at(dense, lower + 1)];
    return vec2(lerp(p.x, q.x, k - lower), lerp(p.y, q.y, k - lower));
  });
}

/** The crown as the blocker leaves it before the hand goes in: share of the foot's oval, height. */
function crownProfile(count: number): Vec2[] {
  const control = [
    [wallShare(46), 46],
    [wallShare(62), 62],
    [0.955, 78],
    [0.93, 93],
    [0.875, 107],
    [0.76, 117],
    [0.58, 122],
    [0.34, 122.5],
    [0.12, 123],
    [0, 123],
  ] as const;
  return openCurve(
    control.map(([share, y]) => vec3(share * 92, y, 0)),
    count,
  ).map((p) => vec2(p.x / 92, p.y));
}

/** The hand's work: a dent along the middle, deeper in front, two pinches beside it, and a fall towards the back. */
function crease(p: Vec3): Vec3 {
  const wall = smoothstep(46, 66, p.y);
  const half = lerp(34, 25, smoothstep(-50, 70, p.z));
  const depth = 30 * smoothstep(-96, -22, p.z) * (1 - 0.8 * smoothstep(40, 96, p.z));
  const groove = Math.exp(-((Math.abs(p.x) / half) ** 2.4)) * smoothstep(66, 112, p.y);
  const pinch = Math.exp(-(((p.z - 70) / 30) ** 2) - ((p.y - 96) / 32) ** 2) * wall;
  const fall = 9 * smoothstep(30, -90, p.z) * smoothstep(56, 112, p.y);
  const side = Math.tanh(p.x / 22);
  return vec3(p.x - 17 * pinch * side, p.y - depth * groove - fall, p.z + 3 * pinch * groove);
}

/** The felt's outer side as rings of `around` places. */
export function hatRings(form: HatForm, around: number): HatRings {
  const angles = Array.from({ length: around }, (_, i) => (2 * Math.PI * i) / around);
  const brimRows = 14;
  const brims = angles.map((angle) => brimProfile(form, angle, brimRows));
  const rings: Vec3[][] = [];
  for (let row = 0; row < brimRows; row += 1) {
    rings.push(
      angles.map((angle, i) => {
        const p = at(at(brims, i), row);
        return ovalPlace(form, angle, p.y, form.wallMm + p.x);
      }),
    );
  }
  for (const step of [0.25, 0.5, 0.75, 1]) {
    const turn = (Math.PI / 2) * step;
    const y = form.feltMm + filletMm * (1 - Math.cos(turn));
    rings.push(
      angles.map((angle) =>
        ovalPlace(form, angle, y, form.wallMm + filletMm * (1 - Math.sin(turn)), wallShare(y)),
      ),
    );
  }
  const wallFrom = brimRows + 1;
  for (const y of [14, 25, 36]) {
    rings.push(angles.map((angle) => ovalPlace(form, angle, y, form.wallMm, wallShare(y))));
  }
  const profile = crownProfile(32);
  const raw = profile.map(({ x, y }) =>
    angles.map((angle) => crease(ovalPlace(form, angle, y, form.wallMm, x))),
  );
  const highest = Math.max(...raw.flat().map(({ y }) => y));
  const stretch = (form.crownHeightMm - 46) / (highest - 46);
  rings.push(...raw.map((ring) => ring.map((p) => vec3(p.x, 46 + (p.y - 46) * stretch, p.z))));
  const topFrom = rings.length - profile.filter(({ x }) => x < 0.93).length;
  const shaded = smoothNormals(skin(rings, () => vec2(0, 0)));
  const normals = rings.map((ring, row) =>
    ring.map((_, i) => at(shaded.vertices, row * (around + 1) + i).normal),
  );
  return { rings, normals, wallFrom, topFrom };
}

/** Rings sunk below the felt's outer side. */
export function sunk({ rings, normals }: HatRings, byMm: number): Vec3[][] {
  return rings.map((ring, row) => ring.map((p, i) => along(p, at(at(normals, row), i), -byMm)));
}

/**
 * The felt as one closed solid: out along the underside of brim and crown, round the cut edge, and back over the outer side. Texture
 * places: seen from above on brim and top, unrolled on the wall.
 */
export function feltSolid(form: HatForm, shape: HatRings): Surface {
  const { rings, normals, wallFrom, topFrom } = shape;
  const inner = sunk(shape, form.feltMm);
  const edge = at(rings, 0).map((p, i) => {
    const out = normalize(sub(p, at(at(rings, 1), i)));
    const normal = at(at(normals, 0), i);
    const middle = along(p, normal, -form.feltMm / 2);
    return (turn: number): Vec3 =>
      along(
        along(middle, normal, -Math.cos(turn) * (form.feltMm / 2)),
        out,
        Math.sin(turn) * (form.feltMm / 2),
      );
  });
  const edgeRings = [0.2, 0.4, 0.6, 0.8].map((k) => edge.map((place) => place(Math.PI * k)));
  const around = at(rings, 0).length;
  const fromAbove = (_: number, __: number, p: Vec3): Vec2 => vec2(p.x, -p.z);
  const unrolled = (_: number, i: number, p: Vec3): Vec2 => vec2((i / around) * 597, p.y);
  const top = (list: readonly (readonly Vec3[])[]) => list.slice(topFrom);
  const wall = (list: readonly (readonly Vec3[])[]) => list.slice(wallFrom, topFrom + 1);
  const brim = (list: readonly (readonly Vec3[])[]) => list.slice(0, wallFrom + 1);
  return smoothNormals(
    mergeAll([
      skin(top(inner).toReversed(), fromAbove),
      skin(wall(inner).toReversed(), unrolled),
      skin(brim(inner).toReversed(), fromAbove),
      skin([at(inner, 0), ...edgeRings, at(rings, 0)], fromAbove),
      skin(brim(rings), fromAbove),
      skin(wall(rings), unrolled),
      skin(top(rings), fromAbove),
    ]),
  );
}

/** Where a seam runs round the brim, `insetMm` inside its edge, on its upper or its lower side. */
export function brimSeam(
  form: HatForm,
  shape: HatRings,
  insetMm: number,
  side: 1 | -1,
): { place: Vec3; normal: Vec3 }[] {
  return at(shape.rings, 0).map((p, i) => {
    const inwards = sub(at(at(shape.rings, 1), i), p);
    const normal = at(at(shape.normals, 0), i);
    const over = along(p, normalize(inwards), insetMm);
    return { place: along(over, normal, side > 0 ? 0.14 : -form.feltMm - 0.14), normal: scale(normal, side) };
  });
}
