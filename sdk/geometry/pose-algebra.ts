import type { Pose, Quaternion, Vec3 } from './pose.ts';

/** The rotation that changes nothing. */
export const identityRotation: Quaternion = [0, 0, 0, 1];

/** `a + b`. */
export function addVectors(a: Vec3, b: Vec3): Vec3 {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

/** `a − b`. */
export function subtractVectors(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

/** `factor · v`. */
export function scaleVector(v: Vec3, factor: number): Vec3 {
  return [v[0] * factor, v[1] * factor, v[2] * factor];
}

/** `a` at 0, `b` at 1, a straight line between. */
export function mixVectors(a: Vec3, b: Vec3, amount: number): Vec3 {
  return [a[0] + (b[0] - a[0]) * amount, a[1] + (b[1] - a[1]) * amount, a[2] + (b[2] - a[2]) * amount];
}

/** The scalar product. */
export function dotVectors(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** The vector product, right-handed. */
export function crossVectors(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** Euclidean length, in the vector's own unit. */
export function lengthOf(v: Vec3): number {
  return Math.hypot(v[0], v[1], v[2]);
}

/** The Hamilton product `a · b`: first turns by `b`, then by `a`. */
export function multiplyQuaternions(a: Quaternion, b: Quaternion): Quaternion {
  return [
    a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1],
    a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0],
    a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3],
    a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2],
  ];
}

/** The opposite turn of a unit quaternion. */
export function conjugate(q: Quaternion): Quaternion {
  return [-q[0], -q[1], -q[2], q[3]];
}

/** `q` brought back to unit length; the identity when there is nothing to keep. */
export function normaliseQuaternion(q: Quaternion): Quaternion {
  const length = Math.hypot(q[0], q[1], q[2], q[3]);
  return length > 0 ? [q[0] / length, q[1] / length, q[2] / length, q[3] / length] : identityRotation;
}

/** `v` turned by the unit quaternion `q`. */
export function rotateVector(q: Quaternion, v: Vec3): Vec3 {
  const [x, y, z, w] = q;
  const tx = 2 * (y * v[2] - z * v[1]);
  const ty = 2 * (z * v[0] - x * v[2]);
  const tz = 2 * (x * v[1] - y * v[0]);
  return [v[0] + w * tx + y * tz - z * ty, v[1] + w * ty + z * tx - x * tz, v[2] + w * tz + x * ty - y * tx];
}

/** The exponential map of SO(3): the turn about `rotationVectorRad` by its length in radians. */
export function quaternionFromRotationVector(rotationVectorRad: Vec3): Quaternion {
  const angleRad = lengthOf(rotationVectorRad);
  // Below this the series of sin(x/2)/x has converged in double precision and the division would lose digits.
  const factor = angleRad < 1e-6 ? 0.5 - (angleRad * angleRad) / 48 : Math.sin(angleRad / 2) / angleRad;
  return normaliseQuaternion([
    rotationVectorRad[0] * factor,
    rotationVectorRad[1] * factor,
    rotationVectorRad[2] * factor,
    Math.cos(angleRad / 2),
  ]);
}

/** The logarithm of SO(3), the shorter way round: axis times angle in radians, angle in [0, π]. */
export function rotationVectorFromQuaternion(q: Quaternion): Vec3 {
  const sign = q[3] < 0 ? -1 : 1;
  const sine = Math.hypot(q[0], q[1], q[2]);
  const factor = sine < 1e-9 ? 2 * sign : (2 * sign * Math.atan2(sine, sign * q[3])) / sine;
  return [q[0] * factor, q[1] * factor, q[2] * factor];
}

/** The angle between two attitudes in radians, in [0, π]. */
export function angleBetweenRad(a: Quaternion, b: Quaternion): number {
  return lengthOf(rotationVectorFromQuaternion(multiplyQuaternions(conjugate(a), b)));
}

/** Turns from `a` (0) to `b` (1) at constant speed, the shorter way round. */
export function slerp(a: Quaternion, b: Quaternion, amount: number): Quaternion {
  const step = rotationVectorFromQuaternion(multiplyQuaternions(conjugate(a), b));
  return normaliseQuaternion(multiplyQuaternions(a, quaternionFromRotationVector(scaleVector(step, amount))));
}

/**
 * The turn of a head: first roll about +z, then pitch about +x, then yaw about +y (radians, right-handed). Positive yaw
 * brings the nose towards the camera's right, positive pitch bows the head.
 */
export function quaternionFromYawPitchRoll(yawRad: number, pitchRad: number, rollRad: number): Quaternion {
  const yaw: Quaternion = [0, Math.sin(yawRad / 2), 0, Math.cos(yawRad / 2)];
  const pitch: Quaternion = [Math.sin(pitchRad / 2), 0, 0, Math.cos(pitchRad / 2)];
  const roll: Quaternion = [0, 0, Math.sin(rollRad / 2), Math.cos(rollRad / 2)];
  return multiplyQuaternions(yaw, multiplyQuaternions(pitch, roll));
}

/** The yaw of such a turn, radians. */
export function yawOf([x, y, z, w]: Quaternion): number {
  return Math.atan2(2 * (w * y + x * z), 1 - 2 * (x * x + y * y));
}

/**
 * The unit quaternion of a proper rotation matrix given in row order (Shepperd 1978: divides by the largest component).
 */
export function quaternionFromMatrix(rows: ArrayLike<number>): Quaternion {
  const at = (index: number): number => rows[index] ?? 0;
  const [xx, xy, xz, yx, yy, yz, zx, zy, zz] = [
    at(0),
    at(1),
    at(2),
    at(3),
    at(4),
    at(5),
    at(6),
    at(7),
    at(8),
  ];
  const trace = xx + yy + zz;
  if (trace >= Math.max(xx, yy, zz)) return normaliseQuaternion([zy - yz, xz - zx, yx - xy, 1 + trace]);
  if (xx >= yy && xx >= zz) return normaliseQuaternion([1 + xx - yy - zz, xy + yx, xz + zx, zy - yz]);
  if (yy >= zz) return normaliseQuaternion([xy + yx, 1 + yy - xx - zz, yz + zy, xz - zx]);
  return normaliseQuaternion([xz + zx, yz + zy, 1 + zz - xx - yy, yx - xy]);
}

/** A point of the source frame, seen in the target frame. */
export function transformPoint(targetFromSource: Pose, pointMm: Vec3): Vec3 {
  return addVectors(rotateVector(targetFromSource.rotation, pointMm), targetFromSource.translationMm);
}

/** `cFromB · bFromA = cFromA`. */
export function composePoses(cFromB: Pose, bFromA: Pose): Pose {
  return {
    rotation: normaliseQuaternion(multiplyQuaternions(cFromB.rotation, bFromA.rotation)),
    translationMm: transformPoint(cFromB, bFromA.translationMm),
  };
}

/** `aFromB` of `bFromA`. */
export function invertPose(bFromA: Pose): Pose {
  const rotation = conjugate(bFromA.rotation);
  return { rotation, translationMm: scaleVector(rotateVector(rotation, bFromA.translationMm), -1) };
}

/** The same turn by the shorter way, −π to π. */
export function shortestTurnRad(turnRad: number): number {
  return Math.atan2(Math.sin(turnRad), Math.cos(turnRad));
}
