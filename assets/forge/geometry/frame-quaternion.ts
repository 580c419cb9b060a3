import type { Vec3 } from './vector.ts';

/** Unit quaternion (x, y, z, w) that turns the axes of space into an orthonormal right-handed frame (Shepperd 1978). */
export function frameQuaternion(x: Vec3, y: Vec3, z: Vec3): readonly [number, number, number, number] {
  const trace = x.x + y.y + z.z;
  if (trace > 0) {
    const s = Math.sqrt(trace + 1) * 2;
    return [(y.z - z.y) / s, (z.x - x.z) / s, (x.y - y.x) / s, s / 4];
  }
  if (x.x > y.y && x.x > z.z) {
    const s = Math.sqrt(1 + x.x - y.y - z.z) * 2;
    return [s / 4, (x.y + y.x) / s, (z.x + x.z) / s, (y.z - z.y) / s];
  }
  if (y.y > z.z) {
    const s = Math.sqrt(1 + y.y - x.x - z.z) * 2;
    return [(x.y + y.x) / s, s / 4, (y.z + z.y) / s, (z.x - x.z) / s];
  }
  const s = Math.sqrt(1 + z.z - x.x - y.y) * 2;
  return [(z.x + x.z) / s, (y.z + z.y) / s, s / 4, (x.y - y.x) / s];
}
