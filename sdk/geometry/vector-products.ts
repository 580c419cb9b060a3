import type { Pose, Vec3 } from './pose.ts';
import { crossVectors, lengthOf, quaternionFromMatrix, scaleVector } from './pose-algebra.ts';

/** `v` at unit length; null when it has none. */
export function unitOrNull(v: Vec3): Vec3 | null {
  const length = lengthOf(v);
  return length > 1e-9 ? scaleVector(v, 1 / length) : null;
}

/** The frame at `originMm` whose +y runs `along` and whose +z is nearest to `back`; null when both are one line. */
export function frameOf(originMm: Vec3, along: Vec3, back: Vec3): Pose | null {
  const y = unitOrNull(along);
  if (y === null) return null;
  const x = unitOrNull(crossVectors(y, back));
  if (x === null) return null;
  const z = crossVectors(x, y);
  return {
    rotation: quaternionFromMatrix([x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]]),
    translationMm: originMm,
  };
}

/** 0 at `from` and before, 1 at `to` and beyond, smooth between; `from` may be the larger one. */
export function smoothStep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
