import type { PartSurface } from '../document/piece-spec.ts';
import type { SpaceMap, Surface } from '../geometry/surface.ts';
import type { Vec2 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { barrel } from '../geometry/lathe.ts';
import { deform, merge, place, translate } from '../geometry/surface.ts';
import { keeper } from './keeper.ts';
import { lerp, vec2, vec3 } from '../geometry/vector.ts';
import { evenly } from '../geometry/interior-points.ts';
import { profiledPlate } from '../geometry/profiled-plate.ts';
import { roundedRectangle } from '../geometry/outline.ts';
import { sweep } from '../geometry/sweep.ts';

/** The section of a woven band: flat, its edges round where the wires turn back; counter-clockwise from d = 0. */
function bandSection(widthMm: number, thicknessMm: number): Vec2[] {
  const corners = roundedRectangle(widthMm, thicknessMm, thicknessMm * 0.42, 4);
  return corners.flatMap((p, i) => {
    const q = at(corners, i + 1);
    const parts = Math.max(1, Math.round(Math.hypot(q.x - p.x, q.y - p.y) / 2));
    return Array.from({ length: parts }, (_, k) =>
      vec2(lerp(p.x, q.x, k / parts), lerp(p.y, q.y, k / parts)),
    );
  });
}

/** A woven band from s = 0 to its length, bent by `map`, its ends ground round. */
export function milaneseBand(widthMm: number, thicknessMm: number, lengthMm: number, map: SpaceMap): Surface {
  const section = bandSection(widthMm, thicknessMm);
  const steps = Math.round(lengthMm / 1.4);
  const places = [
    0,
    0.08,
    0.3,
    ...Array.from({ length: steps - 1 }, (_, i) => 0.3 + ((lengthMm - 0.6) * (i + 1)) / steps),
    lengthMm - 0.3,
    lengthMm - 0.08,
    lengthMm,
  ];
  const stations = places.map((s) => {
    const end = Math.min(s, lengthMm - s);
    const inset = end >= 0.3 ? 0 : 0.3 - Math.sqrt(0.09 - (0.3 - end) ** 2);
    return {
      centre: vec3(s, 0, thicknessMm / 2),
      side: vec3(0, 1, 0),
      up: vec3(0, 0, 1),
      section: section.map((p) =>
        vec2(p.x * (1 - (2 * inset) / widthMm), p.y * (1 - (1.4 * inset) / thicknessMm)),
      ),
    };
  });
  return deform(sweep(stations), map);
}

/** A tube or pin across the band, its axis at (s, d). */
export function crossTube(
  radiusMm: number,
  widthMm: number,
  s: number,
  d: number,
  from = -widthMm / 2,
): Surface {
  return place(barrel(radiusMm, from, from + widthMm, Math.min(0.14, radiusMm * 0.3), 22), {
    origin: vec3(s, 0, d),
    x: vec3(0, 0, 1),
    y: vec3(0, 1, 0),
    z: vec3(-1, 0, 0),
  });
}

/** A sliding clasp, s = 0 in its middle: a sleeve that the free end runs through, and a lever that clamps it. */
export function slidingClasp(
  bandMm: number,
  thicknessMm: number,
  lengthMm: number,
  map: SpaceMap,
): PartSurface[] {
  const wall = 0.55;
  const half = lengthMm / 2;
  const along = roundedRectangle(lengthMm, wall, wall * 0.4, 3).flatMap((p, i, all) => {
    const q = at(all, i + 1);
    const parts = Math.max(1, Math.round(Math.hypot(q.x - p.x, q.y - p.y) / 2));
    return Array.from({ length: parts }, (_, k) =>
      vec2(lerp(p.x, q.x, k / parts), lerp(p.y, q.y, k / parts)),
    );
  });
  const sleeve = keeper(bandMm + 0.35, thicknessMm + 0.15, lengthMm, wall, -0.08, along);
  const width = bandMm + 1.25;
  const top = thicknessMm + 0.15 + wall;
  const thick = 0.75;
  const lever = profiledPlate({
    outer: roundedRectangle(lengthMm - 1.5, width, 1.1, 5),
    wall: [
      { insetMm: 0.3, z: thick / 2, slot: 'metal' },
      { insetMm: 0.03, z: thick / 2 - 0.26, slot: 'metal' },
      { insetMm: 0, z: thick / 2 - 0.3, slot: 'metal' },
      { insetMm: 0, z: -thick / 2 + 0.1, slot: 'metal' },
      { insetMm: 0.1, z: -thick / 2, slot: 'metal' },
    ],
    frontSlot: 'brushed',
    backSlot: 'metal',
    interiorMm: evenly(1.5),
    edgeMm: 1.1,
  });
  const lip = profiledPlate({
    outer: roundedRectangle(1.5, width * 0.46, 0.7, 5),
    wall: [
      { insetMm: 0.25, z: 0.25, slot: 'metal' },
      { insetMm: 0, z: 0, slot: 'metal' },
      { insetMm: 0.1, z: -0.3, slot: 'metal' },
    ],
    frontSlot: 'metal',
    backSlot: 'metal',
    edgeMm: 0.8,
  });
  const hingeS = -half + 0.55;
  const knuckle = width / 5;
  const knuckles = [0, 1, 2, 3, 4].map((i) =>
    crossTube(0.62, knuckle - 0.08, hingeS, top + 0.2, -width / 2 + i * knuckle + 0.04),
  );
  const lowered = (surface: Surface, s: number, d: number): Surface => translate(surface, vec3(s, 0, d));
  const bend = (surface: Surface): Surface => deform(surface, map);
  return [
    ...lever.map(({ slot, surface }) => ({
      slot,
      surface: bend(lowered(surface, 0.75, top + thick / 2 - 0.02)),
    })),
    ...lip.map(({ slot, surface }) => ({ slot, surface: bend(lowered(surface, half + 0.35, top + 0.32)) })),
    { slot: 'metal', surface: merge([sleeve, ...knuckles].map(bend)) },
  ];
}

/** A solid link between a case's wall and a band, its hollow side round like the wall; `side` is 1 at 12 o'clock. */
export function endLink(options: {
  readonly side: 1 | -1;
  readonly widthMm: number;
  readonly caseRadiusMm: number;
  readonly outerY: number;
  readonly bottomMm: number;
  readonly topMm: number;
  /** Height of the top at the outer edge. */
  readonly outerTopMm: number;
}): PartSurface[] {
  const { side, caseRadiusMm: r, outerY, bottomMm, topMm, outerTopMm } = options;
  const half = options.widthMm / 2;
  const steps = 16;
  const hollow = Array.from({ length: steps + 1 }, (_, i) => {
    const x = -half + (options.widthMm * i) / steps;
    return vec2(x, Math.sqrt(r * r - x * x) * side);
  });
  const c = 0.3;
  const innerY = Math.sqrt(r * r - half * half);
  return profiledPlate({
    outer: [
      ...hollow,
      vec2(half, (outerY - 0.4) * side),
      vec2(half - 0.3, outerY * side),
      vec2(0.3 - half, outerY * side),
      vec2(-half, (outerY - 0.4) * side),
    ],
    wall: [
      { insetMm: c, z: topMm, slot: 'metal' },
      { insetMm: 0.03, z: topMm - c * 0.9, slot: 'metal' },
      { insetMm: 0, z: topMm - c, slot: 'metal' },
      { insetMm: 0, z: bottomMm + 0.2, slot: 'metal' },
      { insetMm: 0.2, z: bottomMm, slot: 'metal' },
    ],
    frontSlot: 'metal',
    backSlot: 'metal',
    edgeMm: 0.8,
    interiorMm: evenly(1),
    map: ({ x, y, z }) => {
      const k = Math.min(1, Math.max(0, (Math.abs(y) - innerY) / (outerY - innerY)));
      const share = (z - bottomMm) / (topMm - bottomMm);
      return vec3(x, y, lerp(bottomMm, lerp(topMm, outerTopMm, k ** 1.6), share));
    },
  });
}
