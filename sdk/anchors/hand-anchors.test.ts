import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaperHand } from '../../tests/support/paper-hand.ts';
import { paperAngles, seePaperHand } from '../../tests/support/paper-hand.ts';
import { fingerRoot } from '../geometry/canonical-hand.ts';
import { leftHandSight } from '../geometry/hand-landmarks.ts';
import { solveHandPose } from '../geometry/hand-pose.ts';
import { arbitraryHandPose } from '../geometry/hand.arbitrary.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import type { Vec3 } from '../geometry/pose.ts';
import { dotVectors, lengthOf, rotateVector, subtractVectors } from '../geometry/pose-algebra.ts';
import { ringRadiusMm } from './finger-anchors.ts';
import { handAnchorsOf, handFrames } from './hand-anchor-frames.ts';
import type { HandAnchors } from './hand-anchors.ts';
import { handPointsOf, jointAt } from './hand-points.ts';
import { assumedHandScale, handScaleFromFace } from './hand-scale.ts';

const intrinsics = defaultIntrinsics(1280, 720);
/** Back shown, and palm shown, fingers up. */
const attitudes = { back: [0, 0, 0, 1], palm: [0, 1, 0, 0] } as const;

function anchorsOf(hand: PaperHand, forearm: Vec3 | null = null): HandAnchors {
  const seen = seePaperHand(hand, intrinsics)!;
  const pose = solveHandPose(
    leftHandSight(seen.landmarks, seen.worldMm, hand.side === 'left', intrinsics),
    intrinsics,
  )!;
  const points = handPointsOf(pose, hand.side, 1);
  const frames = handFrames(points, forearm)!;
  return handAnchorsOf({
    identity: 1,
    confidence: 1,
    hand: points,
    measured: frames,
    shown: frames,
    radiiMm: [0, 1, 2, 3, 4].map((finger) => ringRadiusMm(finger, 1)),
    wristShare: 1,
    scale: assumedHandScale,
  });
}

function heldUp(side: 'left' | 'right', shown: 'back' | 'palm', bendRad = 0.15): PaperHand {
  return {
    side,
    cameraFromHand: { rotation: attitudes[shown], translationMm: [20, -60, -500] },
    anglesRad: paperAngles(bendRad),
    scale: 1,
  };
}

const every = (['left', 'right'] as const).flatMap((side) =>
  (['back', 'palm'] as const).map((shown) => ({ side, shown })),
);

describe('rings', () => {
  it.each(every)(
    'show their stone on the back of the $side hand when its $shown is shown',
    ({ side, shown }) => {
      const { fingers } = anchorsOf(heldUp(side, shown));
      for (const name of ['index', 'middle', 'ring', 'little'] as const) {
        const { rotation } = fingers[name].cameraFromRing;
        const outOfBack = rotateVector(rotation, [0, 0, 1]);
        expect(shown === 'back' ? outOfBack[2] : -outOfBack[2]).toBeGreaterThan(0.85);
        expect(rotateVector(rotation, [0, 1, 0])[1]).toBeGreaterThan(0.85);
        expect(fingers[name].confidence).toBeGreaterThan(0.9);
      }
    },
  );

  it('sit on the finger itself, half way along its first phalanx, and are as wide as it', () => {
    const hand = heldUp('right', 'back');
    const truth = seePaperHand(hand, intrinsics)!;
    const { fingers } = anchorsOf(hand);
    const [knuckle, joint] = [jointAt(truth.jointsMm, 13), jointAt(truth.jointsMm, 14)];
    const middle: Vec3 = [
      (knuckle[0] + joint[0]) / 2,
      (knuckle[1] + joint[1]) / 2,
      (knuckle[2] + joint[2]) / 2,
    ];
    const { translationMm } = fingers.ring.cameraFromRing;
    // Sideways to the millimetre; depth hangs on the assumed size.
    expect(Math.hypot(translationMm[0] - middle[0], translationMm[1] - middle[1])).toBeLessThan(1);
    expect(fingers.ring.radiusMm * 2).toBeCloseTo(17.7, 1);
    expect(fingers.little.radiusMm).toBeLessThan(fingers.index.radiusMm);
  });

  it('turn with the finger as it bends', () => {
    const straight = anchorsOf(heldUp('left', 'back', 0.05)).fingers.middle.cameraFromRing;
    const bent = anchorsOf(heldUp('left', 'back', 0.7)).fingers.middle.cameraFromRing;
    const cosine = dotVectors(
      rotateVector(straight.rotation, [0, 1, 0]),
      rotateVector(bent.rotation, [0, 1, 0]),
    );
    expect(Math.acos(cosine)).toBeGreaterThan(0.45);
    expect(Math.acos(cosine)).toBeLessThan(0.85);
  });

  it('fade on a finger that points at the camera', () => {
    const pointing: PaperHand = {
      ...heldUp('left', 'back', 0.1),
      cameraFromHand: { rotation: [Math.SQRT1_2, 0, 0, Math.SQRT1_2], translationMm: [0, 20, -500] },
    };
    expect(anchorsOf(pointing).fingers.ring.confidence).toBeLessThan(0.5);
  });

  it('fade behind the finger’s own tip when a fist shows its palm, not when it shows its back', () => {
    const fist = paperAngles();
    for (let finger = 1; finger < 5; finger += 1) fist.set([0, 1.3, 1.6, 1], finger * 4);
    const palm = anchorsOf({ ...heldUp('right', 'palm'), anglesRad: fist });
    expect(palm.fingers.middle.confidence).toBeLessThan(0.5);
    const back = anchorsOf({ ...heldUp('right', 'back', 0.4) });
    expect(back.fingers.middle.confidence).toBeGreaterThan(0.9);
  });
});

describe('a watch', () => {
  it.each(every)(
    'sits behind the $side wrist, its dial on the back, when the $shown is shown',
    ({ side, shown }) => {
      const hand = anchorsOf(heldUp(side, shown));
      const { rotation, translationMm } = hand.wrist.cameraFromWrist;
      const dial = rotateVector(rotation, [0, 0, 1]);
      expect(shown === 'back' ? dial[2] : -dial[2]).toBeGreaterThan(0.9);
      expect(rotateVector(rotation, [0, 1, 0])[1]).toBeGreaterThan(0.95);
      const behindMm = jointAt(hand.jointsMm, 0)[1] - translationMm[1];
      expect(behindMm).toBeGreaterThan(20);
      expect(behindMm).toBeLessThan(35);
      expect(hand.wrist.breadthMm).toBeGreaterThan(hand.wrist.depthMm);
    },
  );

  it('leans towards the forearm of a bent wrist where the body tells it', () => {
    const hand = heldUp('left', 'back');
    const aside: Vec3 = [Math.sin(0.6), Math.cos(0.6), 0];
    const alone = rotateVector(anchorsOf(hand).wrist.cameraFromWrist.rotation, [0, 1, 0]);
    const along = rotateVector(anchorsOf(hand, aside).wrist.cameraFromWrist.rotation, [0, 1, 0]);
    expect(dotVectors(along, aside)).toBeGreaterThan(dotVectors(alone, aside) + 0.1);
    // A forearm that runs against the hand is a slip of the body's tracking.
    const absurd = rotateVector(anchorsOf(hand, [0, -1, 0]).wrist.cameraFromWrist.rotation, [0, 1, 0]);
    expect(dotVectors(absurd, alone)).toBeGreaterThan(0.999);
  });
});

describe('the joints for the occluders', () => {
  it('run through the rings', () => {
    fc.assert(
      fc.property(arbitraryHandPose, fc.constantFrom('left' as const, 'right' as const), (pose, side) => {
        const hand = anchorsOf({ side, cameraFromHand: pose, anglesRad: paperAngles(0.3), scale: 1 });
        const [a, b] = [jointAt(hand.jointsMm, fingerRoot(3)), jointAt(hand.jointsMm, fingerRoot(3) + 1)];
        const ring = hand.fingers.ring.cameraFromRing.translationMm;
        const [x, y] = [subtractVectors(ring, a), subtractVectors(b, ring)];
        expect(dotVectors(x, y) / (lengthOf(x) * lengthOf(y))).toBeGreaterThan(0.9999);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the size of a hand', () => {
  it('is assumed with an adult’s spread, and goes a part of the way with the face', () => {
    expect(handScaleFromFace(null)).toEqual(assumedHandScale);
    expect(assumedHandScale.plusMinus).toBeCloseTo(0.123, 3);
    const face = { scale: 1.05, plusMinus: 0.04, source: 'iris', samples: 40 } as const;
    const hand = handScaleFromFace(face);
    expect(hand.source).toBe('face');
    expect(hand.scale).toBeGreaterThan(1.01);
    expect(hand.scale).toBeLessThan(1.05);
    expect(hand.plusMinus).toBeGreaterThan(0.09);
    expect(hand.plusMinus).toBeLessThan(assumedHandScale.plusMinus);
    expect(handScaleFromFace({ ...face, source: 'assumed' })).toEqual(assumedHandScale);
  });
});
