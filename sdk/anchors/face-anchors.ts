import type { Pose, Vec3 } from '../geometry/pose.ts';
import { transformPoint } from '../geometry/pose-algebra.ts';
import type { FaceAnchorName } from './anchor-frame.ts';
import type { HeadPoints } from './head-points.ts';

/**
 * The pose of every face anchor: all share the head's orientation. `cameraFromHead` and `points` are both in true
 * millimetres.
 */
export function faceAnchorPoses(
  cameraFromHead: Pose,
  points: HeadPoints,
): Readonly<Record<FaceAnchorName, Pose>> {
  const at = (pointMm: Vec3): Pose => ({
    rotation: cameraFromHead.rotation,
    translationMm: transformPoint(cameraFromHead, pointMm),
  });
  return {
    head: cameraFromHead,
    noseBridge: at(points.noseBridge),
    leftEar: at(points.leftEar),
    rightEar: at(points.rightEar),
    leftEarlobe: at(points.leftEarlobe),
    rightEarlobe: at(points.rightEarlobe),
  };
}
