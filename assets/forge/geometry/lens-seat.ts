import type { SpaceMap } from './surface.ts';
import type { Vec2, Vec3 } from './vector.ts';
import { add, along, radians, scale, vec3 } from './vector.ts';

/** How a lens stands in the front of a frame: ISO 8624 box, base curve and wrap. Coordinates are the front's. */
export interface LensSeatOptions {
  /** The lens as it is edged, around its boxing centre. */
  readonly outline: readonly Vec2[];
  /** Distance between the lenses at their nearest (DBL). */
  readonly bridgeWidthMm: number;
  /** Height of the boxing centre. */
  readonly centreYMm: number;
  /** Depth of the lens's middle surface at its nasal edge. */
  readonly nasalZMm: number;
  readonly wrapDeg: number;
  /** Radius of the middle surface. Base 4 is 530 / 4 = 132.5 mm, base 6 is 88.3 mm (tooling index 1.530). */
  readonly radiusMm: number;
}

/** A lens's place in the front. */
export interface LensSeat {
  /** (u, v) in the lens plane from the boxing centre, d along the lens's normal, to the front: the wearer's left lens. */
  readonly map: SpaceMap;
  /** The same with d along the lens's axis, as its edge is ground: outlines keep their boxing size. */
  readonly axialMap: SpaceMap;
  /** Depth of the middle surface below its apex at a distance from it; never positive. */
  readonly sagMm: (distanceMm: number) => number;
  /** Place of the boxing centre's apex in the front. */
  readonly apex: Vec3;
  readonly wrapRad: number;
}

/** Radius in millimetres of a base curve given in dioptres at the tooling index 1.530. */
export function baseCurveRadiusMm(dioptres: number): number {
  return 530 / dioptres;
}

/** Seats the wearer's left lens; the right one is its mirror image. */
export function lensSeat(options: LensSeatOptions): LensSeat {
  const { radiusMm } = options;
  const wrapRad = radians(options.wrapDeg);
  const across = vec3(Math.cos(wrapRad), 0, -Math.sin(wrapRad));
  const facing = vec3(Math.sin(wrapRad), 0, Math.cos(wrapRad));
  const sagMm = (distanceMm: number): number =>
    Math.sqrt(Math.max(0, radiusMm * radiusMm - distanceMm * distanceMm)) - radiusMm;
  const place = (u: number, v: number): Vec3 =>
    add(add(scale(across, u), vec3(0, v, 0)), scale(facing, sagMm(Math.hypot(u, v))));
  const nasal = options.outline
    .map((p) => place(p.x, p.y))
    .reduce((nearest, p) => (p.x < nearest.x ? p : nearest));
  const apex = vec3(options.bridgeWidthMm / 2 - nasal.x, options.centreYMm, options.nasalZMm - nasal.z);
  const map: SpaceMap = ({ x: u, y: v, z: d }) => {
    const surface = add(apex, place(u, v));
    const nu = u / radiusMm;
    const nv = v / radiusMm;
    const normal = add(
      add(scale(across, nu), vec3(0, nv, 0)),
      scale(facing, Math.sqrt(Math.max(0, 1 - nu * nu - nv * nv))),
    );
    return along(surface, normal, d);
  };
  const axialMap: SpaceMap = ({ x: u, y: v, z: d }) => along(add(apex, place(u, v)), facing, d);
  return { map, axialMap, sagMm, apex, wrapRad };
}
