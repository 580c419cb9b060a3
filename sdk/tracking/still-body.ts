import type { BodyAnchorName, BodyAnchors } from '../anchors/body-anchors.ts';
import type { Pose, Vec3 } from '../geometry/pose.ts';
import { transformPoint } from '../geometry/pose-algebra.ts';

/** Where the kit's own figures carry pieces, millimetres in their head frame: a bust whose shoulders go with its head. */
const placesMm: Readonly<Record<BodyAnchorName, Vec3>> = {
  neckBase: [0, -187, -20],
  torso: [0, -236, -92],
  leftShoulder: [136, -168, -88],
  rightShoulder: [-136, -168, -88],
  leftForearm: [188, -150, 30],
  rightForearm: [-210, -420, -40],
};
/** What carries a bag is not there on a bust, which ends below the neck. */
const confidenceOf = (carries: boolean): Readonly<Record<BodyAnchorName, number>> => {
  const shoulders = carries ? 1 : 0;
  return {
    neckBase: 1,
    torso: 1,
    leftShoulder: shoulders,
    rightShoulder: shoulders,
    leftForearm: shoulders,
    rightForearm: 0,
  };
};
const [whole, bust] = [confidenceOf(true), confidenceOf(false)];

/** The body of the visitor when its shoulders face where its face does, or of the mannequin, which is a bust. */
export function stillBody(cameraFromHead: Pose, of: 'visitor' | 'mannequin' = 'visitor'): BodyAnchors {
  const at = (placeMm: Vec3): Pose => ({
    rotation: cameraFromHead.rotation,
    translationMm: transformPoint(cameraFromHead, placeMm),
  });
  return {
    identity: 1,
    confidence: of === 'visitor' ? whole : bust,
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
