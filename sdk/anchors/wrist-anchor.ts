import { handLandmark, watchBehindShare, wristBreadthMm, wristDepthMm } from '../geometry/canonical-hand.ts';
import type { Pose, Vec3 } from '../geometry/pose.ts';
import { addVectors, dotVectors, lengthOf, mixVectors, scaleVector } from '../geometry/pose-algebra.ts';
import { frameOf, smoothStep } from '../geometry/vector-products.ts';
import type { WristAnchor } from './hand-anchors.ts';
import type { HandPoints } from './hand-points.ts';
import { jointAt, palmLengthMm } from './hand-points.ts';

/** How much of the forearm's direction is the body's elbow-to-wrist where it is known; the hand tells the rest. */
const forearmShare = 0.6;
/** Cosine of the angle between hand and forearm below which one of them is wrong: no wrist bends by more than 80°. */
const leastAgreement = 0.17;
/** Cosine of the angle between forearm and line of sight at which a watch begins to fade, and is gone. */
const endOnBegins = 0.88;
const endOnGone = 0.98;

/**
 * The watch's frame, camera frame: behind the wrist on the forearm's axis, its +z out of the back of the wrist whichever side
 * is shown. `forearm` is the unit vector from elbow to wrist where a body is tracked; without it the forearm is taken to go
 * on where the hand points.
 */
export function wristFrame(hand: HandPoints, forearm: Vec3 | null): Pose | null {
  const agrees = forearm !== null && dotVectors(forearm, hand.along) > leastAgreement;
  const along = agrees ? mixVectors(hand.along, forearm, forearmShare) : hand.along;
  const behindMm = watchBehindShare * palmLengthMm(hand.jointsMm);
  const origin = addVectors(
    jointAt(hand.jointsMm, handLandmark.wrist),
    scaleVector(along, -behindMm / lengthOf(along)),
  );
  return frameOf(origin, along, hand.back);
}

/** The wrist's anchor from its frame (filtered or not); `share`: how broad the wrist is for a hand of its size. */
export function wristAnchor(
  hand: HandPoints,
  cameraFromWrist: Pose,
  share: number,
  handConfidence: number,
): WristAnchor {
  const { translationMm } = cameraFromWrist;
  const endOn = Math.abs(dotVectors(hand.along, translationMm)) / lengthOf(translationMm);
  return {
    cameraFromWrist,
    breadthMm: wristBreadthMm * hand.scale * share,
    depthMm: wristDepthMm * hand.scale * share,
    confidence: handConfidence * smoothStep(endOnGone, endOnBegins, endOn),
  };
}
