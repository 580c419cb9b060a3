import type { PartSurface } from '../document/piece-spec.ts';
import type { SpaceMap, Surface } from '../geometry/surface.ts';
import type { Station } from '../geometry/sweep.ts';
import { at } from '../geometry/at.ts';
import { barrel } from '../geometry/lathe.ts';
import { cross, normalize, sub, vec2, vec3 } from '../geometry/vector.ts';
import { deform, merge, place } from '../geometry/surface.ts';
import { openCurve, resamplePath } from '../geometry/spline.ts';
import { superellipse, sweep, wire } from '../geometry/sweep.ts';
import { rounded } from '../geometry/turned.ts';

/** A pin buckle in the strap's flat coordinates (s from the bar, t across, d out of the skin). */
export interface PinBuckleOptions {
  /** Clear width inside the frame. */
  readonly insideMm: number;
  /** From the bar to the middle of the far bar. */
  readonly reachMm: number;
  readonly barD: number;
  readonly farD: number;
}

/** Frame, bar and tongue; `frame` is polished, `tongue` too, the frame's flat top is left to its section's edges. */
export function pinBuckle(options: PinBuckleOptions, map: SpaceMap): PartSurface[] {
  const { insideMm, reachMm, barD, farD } = options;
  const half = insideMm / 2 + 0.85;
  const rise = (s: number): number => barD + (farD - barD) * Math.min(1, Math.max(0, s / reachMm));
  const corner = rounded(
    [
      { p: vec2(-1.1, -half) },
      { p: vec2(reachMm, -half), roundMm: 3 },
      { p: vec2(reachMm, half), roundMm: 3 },
      { p: vec2(-1.1, half) },
    ],
    '',
    6,
  ).map(({ p }) => vec3(p.x, p.y, rise(p.x)));
  const path = resamplePath(corner, 72);
  const stations = path.map((centre, i): Station => {
    const direction = normalize(sub(at(path, Math.min(71, i + 1)), at(path, Math.max(0, i - 1))));
    const flatUp = vec3(0, 0, 1);
    const side = normalize(cross(flatUp, direction));
    const far = Math.min(1, Math.max(0, (centre.x - reachMm * 0.4) / (reachMm * 0.6)));
    return {
      centre,
      side,
      up: cross(direction, side),
      section: superellipse(0.85 + 0.3 * far, 0.72 + 0.16 * far, 4.2, 20),
    };
  });
  const capped = roundedEnds(stations);
  const across = (radius: number, from: number, to: number, s: number, d: number): Surface =>
    place(barrel(radius, from, to, radius * 0.25, 18), {
      origin: vec3(s, 0, d),
      x: vec3(0, 0, 1),
      y: vec3(0, 1, 0),
      z: vec3(-1, 0, 0),
    });
  const tongue = wire(
    openCurve(
      [
        vec3(0.2, 0, barD + 0.9),
        vec3(reachMm * 0.3, 0, barD + 1.35),
        vec3(reachMm * 0.7, 0, farD + 1.05),
        vec3(reachMm * 0.9, 0, farD + 1.28),
        vec3(reachMm + 0.95, 0, farD + 1.12),
      ],
      26,
    ),
    vec3(0, 0, 1),
    (k) => ({ halfWidthMm: 0.95 - 0.25 * k, halfHeightMm: 0.42 - 0.08 * k }),
    { around: 16, exponent: 3.6 },
  );
  const pieces = [
    capped,
    across(0.55, -half - 0.2, half + 0.2, 0, barD),
    across(0.8, -1.1, 1.1, 0, barD),
    tongue,
  ];
  return [{ slot: 'steel', surface: merge(pieces.map((piece) => deform(piece, map))) }];
}

/** Rounds both ends of an open row by two smaller sections beyond them. */
function roundedEnds(stations: readonly Station[]): Surface {
  const beyond = (index: number, direction: 1 | -1): Station[] => {
    const station = at(stations, index);
    const forward = normalize(cross(station.side, station.up));
    return [0.5, 0.85, 0.98].map((sine) => {
      const shrink = 0.3 * (1 - Math.sqrt(1 - sine * sine));
      const k = 0.3 * sine * direction;
      return {
        ...station,
        centre: vec3(
          station.centre.x + forward.x * k,
          station.centre.y + forward.y * k,
          station.centre.z + forward.z * k,
        ),
        section: station.section.map((p) => {
          const size = Math.hypot(p.x, p.y);
          return vec2((p.x * (size - shrink)) / size, (p.y * (size - shrink)) / size);
        }),
      };
    });
  };
  return sweep([...beyond(0, -1).toReversed(), ...stations, ...beyond(-1, 1)]);
}
