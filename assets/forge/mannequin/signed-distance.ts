/**
 * A solid as a signed distance: millimetres to its surface, negative inside. Masses below are approximate away from
 * their surface (ellipsoids, smooth unions), which the mesher allows for with its Lipschitz margin.
 */
export type DistanceMm = (xMm: number, yMm: number, zMm: number) => number;

/** One point of a tube: its centre and its radius there, millimetres. */
export type TubePoint = readonly [xMm: number, yMm: number, zMm: number, radiusMm: number];

/**
 * Approximate distance to an axis-aligned ellipsoid, exact to first order at the surface (Inigo Quilez, "Distance to an
 * ellipsoid", 2008: value over gradient length of the implicit).
 */
export function ellipsoid(
  x: number,
  y: number,
  z: number,
  radiusX: number,
  radiusY: number,
  radiusZ: number,
): number {
  const ax = x / radiusX;
  const ay = y / radiusY;
  const az = z / radiusZ;
  const k0 = Math.sqrt(ax * ax + ay * ay + az * az);
  const bx = ax / radiusX;
  const by = ay / radiusY;
  const bz = az / radiusZ;
  const k1 = Math.sqrt(bx * bx + by * by + bz * bz);
  return k1 < 1e-9 ? -Math.min(radiusX, radiusY, radiusZ) : (k0 * (k0 - 1)) / k1;
}

/** Distance to a capsule whose radius runs linearly from `a` to `b` (its lateral slope is neglected). */
export function taperedCapsule(x: number, y: number, z: number, a: TubePoint, b: TubePoint): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const dz = b[2] - a[2];
  const px = x - a[0];
  const py = y - a[1];
  const pz = z - a[2];
  const along = (px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz);
  const t = along < 0 ? 0 : along > 1 ? 1 : along;
  const qx = px - t * dx;
  const qy = py - t * dy;
  const qz = pz - t * dz;
  return Math.sqrt(qx * qx + qy * qy + qz * qz) - (a[3] + t * (b[3] - a[3]));
}

/** Union whose seam is a fillet `blendMm` wide; never smaller than the sharp union. */
export function smoothUnion(a: number, b: number, blendMm: number): number {
  const h = Math.max(blendMm - Math.abs(a - b), 0) / blendMm;
  return Math.min(a, b) - (h * h * blendMm) / 4;
}

/** What both solids share, its edge rounded over `blendMm`. */
export function smoothIntersection(a: number, b: number, blendMm: number): number {
  return -smoothUnion(-a, -b, blendMm);
}

/** `a` without `b`, the rim rounded over `blendMm`. */
export function smoothDifference(a: number, b: number, blendMm: number): number {
  return -smoothUnion(-a, b, blendMm);
}

/** 0 below `from`, 1 above `to`, with level ends (Hermite). */
export function smoothStep(from: number, to: number, value: number): number {
  const t = Math.max(0, Math.min(1, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
