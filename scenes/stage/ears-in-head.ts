import { Quaternion, Vector3 } from 'three';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';

/** The ears' roots in the head frame (mm), kept in two arrays that every frame writes anew. */
export interface EarsInHead {
  readonly left: [x: number, y: number, z: number];
  readonly right: [x: number, y: number, z: number];
  /** Takes the head's pose and the ears in the camera's frame. */
  measure(cameraFromHead: Pose, leftEarMm: Vec3, rightEarMm: Vec3): void;
}

export function earsInHead(): EarsInHead {
  const headFromCamera = new Quaternion();
  const point = new Vector3();
  const write = (earMm: Vec3, headMm: Vec3, out: [number, number, number]): void => {
    point
      .set(earMm[0] - headMm[0], earMm[1] - headMm[1], earMm[2] - headMm[2])
      .applyQuaternion(headFromCamera);
    point.toArray(out);
  };
  const ears: EarsInHead = {
    left: [0, 0, 0],
    right: [0, 0, 0],
    measure: ({ rotation, translationMm }, leftEarMm, rightEarMm) => {
      headFromCamera.set(rotation[0], rotation[1], rotation[2], rotation[3]).conjugate();
      write(leftEarMm, translationMm, ears.left);
      write(rightEarMm, translationMm, ears.right);
    },
  };
  return ears;
}
