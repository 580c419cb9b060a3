import { describe, expect, it } from 'vitest';
import { defaultIntrinsics, projectPoint } from '../geometry/intrinsics.ts';
import type { Pose } from '../geometry/pose.ts';
import type { FaceAnchors } from './anchor-frame.ts';
import { faceAnchorPoses } from './face-anchors.ts';
import { hairAt, hairOnHead, type HairShares } from './hair-mask.ts';
import type { HeadPoints } from './head-points.ts';

const intrinsics = defaultIntrinsics(640, 480);
const points: HeadPoints = {
  noseBridge: [0, 27, 56],
  leftEar: [73, 30, -44],
  rightEar: [-73, 30, -44],
  leftEarlobe: [74, -21, -39],
  rightEarlobe: [-74, -21, -39],
};
const cameraFromHead: Pose = { rotation: [0, 0, 0, 1], translationMm: [0, 0, -500] };
const face: FaceAnchors = {
  identity: 7,
  confidence: 1,
  cameraFromAnchor: faceAnchorPoses(cameraFromHead, points),
  headMeshMm: new Float32Array(),
  scale: { scale: 1, plusMinus: 0, source: 'assumed', samples: 0 },
  pupillaryDistance: null,
  faceWidth: null,
};

/** Hair wherever `isHair` says, on a region of 300 pixels around the middle of the picture. */
function hairWhere(isHair: (uPx: number, vPx: number) => boolean): HairShares {
  const sidePx = 60;
  const shares = new Uint8Array(sidePx * sidePx).map((_, at) =>
    isHair(170 + (at % sidePx) * 5 + 2.5, 90 + Math.floor(at / sidePx) * 5 + 2.5) ? 255 : 0,
  );
  return { shares, sidePx, leftPx: 170, topPx: 90, regionPx: 300 };
}

describe('hair on a head', () => {
  it('covers the ear that it lies over, and not the other', () => {
    // On an unmirrored picture the wearer’s left is right.
    const { leftEarCovered, rightEarCovered, identity } = hairOnHead(
      hairWhere((uPx) => uPx > 360),
      face,
      intrinsics,
    );
    expect([leftEarCovered, rightEarCovered, identity]).toEqual([1, 0, 7]);
  });

  it('lies behind a bare ear when it hangs beside and below it', () => {
    const [earU] = projectPoint(intrinsics, face.cameraFromAnchor.leftEar.translationMm);
    const hair = hairOnHead(
      hairWhere((uPx, vPx) => uPx > earU + 25 || vPx > 290),
      face,
      intrinsics,
    );
    expect(hair.leftEarCovered).toBe(0);
  });

  it('is nowhere beyond the region that was looked at', () => {
    const hair = hairWhere(() => true);
    expect(hairAt(hair, 320, 240)).toBe(1);
    expect(hairAt(hair, 169, 240)).toBe(0);
    expect(hairAt(hair, 320, 391)).toBe(0);
  });
});
