import { Quaternion, Vector3 } from 'three';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';

/** Two places, one at each ear, in the head frame (mm), kept in two arrays that every frame writes anew. */
export interface EarsInHead {
  readonly left: [x: number, y: number, z: number];
  readonly right: [x: number, y: number, z: number];
  /** Takes the head's pose and the places in the camera's frame. */
  measure(cameraFromHead: Pose, leftMm: Vec3, rightMm: Vec3): void;
}

export function earsInHead(): EarsInHead {
  const headFromCamera = new Quaternion();
  const point = new Vector3();
  const write = (placeMm: Vec3, headMm: Vec3, out: [number, number, number]): void => {
    point
      .set(placeMm[0] - headMm[0], placeMm[1] - headMm[1], placeMm[2] - headMm[2])
      .applyQuaternion(headFromCamera);
    point.toArray(out);
  };
  const ears: EarsInHead = {
    left: [0, 0, 0],
    right: [0, 0, 0],
    measure: ({ rotation, translationMm }, leftMm, rightMm) => {
      headFromCamera.set(rotation[0], rotation[1], rotation[2], rotation[3]).conjugate();
      write(leftMm, translationMm, ears.left);
      write(rightMm, translationMm, ears.right);
    },
  };
  return ears;
}
