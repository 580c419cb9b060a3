import type { BodyAnchorName, BodyAnchors } from '../anchors/body-anchors.ts';
import type { Pose, Vec3 } from '../geometry/pose.ts';
import { transformPoint } from '../geometry/pose-algebra.ts';

/** Where the kit's own figures carry pieces, millimetres in their head frame: a bust whose shoulders go with its head. */
const placesMm: Readonly<Record<BodyAnchorName, Vec3>> = {
  neckBase: [0, -187, -20],
  torso: [0, -236, -92],
  leftShoulder: [136, -168, -88],
  rightShoulder: [-136, -168, -88],
  // Where a bag would hang from a stand beside the bust.
  leftForearm: [188, -150, 30],
  rightForearm: [-210, -420, -40],
};
const confidence: Readonly<Record<BodyAnchorName, number>> = {
  neckBase: 1,
  torso: 1,
  leftShoulder: 1,
  rightShoulder: 1,
  leftForearm: 1,
  // A bust has none, and the stand is on the other side.
  rightForearm: 0,
};

/** The body of the mannequin, and of the visitor when its shoulders face where its face does. */
export function stillBody(cameraFromHead: Pose): BodyAnchors {
  const at = (placeMm: Vec3): Pose => ({
    rotation: cameraFromHead.rotation,
    translationMm: transformPoint(cameraFromHead, placeMm),
  });
  return {
    identity: 1,
    confidence,
    cameraFromAnchor: {
      neckBase: at(placesMm.neckBase),
      torso: at(placesMm.torso),
      leftShoulder: at(placesMm.leftShoulder),
      rightShoulder: at(placesMm.rightShoulder),
      leftForearm: at(placesMm.leftForearm),
      rightForearm: at(placesMm.rightForearm),
    },
    scale: { scale: 1, plusMinus: 0, source: 'assumed', samples: 0 },
    shoulderWidth: null,
    height: null,
  };
}
