import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { projectPoint } from './intrinsics.ts';
import type { Vec3 } from './pose.ts';
import { addVectors, scaleVector } from './pose-algebra.ts';

/** How a picture shows a direction at a place. */
export interface PictureDirection {
  /** Unit vector in pixels of the picture, v downwards. */
  readonly u: number;
  readonly v: number;
  /** How many pixels a millimetre in that direction is. */
  readonly pxPerMm: number;
}

/** So far from the place the direction is looked at, millimetres: much less than how far away it is. */
const stepMm = 5;

/** `direction` is a unit vector at `placeMm`, both camera frame; null where it points at the camera, or comes too near to it. */
export function directionOnPicture(
  intrinsics: CameraIntrinsics,
  placeMm: Vec3,
  direction: Vec3,
): PictureDirection | null {
  const tip = addVectors(placeMm, scaleVector(direction, stepMm));
  if (!(placeMm[2] < -1) || !(tip[2] < -1)) return null;
  const [u0, v0] = projectPoint(intrinsics, placeMm);
  const [u1, v1] = projectPoint(intrinsics, tip);
  const lengthPx = Math.hypot(u1 - u0, v1 - v0);
  if (!(lengthPx > 0)) return null;
  return { u: (u1 - u0) / lengthPx, v: (v1 - v0) / lengthPx, pxPerMm: lengthPx / stepMm };
}
