/** A point or direction in a plane, millimetres when it is a point. */
export interface Vec2 {
  readonly x: number;
  readonly y: number;
}

/** A point or direction in space, millimetres when it is a point. */
export interface Vec3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Makes a planar vector. */
export function vec2(x: number, y: number): Vec2 {
  return { x, y };
}

/** Makes a spatial vector. */
export function vec3(x: number, y: number, z: number): Vec3 {
  return { x, y, z };
}

/** a + b. */
export function add(a: Vec3, b: Vec3): Vec3 {
  return { x: a.x + b.x, y: a.y + b.y, z: a.z + b.z };
}

/** a − b. */
export function sub(a: Vec3, b: Vec3): Vec3 {
  return { x: a.x - b.x, y: a.y - b.y, z: a.z - b.z };
}

/** a · k. */
export function scale(a: Vec3, k: number): Vec3 {
  return { x: a.x * k, y: a.y * k, z: a.z * k };
}

/** a + b · k: a step of length k along b. */
export function along(a: Vec3, b: Vec3, k: number): Vec3 {
  return { x: a.x + b.x * k, y: a.y + b.y * k, z: a.z + b.z * k };
}

/** Scalar product. */
export function dot(a: Vec3, b: Vec3): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

/** Vector product, right-handed. */
export function cross(a: Vec3, b: Vec3): Vec3 {
  return { x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x };
}

/** Euclidean length. */
export function length(a: Vec3): number {
  return Math.hypot(a.x, a.y, a.z);
}

/** The unit vector along a; the zero vector stays zero. */
export function normalize(a: Vec3): Vec3 {
  const size = length(a);
  return size === 0 ? a : scale(a, 1 / size);
}

/** Linear blend, a at k = 0 and b at k = 1. */
export function mix(a: Vec3, b: Vec3, k: number): Vec3 {
  return { x: a.x + (b.x - a.x) * k, y: a.y + (b.y - a.y) * k, z: a.z + (b.z - a.z) * k };
}

/** Distance between two planar points. */
export function distance2(a: Vec2, b: Vec2): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Scalar blend, a at k = 0 and b at k = 1. */
export function lerp(a: number, b: number, k: number): number {
  return a + (b - a) * k;
}

/** 0 below `from`, 1 above `to`, an S-curve with level ends between. */
export function smoothstep(from: number, to: number, value: number): number {
  const k = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return k * k * (3 - 2 * k);
}

/** Degrees to radians. */
export function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
