import type { Surface } from './surface.ts';
import type { Station } from './sweep.ts';
import type { Vec2 } from './vector.ts';
import { at } from './at.ts';
import { mix, vec2, vec3 } from './vector.ts';
import { sweep } from './sweep.ts';

/** A corner of a turned body's profile: radius and height, how much the corner is rounded, how deep the flutes are cut there. */
export interface FlutedCorner {
  readonly r: number;
  readonly y: number;
  readonly round?: number;
  readonly flute?: number;
}

/** How finely to cut. */
export interface FlutedDetail {
  /** Points across a flute; 5 unless told. */
  readonly perFlute?: number;
  /** Steps round a corner of the profile; 4 unless told. */
  readonly arcSteps?: number;
}

/** The profile with its inner corners rounded by short arcs, as (r, y, flute). */
function roundedProfile(
  corners: readonly FlutedCorner[],
  arcSteps: number,
): { r: number; y: number; flute: number }[] {
  return corners.flatMap((corner, i) => {
    const { r, y, round = 0, flute = 0 } = corner;
    if (round === 0 || i === 0 || i === corners.length - 1) return [{ r, y, flute }];
    const here = vec3(r, y, flute);
    const towards = (other: FlutedCorner) => {
      const there = vec3(other.r, other.y, other.flute ?? 0);
      const apart = Math.hypot(other.r - r, other.y - y) || 1;
      return mix(here, there, Math.min(0.45, round / apart));
    };
    const from = towards(at(corners, i - 1));
    const to = towards(at(corners, i + 1));
    return Array.from({ length: arcSteps + 1 }, (_, step) => {
      const k = step / arcSteps;
      const p = mix(mix(from, here, k), mix(here, to, k), k);
      return { r: p.x, y: p.y, flute: p.z };
    });
  });
}

/**
 * A body turned about y and fluted like a column: hollow cuts side by side that meet in fine arrises. The profile runs up the
 * outside (its first and last corner bound flat ends); a profile that comes down inside first makes a cup.
 */
export function fluted(
  corners: readonly FlutedCorner[],
  flutes: number,
  { perFlute = 5, arcSteps = 4 }: FlutedDetail = {},
): Surface {
  const count = flutes * perFlute;
  const sectionOf = (r: number, depth: number): Vec2[] =>
    Array.from({ length: count }, (_, i) => {
      const cut = Math.sin((Math.PI * (i % perFlute)) / perFlute) ** 0.85;
      const angle = (2 * Math.PI * i) / count;
      const radius = r - depth * cut;
      return vec2(radius * Math.cos(angle), radius * Math.sin(angle));
    });
  const stations = roundedProfile(corners, arcSteps).map(({ r, y, flute }): Station => ({
    centre: vec3(0, y, 0),
    side: vec3(0, 0, 1),
    up: vec3(1, 0, 0),
    section: sectionOf(r, flute),
  }));
  return sweep(stations);
}
