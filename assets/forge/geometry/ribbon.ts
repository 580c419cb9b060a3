import type { SpaceMap } from './surface.ts';
import type { Vec3 } from './vector.ts';
import { add, cross, dot, mix, normalize, scale, sub } from './vector.ts';
import { at } from './at.ts';
import { pathLength } from './spline.ts';

/** A flat strip bent along a path in space. */
export interface Ribbon {
  readonly lengthMm: number;
  /** (s, t, d): along the path, across it, out of the strip's face. */
  readonly map: SpaceMap;
}

/**
 * Bends a strip along a finely sampled path. `acrossAt` gives the direction across the strip at every point of the
 * path; the face looks along tangent × across.
 */
export function ribbon(path: readonly Vec3[], acrossAt: (index: number) => Vec3): Ribbon {
  const lengthMm = pathLength(path);
  const frames = path.map((centre, i) => {
    const tangent = normalize(sub(at(path, Math.min(path.length - 1, i + 1)), at(path, Math.max(0, i - 1))));
    const wanted = acrossAt(i);
    const across = normalize(sub(wanted, scale(tangent, dot(wanted, tangent))));
    return { centre, across, face: cross(tangent, across) };
  });
  const pitch = lengthMm / (path.length - 1);
  const map: SpaceMap = ({ x: s, y: t, z: d }) => {
    const place = s / pitch;
    const lower = Math.min(frames.length - 2, Math.max(0, Math.floor(place)));
    const a = at(frames, lower);
    const b = at(frames, lower + 1);
    const k = place - lower;
    const across = normalize(mix(a.across, b.across, k));
    const face = normalize(mix(a.face, b.face, k));
    return add(mix(a.centre, b.centre, k), add(scale(across, t), scale(face, d)));
  };
  return { lengthMm, map };
}
