import type { Surface, Triangle, Vertex } from './surface.ts';
import type { Vec2, Vec3 } from './vector.ts';
import { add, along, cross, dot, length, normalize, scale, sub, vec2, vec3 } from './vector.ts';
import { at } from './at.ts';
import { dropSlivers } from './surface.ts';

/** One cross-section of a swept body. `side` and `up` span its plane; `section` runs counter-clockwise in (side, up). */
export interface Station {
  readonly centre: Vec3;
  readonly side: Vec3;
  readonly up: Vec3;
  readonly section: readonly Vec2[];
}

function ringOf(station: Station): Vec3[] {
  return station.section.map((p) => along(along(station.centre, station.side, p.x), station.up, p.y));
}

/**
 * The skin through a row of cross-sections that all have the same number of points. The row runs along side × up.
 * An open row is closed by flat ends; a closed row joins its last section to its first. Texture places: u runs along
 * the row, v around the section, in millimetres.
 */
export function sweep(stations: readonly Station[], closed = false): Surface {
  const rings = stations.map(ringOf);
  const rows = rings.length;
  const around = at(rings, 0).length;
  const vertices: Vertex[] = [];
  const triangles: Triangle[] = [];
  let u = 0;
  const lastRow = closed ? rows : rows - 1;
  for (let row = 0; row <= lastRow; row += 1) {
    const ring = at(rings, row);
    if (row > 0) {
      u += length(sub(at(stations, row).centre, at(stations, row - 1).centre));
    }
    const before = closed ? at(rings, row - 1) : at(rings, Math.max(0, row - 1));
    const after = closed ? at(rings, row + 1) : at(rings, Math.min(rows - 1, row + 1));
    let v = 0;
    for (let i = 0; i <= around; i += 1) {
      const p = at(ring, i);
      if (i > 0) {
        v += length(sub(p, at(ring, i - 1)));
      }
      const alongRow = sub(at(after, i), at(before, i));
      const alongRing = sub(at(ring, i + 1), at(ring, i - 1));
      vertices.push({ position: p, normal: normalize(cross(alongRing, alongRow)), uv: vec2(u, v) });
    }
  }
  const width = around + 1;
  for (let row = 0; row < lastRow; row += 1) {
    for (let i = 0; i < around; i += 1) {
      const a = row * width + i;
      triangles.push([a, a + 1, a + width], [a + 1, a + width + 1, a + width]);
    }
  }
  if (!closed) {
    for (const end of [0, rows - 1]) {
      const station = at(stations, end);
      const facing = scale(normalize(cross(station.side, station.up)), end === 0 ? -1 : 1);
      const base = vertices.length;
      const edgeU = end === 0 ? 0 : u;
      vertices.push({ position: station.centre, normal: facing, uv: vec2(edgeU, 0) });
      at(rings, end).forEach((position, i) => {
        const p = at(station.section, i);
        vertices.push({ position, normal: facing, uv: vec2(edgeU + p.x, p.y) });
      });
      for (let i = 0; i < around; i += 1) {
        const a = base + 1 + i;
        const b = base + 1 + ((i + 1) % around);
        triangles.push(end === 0 ? [base, b, a] : [base, a, b]);
      }
    }
  }
  return dropSlivers({ vertices, triangles });
}

/** A row of frames along a path, turned as little as possible from each to the next (double reflection, Wang et al. 2008). */
export function framesAlong(
  path: readonly Vec3[],
  firstUp: Vec3,
): { readonly centre: Vec3; readonly side: Vec3; readonly up: Vec3 }[] {
  const tangents = path.map((_, i) =>
    normalize(sub(at(path, Math.min(path.length - 1, i + 1)), at(path, Math.max(0, i - 1)))),
  );
  const t0 = at(tangents, 0);
  let up = normalize(sub(firstUp, scale(t0, dot(firstUp, t0))));
  return path.map((centre, i) => {
    if (i > 0) {
      const v1 = sub(centre, at(path, i - 1));
      const c1 = dot(v1, v1);
      const reflectedUp = along(up, v1, (-2 / c1) * dot(v1, up));
      const reflectedT = along(at(tangents, i - 1), v1, (-2 / c1) * dot(v1, at(tangents, i - 1)));
      const v2 = sub(at(tangents, i), reflectedT);
      const c2 = dot(v2, v2);
      up = normalize(c2 < 1e-18 ? reflectedUp : along(reflectedUp, v2, (-2 / c2) * dot(v2, reflectedUp)));
    }
    return { centre, side: cross(up, at(tangents, i)), up };
  });
}

/** An ellipse (exponent 2) or a softer box (exponent above 2) as a section, counter-clockwise. */
export function superellipse(
  halfWidthMm: number,
  halfHeightMm: number,
  exponent: number,
  count: number,
): Vec2[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    return vec2(
      Math.sign(c) * Math.abs(c) ** (2 / exponent) * halfWidthMm,
      Math.sign(s) * Math.abs(s) ** (2 / exponent) * halfHeightMm,
    );
  });
}

/** Half sizes of a wire's section at k in [0, 1] along it. */
export type WireSize = (k: number) => { readonly halfWidthMm: number; readonly halfHeightMm: number };

/**
 * A drawn wire along a path, its ends rounded like a file would: `up` is the direction of the section's height at
 * the start. `exponent` 2 is round, 4 nearly flat.
 */
export function wire(
  path: readonly Vec3[],
  up: Vec3,
  size: WireSize,
  options: { readonly around?: number; readonly exponent?: number } = {},
): Surface {
  const frames = framesAlong(path, up);
  const around = options.around ?? 14;
  const exponent = options.exponent ?? 2;
  const stations: Station[] = [];
  const endSteps = 4;
  const cap = (index: number, direction: 1 | -1): Station[] => {
    const frame = at(frames, index);
    const { halfWidthMm, halfHeightMm } = size(index === 0 ? 0 : 1);
    const forward = normalize(cross(frame.side, frame.up));
    const r = Math.min(halfWidthMm, halfHeightMm) * 0.8;
    return Array.from({ length: endSteps }, (_, i) => {
      const angle = ((Math.PI / 2) * (endSteps - i)) / (endSteps + 0.5);
      const inset = r * (1 - Math.cos(angle));
      return {
        ...frame,
        centre: add(frame.centre, scale(forward, direction * r * Math.sin(angle))),
        section: superellipse(halfWidthMm - inset, halfHeightMm - inset, exponent, around),
      };
    });
  };
  stations.push(...cap(0, -1));
  frames.forEach((frame, i) => {
    const { halfWidthMm, halfHeightMm } = size(i / (frames.length - 1));
    stations.push({ ...frame, section: superellipse(halfWidthMm, halfHeightMm, exponent, around) });
  });
  stations.push(...cap(frames.length - 1, 1).toReversed());
  return sweep(stations);
}

/** A wire of constant round section. */
export function roundWire(path: readonly Vec3[], diameterMm: number, around = 12): Surface {
  const first = sub(at(path, 1), at(path, 0));
  const up = Math.abs(normalize(first).y) > 0.8 ? vec3(0, 0, 1) : vec3(0, 1, 0);
  return wire(path, up, () => ({ halfWidthMm: diameterMm / 2, halfHeightMm: diameterMm / 2 }), { around });
}
