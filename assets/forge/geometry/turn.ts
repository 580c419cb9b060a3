import type { Vec3 } from './vector.ts';
import { radians, vec3 } from './vector.ts';

/** Unit quaternion (x, y, z, w) of a turn about the x axis. */
export function quaternionAboutX(degrees: number): readonly [number, number, number, number] {
  const half = radians(degrees) / 2;
  return [Math.sin(half), 0, 0, Math.cos(half)];
}

/** Turns a vector about the x axis. */
export function turnAboutX(v: Vec3, degrees: number): Vec3 {
  const c = Math.cos(radians(degrees));
  const s = Math.sin(radians(degrees));
  return vec3(v.x, v.y * c - v.z * s, v.y * s + v.z * c);
}
