import type { Vec3 } from './pose.ts';

/** Numbers of the body landmarker's points that the kit names. `left` and `right` are the wearer's own. */
export const bodyPoint = {
  nose: 0,
  leftEar: 7,
  rightEar: 8,
  leftShoulder: 11,
  rightShoulder: 12,
  leftElbow: 13,
  rightElbow: 14,
  leftWrist: 15,
  rightWrist: 16,
  leftHip: 23,
  rightHip: 24,
  leftAnkle: 27,
  rightAnkle: 28,
} as const;

/** How many points a body has. */
export const bodyPointCount = 33;

/** Whether every number of a landmark set is one, and there are as many as a body has. */
export function isWholeBody(landmarks: Float32Array, worldMm: Float32Array): boolean {
  return (
    landmarks.length === bodyPointCount * 4 &&
    worldMm.length === bodyPointCount * 3 &&
    landmarks.every((value) => Number.isFinite(value)) &&
    worldMm.every((value) => Number.isFinite(value))
  );
}

/** How surely a point is seen, 0 to 1. A point outside of the picture is guessed, whatever the network says. */
export function visibilityOf(landmarks: Float32Array, point: number): number {
  const [x, y] = [landmarks[point * 4] ?? 0, landmarks[point * 4 + 1] ?? 0];
  if (x < 0 || x > 1 || y < 0 || y > 1) return 0;
  return Math.min(1, Math.max(0, landmarks[point * 4 + 3] ?? 0));
}

/** A point of the network's own metres in the camera's axes: x right, y up, z towards the camera, millimetres. */
export function worldPoint(worldMm: Float32Array, point: number): Vec3 {
  return [worldMm[point * 3] ?? 0, -(worldMm[point * 3 + 1] ?? 0), -(worldMm[point * 3 + 2] ?? 0)];
}
