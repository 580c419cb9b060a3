/** A point or direction `[x, y, z]`; points in millimetres unless a name says otherwise. */
export type Vec3 = readonly [x: number, y: number, z: number];

/** A unit quaternion `[x, y, z, w]`. */
export type Quaternion = readonly [x: number, y: number, z: number, w: number];

/**
 * A rigid motion in SE(3), read `targetFromSource`: `pointInTarget = rotate(rotation, pointInSource) + translationMm`.
 * The camera frame is right-handed in millimetres with the camera at the origin, +x right, +y up, looking down −z.
 */
export interface Pose {
  readonly rotation: Quaternion;
  readonly translationMm: Vec3;
}
