import type { Station } from '../geometry/sweep.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import { radians, smoothstep, vec2, vec3 } from '../geometry/vector.ts';
import { sweep } from '../geometry/sweep.ts';

/** The circle that a hoop is bent round: it stands in the plane x = 0, angles run from its top forwards (+z) and down. */
export interface HoopCircle {
  readonly centre: Vec3;
  readonly outerRadiusMm: number;
}

/** A piece of a hoop's tube between two angles. */
export interface HoopTube {
  readonly circle: HoopCircle;
  readonly fromDeg: number;
  readonly toDeg: number;
  readonly stepDeg: number;
  readonly around: number;
  /** Radius of the tube; its outside stays on the circle whatever it is. */
  readonly radiusMm: (deg: number) => number;
  /** Depth of the flutes, 0 for a round tube, and how far they have turned about the tube, in radians. */
  readonly flutes?: (deg: number) => { readonly depthPart: number; readonly turnRad: number };
  readonly strands?: number;
  /** A hole for a post in the tube's last face: its radius and depth. */
  readonly hole?: { readonly radiusMm: number; readonly depthMm: number };
}

/** The frame of a hoop at an angle: `out` away from its middle, `on` the way round. */
export function hoopFrame(
  circle: HoopCircle,
  deg: number,
  inMm: number,
): { origin: Vec3; out: Vec3; on: Vec3 } {
  const [s, c] = [Math.sin(radians(deg)), Math.cos(radians(deg))];
  const r = circle.outerRadiusMm - inMm;
  return {
    origin: vec3(circle.centre.x, circle.centre.y + r * c, circle.centre.z + r * s),
    out: vec3(0, c, s),
    on: vec3(0, -s, c),
  };
}

/** A strand is a round back between two sharp furrows, as in laid rope. */
function rope(radiusMm: number, depthPart: number, turnRad: number, strands: number, around: number): Vec2[] {
  return Array.from({ length: around }, (_, i) => {
    const angle = (2 * Math.PI * i) / around;
    const back = Math.abs(Math.cos((angle * strands) / 2)) ** 0.9;
    const r = radiusMm * (1 - depthPart * (1 - back));
    return vec2(r * Math.cos(angle + turnRad), r * Math.sin(angle + turnRad));
  });
}

/**
 * The tube, both ends faced off with a rounded edge. Where it has flutes they grow out of the round tube and sink back
 * into it, so that nothing marks the place where the twist begins.
 */
export function hoopTube(options: HoopTube): Surface {
  const { circle, fromDeg, toDeg, around, strands = 5 } = options;
  const stations: Station[] = [];
  const edgeMm = 0.22;
  const station = (deg: number, ahead: number, radius: (full: number) => number): void => {
    const full = options.radiusMm(deg);
    const { origin, out, on } = hoopFrame(circle, deg, full);
    const { depthPart, turnRad } = options.flutes?.(deg) ?? { depthPart: 0, turnRad: 0 };
    stations.push({
      centre: vec3(origin.x, origin.y + on.y * ahead, origin.z + on.z * ahead),
      // side × up must run the way round: x × out = on.
      side: vec3(1, 0, 0),
      up: out,
      section: rope(radius(full), depthPart, turnRad, strands, around),
    });
  };
  const steps = Math.ceil((toDeg - fromDeg) / options.stepDeg);
  station(fromDeg, 0, (full) => full - edgeMm - 0.02);
  for (const k of [0, 0.25, 0.5, 0.75, 1]) {
    const angle = (k * Math.PI) / 2;
    station(fromDeg, edgeMm * (1 - Math.cos(angle)), (full) => full - edgeMm * (1 - Math.sin(angle)));
  }
  for (let i = 1; i < steps; i += 1) {
    station(fromDeg + ((toDeg - fromDeg) * i) / steps, 0, (full) => full);
  }
  for (const k of [1, 0.75, 0.5, 0.25, 0]) {
    const angle = (k * Math.PI) / 2;
    station(toDeg, -edgeMm * (1 - Math.cos(angle)), (full) => full - edgeMm * (1 - Math.sin(angle)));
  }
  station(toDeg, 0, (full) => full - edgeMm - 0.02);
  const { hole } = options;
  if (hole !== undefined) {
    for (const [radius, ahead] of [
      [hole.radiusMm + 0.12, 0],
      [hole.radiusMm + 0.1, 0],
      [hole.radiusMm + 0.01, -0.09],
      [hole.radiusMm, -0.11],
      [hole.radiusMm, -hole.depthMm],
    ] as const) {
      station(toDeg, ahead, () => radius);
    }
  }
  return sweep(stations);
}

/** Flutes that come and go over `fadeDeg` at both ends and turn `turns` times between, slowly at first and last. */
export function twist(fromDeg: number, toDeg: number, turns: number, depthPart: number, fadeDeg: number) {
  return (deg: number): { depthPart: number; turnRad: number } => {
    const k = Math.min(1, Math.max(0, (deg - fromDeg) / (toDeg - fromDeg)));
    const eased = k - (0.55 * Math.sin(2 * Math.PI * k)) / (2 * Math.PI);
    return {
      depthPart:
        depthPart *
        smoothstep(fromDeg, fromDeg + fadeDeg, deg) *
        (1 - smoothstep(toDeg - fadeDeg, toDeg, deg)),
      turnRad: 2 * Math.PI * turns * eased,
    };
  };
}
