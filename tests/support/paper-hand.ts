import type { Side } from '../../sdk/anchors/hand-anchors.ts';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import { handLandmark, handLandmarkCount } from '../../sdk/geometry/canonical-hand.ts';
import { createPosedHand, jointHabits, poseHand } from '../../sdk/geometry/hand-kinematics.ts';
import { projectPoint } from '../../sdk/geometry/intrinsics.ts';
import type { Pose, Quaternion, Vec3 } from '../../sdk/geometry/pose.ts';
import {
  lengthOf,
  normaliseQuaternion,
  rotateVector,
  transformPoint,
} from '../../sdk/geometry/pose-algebra.ts';

/** A hand whose posture is known: the canonical one, enlarged by `scale`; a right hand is a left one's mirror picture. */
export interface PaperHand {
  readonly side: Side;
  /** Of the left hand before it is mirrored, if it is, about the camera's upright middle plane; true millimetres. */
  readonly cameraFromHand: Pose;
  readonly anglesRad: Float64Array;
  readonly scale: number;
}

/** What a perfect network would say of it, and where its joints truly are. */
export interface PaperSight {
  readonly side: Side;
  readonly landmarks: Float32Array;
  readonly worldMm: Float32Array;
  /** 21 × (x, y, z), camera frame. */
  readonly jointsMm: Float64Array;
  /** Out of the back of the 5 × 3 phalanges, camera frame. */
  readonly backs: Float64Array;
}

/** A flat hand with its fingers straight, but for what `bendRad` bends every finger's first two joints. */
export function paperAngles(bendRad = 0): Float64Array {
  return Float64Array.from(jointHabits, (_, angle) => {
    if (angle < 4 || angle > 19) return 0;
    const joint = angle % 4;
    return joint === 0 ? 0 : joint === 3 ? bendRad * 0.67 : bendRad;
  });
}

/** The turn that brings the line of sight to a point onto −z, by the shortest way. */
function straightenedFrom([x, y, z]: Vec3): Quaternion {
  const length = Math.hypot(x, y, z);
  return normaliseQuaternion([-y / length, x / length, 0, 1 - z / length]);
}

/** Draws the hand as the landmarks of one picture; null when part of it is not before the camera. */
export function seePaperHand(hand: PaperHand, intrinsics: CameraIntrinsics): PaperSight | null {
  const posed = createPosedHand();
  poseHand(hand.anglesRad, posed);
  const mirror = hand.side === 'left' ? 1 : -1;
  const mirrored = ([x, y, z]: Vec3): Vec3 => [mirror * x, y, z];
  const scaled = (at: number, values: Float64Array, factor: number): Vec3 => [
    (values[at] ?? 0) * factor,
    (values[at + 1] ?? 0) * factor,
    (values[at + 2] ?? 0) * factor,
  ];
  const joints = Array.from({ length: handLandmarkCount }, (_, landmark) =>
    mirrored(transformPoint(hand.cameraFromHand, scaled(landmark * 3, posed.jointsMm, hand.scale))),
  );
  const middle = joints[handLandmark.middleRoot] ?? [0, 0, -1];
  const distanceMm = lengthOf(middle);
  const mean = [0, 1, 2].map(
    (axis) => joints.reduce((sum, joint) => sum + (joint[axis] ?? 0), 0) / joints.length,
  );
  const landmarks = new Float32Array(handLandmarkCount * 3);
  const worldMm = new Float32Array(handLandmarkCount * 3);
  for (const [landmark, joint] of joints.entries()) {
    if (!(joint[2] < -1)) return null;
    const [uPx, vPx] = projectPoint(intrinsics, joint);
    const away =
      (joint[0] * middle[0] + joint[1] * middle[1] + joint[2] * middle[2]) / distanceMm - distanceMm;
    landmarks.set(
      [
        uPx / intrinsics.widthPx,
        vPx / intrinsics.heightPx,
        (away * intrinsics.fxPx) / distanceMm / intrinsics.widthPx,
      ],
      landmark * 3,
    );
    // The network looks at a crop around the hand, so its world's z runs along the line of sight.
    const [x, y, z] = rotateVector(straightenedFrom(middle), [
      joint[0] - (mean[0] ?? 0),
      joint[1] - (mean[1] ?? 0),
      joint[2] - (mean[2] ?? 0),
    ]);
    worldMm.set([x, -y, -z], landmark * 3);
  }
  const backs = new Float64Array(posed.backs.length);
  for (let at = 0; at < backs.length; at += 3) {
    backs.set(mirrored(rotateVector(hand.cameraFromHand.rotation, scaled(at, posed.backs, 1))), at);
  }
  return {
    side: hand.side,
    landmarks,
    worldMm,
    jointsMm: Float64Array.from(joints.flat()),
    backs,
  };
}
