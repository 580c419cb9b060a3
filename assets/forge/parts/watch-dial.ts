import type { PartInstance, PartSurface } from '../document/piece-spec.ts';
import type { PolarSize } from '../textures/dial-print.ts';
import type { Surface } from '../geometry/surface.ts';
import { profiledPlate } from '../geometry/profiled-plate.ts';
import { roundedRectangle } from '../geometry/outline.ts';
import { rounded, turned } from '../geometry/turned.ts';
import { sweep } from '../geometry/sweep.ts';
import type { Station } from '../geometry/sweep.ts';
import { facet } from '../geometry/surface.ts';
import { vec2, vec3 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';

const dialSectors = 96;

/** The dial's plate with its upper face in polar texture places, as `dial-print` paints them. */
export function dialPlate(
  size: PolarSize,
  radiusMm: number,
  bottomMm: number,
  topMm: number,
  recess?: { readonly radiusMm: number; readonly depthMm: number },
): PartSurface[] {
  const low = topMm - (recess?.depthMm ?? 0);
  const step =
    recess === undefined
      ? [{ p: vec2(radiusMm * 0.6, topMm) }]
      : [{ p: vec2(recess.radiusMm, topMm) }, { p: vec2(recess.radiusMm - recess.depthMm, low) }];
  const parts = turned(
    rounded(
      [
        { p: vec2(0, bottomMm), slot: 'steel' },
        { p: vec2(radiusMm, bottomMm) },
        { p: vec2(radiusMm, topMm - 0.04) },
        { p: vec2(radiusMm - 0.04, topMm), slot: 'dial' },
        ...step,
        { p: vec2(radiusMm * 0.3, low) },
        { p: vec2(radiusMm * 0.1, low) },
        { p: vec2(radiusMm * 0.03, low) },
        { p: vec2(0, low), slot: 'steel' },
      ],
      'steel',
    ),
    dialSectors,
    size.radiusMm,
  );
  const polar = (surface: Surface): Surface =>
    sectored({
      vertices: surface.vertices.map((vertex) => ({
        ...vertex,
        uv: vec2(vertex.uv.x, Math.hypot(vertex.position.x, vertex.position.y) - size.radiusMm / 2),
      })),
      triangles: surface.triangles,
    });
  return parts.map(({ slot, surface }) => ({ slot, surface: slot === 'dial' ? polar(surface) : surface }));
}

/**
 * Puts every second sector one turn further along u. The texture repeats, so nothing is seen of it; but a simplifier then keeps
 * the sectors apart, and polar texture places stay straight.
 */
function sectored(surface: Surface): Surface {
  const turnMm = Math.max(...surface.vertices.map(({ uv }) => uv.x));
  const vertices = [...surface.vertices];
  const moved = new Map<number, number>();
  const triangles = surface.triangles.map((triangle): Surface['triangles'][number] => {
    const us = triangle.map((i) => at(surface.vertices, i).uv.x);
    const sector = Math.floor(((Math.min(...us) + Math.max(...us)) / 2 / turnMm) * dialSectors);
    if (sector % 2 === 0) {
      return triangle;
    }
    const [a, b, c] = triangle.map((i) => {
      const known = moved.get(i) ?? vertices.length;
      if (known === vertices.length) {
        const vertex = at(surface.vertices, i);
        vertices.push({ ...vertex, uv: vec2(vertex.uv.x + turnMm, vertex.uv.y) });
        moved.set(i, known);
      }
      return known;
    });
    return [a ?? 0, b ?? 0, c ?? 0];
  });
  return { vertices, triangles };
}

/** A solid with a roof of two facets along y: `polished` on the left, `brushed` on the right, small bevels all round. */
export function roofedBar(options: {
  readonly widthAt: (y: number) => number;
  readonly fromMm: number;
  readonly toMm: number;
  readonly wallMm: number;
  readonly ridgeMm: number;
  readonly steps: number;
  readonly polished: string;
  readonly brushed: string;
}): PartSurface[] {
  const { fromMm, toMm, wallMm, ridgeMm, steps } = options;
  const bevel = Math.min(0.05, wallMm * 0.35);
  const broadest = Math.max(
    ...Array.from({ length: 41 }, (_, i) => options.widthAt(fromMm + ((toMm - fromMm) * i) / 40) / 2),
  );
  const stationAt = (y: number, low: number): Station => {
    const w = options.widthAt(y) / 2 - low;
    const wall = wallMm - low * 0.5;
    // The ridge falls as the bar narrows, or its two facets would be twisted instead of flat.
    const top = wall + Math.max(0.01, ((ridgeMm - wall) * (w - bevel)) / (broadest - bevel));
    // Counter-clockwise in (z, x), about the direction of the row, +y; the caps' middle lies inside.
    const section = [
      vec2(0, -w),
      vec2(wall - bevel, -w),
      vec2(wall, -w + bevel),
      vec2(top, 0),
      vec2(wall, w - bevel),
      vec2(wall - bevel, w),
      vec2(0, w),
    ].map((p) => vec2(p.x - wallMm / 2, p.y));
    return { centre: vec3(0, y, wallMm / 2), side: vec3(0, 0, 1), up: vec3(1, 0, 0), section };
  };
  const stations = [
    stationAt(fromMm, bevel * 1.4),
    ...Array.from({ length: steps + 1 }, (_, i) =>
      stationAt(fromMm + bevel * 1.4 + ((toMm - fromMm - bevel * 2.8) * i) / steps, 0),
    ),
    stationAt(toMm, bevel * 1.4),
  ];
  const whole = facet(sweep(stations));
  const halves = { left: [] as Surface['triangles'][number][], right: [] as Surface['triangles'][number][] };
  for (const triangle of whole.triangles) {
    const n = at(whole.vertices, triangle[0]).normal;
    (n.x > 0.05 && n.z > 0.2 ? halves.right : halves.left).push(triangle);
  }
  return [
    { slot: options.polished, surface: { vertices: whole.vertices, triangles: halves.left } },
    { slot: options.brushed, surface: { vertices: whole.vertices, triangles: halves.right } },
  ].map(({ slot, surface }) => ({ slot, surface: facet(surface) }));
}

/** A bar applied to the dial, polished all round with a broad bevel, its top brushed. */
export function flatBar(widthMm: number, lengthMm: number, heightMm: number, bevelMm: number): PartSurface[] {
  return profiledPlate({
    outer: roundedRectangle(widthMm, lengthMm, bevelMm * 1.15, 3),
    wall: [
      { insetMm: bevelMm, z: heightMm, slot: 'indexPolished' },
      { insetMm: 0.02, z: heightMm - bevelMm * 0.8, slot: 'indexPolished' },
      { insetMm: 0, z: heightMm - bevelMm * 0.8 - 0.03, slot: 'indexPolished' },
      { insetMm: 0, z: -0.08, slot: 'indexPolished' },
    ],
    frontSlot: 'indexBrushed',
    backSlot: 'indexPolished',
    edgeMm: widthMm * 0.5,
  });
}

/** Places round the dial for a part that points outwards by its +y; 0 is 12 o'clock, hours run clockwise. */
export function atHours(hours: readonly number[], radiusMm: number, z: number, sideMm = 0): PartInstance[] {
  return hours.map((hour) => {
    const turn = (-hour * Math.PI) / 6;
    const [s, c] = [Math.sin(turn), Math.cos(turn)];
    return {
      translationMm: vec3(-radiusMm * s + sideMm * c, radiusMm * c + sideMm * s, z),
      rotation: [0, 0, Math.sin(turn / 2), Math.cos(turn / 2)],
    };
  });
}
