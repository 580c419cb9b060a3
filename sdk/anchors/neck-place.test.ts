import { describe, expect, it } from 'vitest';
import type { Pose, Vec3 } from '../geometry/pose.ts';
import { lengthOf, quaternionFromYawPitchRoll, subtractVectors } from '../geometry/pose-algebra.ts';
import type { FaceAnchors } from './anchor-frame.ts';
import { NeckPlace } from './neck-place.ts';

const torso: Pose = { rotation: quaternionFromYawPitchRoll(0.1, 0, 0), translationMm: [0, -230, -700] };
const byShoulders: Vec3 = [12, -205, -690];

function faceAt(translationMm: Vec3): FaceAnchors {
  const head: Pose = { rotation: [0, 0, 0, 1], translationMm };
  return {
    identity: 1,
    confidence: 1,
    cameraFromAnchor: {
      head,
      noseBridge: head,
      leftEar: head,
      rightEar: head,
      leftEarlobe: head,
      rightEarlobe: head,
    },
    headMeshMm: new Float32Array(),
    scale: { scale: 1, plusMinus: 0.1, source: 'assumed', samples: 0 },
    pupillaryDistance: null,
    faceWidth: null,
  };
}

describe('the pit of the neck', () => {
  it('stays where it is when the face is lost for a moment', () => {
    const neck = new NeckPlace();
    const withFace = neck.locate(torso, byShoulders, faceAt([0, 0, -650]));
    expect(lengthOf(subtractVectors(withFace, byShoulders))).toBeGreaterThan(10);
    const without = neck.locate(torso, byShoulders, null);
    expect(lengthOf(subtractVectors(without, withFace))).toBeLessThan(1e-6);
    neck.reset();
    expect(neck.locate(torso, byShoulders, null)).toEqual(byShoulders);
  });

  it('is not hung under the head of whoever stands beside', () => {
    const neck = new NeckPlace();
    expect(neck.locate(torso, byShoulders, faceAt([320, 0, -650]))).toEqual(byShoulders);
  });
});
