import { fingerCount, fingerRoot, handLandmark } from '../geometry/canonical-hand.ts';
import type { Pose, Vec3 } from '../geometry/pose.ts';
import { composePoses, invertPose, transformPoint } from '../geometry/pose-algebra.ts';
import type { MetricScale } from './anchor-frame.ts';
import { fingerAnchor, ringFrame } from './finger-anchors.ts';
import type { FingerName, HandAnchors } from './hand-anchors.ts';
import type { HandPoints } from './hand-points.ts';
import { jointAt } from './hand-points.ts';
import { wristAnchor, wristFrame } from './wrist-anchor.ts';

/** The frames of the five rings, thumb first, and of the watch; camera frame, true millimetres. */
export interface HandFrames {
  readonly rings: readonly Pose[];
  readonly wrist: Pose;
}

/** The frames of a hand's places; null when the hand has no shape. `forearm` points from elbow to wrist, if it is known. */
export function handFrames(hand: HandPoints, forearm: Vec3 | null): HandFrames | null {
  const rings = Array.from({ length: fingerCount }, (_, finger) => ringFrame(hand, finger));
  const wrist = wristFrame(hand, forearm);
  if (wrist === null) return null;
  const whole = rings.filter((ring) => ring !== null);
  return whole.length === fingerCount ? { rings: whole, wrist } : null;
}

/** What turns frames into anchors. */
export interface HandAnchorParts {
  readonly identity: number;
  readonly confidence: number;
  readonly hand: HandPoints;
  /** As the hand shows them. */
  readonly measured: HandFrames;
  /** As they are to be shown: filtered, and set into the finger's middle. */
  readonly shown: HandFrames;
  /** Half the fingers' breadths, thumb first. */
  readonly radiiMm: readonly number[];
  /** How broad the wrist is for a hand of its size. */
  readonly wristShare: number;
  readonly scale: MetricScale;
}

/** The anchors of a hand. Its joints go along with the shown frames, so that occluders stay inside the rings. */
export function handAnchorsOf(parts: HandAnchorParts): HandAnchors {
  const { hand, shown, measured, radiiMm, confidence } = parts;
  const jointsMm = hand.jointsMm.slice();
  const carry = (from: number, count: number, before: Pose | undefined, after: Pose | undefined): void => {
    if (before === undefined || after === undefined) return;
    const afterFromBefore = composePoses(after, invertPose(before));
    for (let landmark = from; landmark < from + count; landmark += 1) {
      jointsMm.set(transformPoint(afterFromBefore, jointAt(hand.jointsMm, landmark)), landmark * 3);
    }
  };
  carry(handLandmark.wrist, 1, measured.wrist, shown.wrist);
  for (let finger = 0; finger < fingerCount; finger += 1) {
    carry(fingerRoot(finger), 4, measured.rings[finger], shown.rings[finger]);
  }
  const moved: HandPoints = { ...hand, jointsMm };
  const at = (finger: number) =>
    fingerAnchor(moved, finger, shown.rings[finger] ?? shown.wrist, radiiMm[finger] ?? 0, confidence);
  const fingers: Record<FingerName, HandAnchors['fingers'][FingerName]> = {
    thumb: at(0),
    index: at(1),
    middle: at(2),
    ring: at(3),
    little: at(4),
  };
  return {
    identity: parts.identity,
    side: hand.side,
    confidence,
    fingers,
    wrist: wristAnchor(moved, shown.wrist, parts.wristShare, confidence),
    jointsMm,
    scale: parts.scale,
  };
}
