import { BoxGeometry, Group, Mesh } from 'three';
import { describe, expect, it } from 'vitest';
import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import { faceAnchorPoses } from '../../sdk/anchors/face-anchors.ts';
import { ManualClock } from '../../sdk/core/clock.ts';
import { quaternionFromYawPitchRoll } from '../../sdk/geometry/pose-algebra.ts';
import { mannequinPoints } from '../../sdk/tracking/still-tracker.ts';
import { earrings } from './earrings.ts';

function faceTurned(yawDeg: number): FaceAnchors {
  const rotation = quaternionFromYawPitchRoll((yawDeg * Math.PI) / 180, 0, 0);
  const head = { rotation, translationMm: [0, 0, -700] } as const;
  return {
    identity: 1,
    confidence: 1,
    cameraFromAnchor: faceAnchorPoses(head, mannequinPoints),
    headMeshMm: new Float32Array(),
    scale: { scale: 1, plusMinus: 0, source: 'assumed', samples: 0 },
    pupillaryDistance: null,
    faceWidth: null,
  };
}

function worn() {
  const [root, piece, instance] = [new Group(), new Group(), new Group()];
  const studs = (['left', 'right'] as const).map((side) => {
    const stud = new Mesh(new BoxGeometry(0.005, 0.005, 0.005));
    stud.name = `earring_${side}`;
    return stud;
  });
  instance.add(...studs);
  const extras = { schemaVersion: 1, category: 'earrings' } as const;
  const wearing = earrings.prepare({ root, piece, instance, extras, clock: new ManualClock() });
  return (yawDeg: number): readonly boolean[] => {
    wearing.follow({ face: faceTurned(yawDeg), hands: [], body: null, capturedAtMs: 0 });
    return piece.children.map(({ visible }) => visible);
  };
}

describe('earrings', () => {
  it('are seen on both ears from the front, and not on the one behind a head that is turned', () => {
    const seenAt = worn();
    expect(seenAt(0)).toEqual([true, true]);
    expect(seenAt(15)).toEqual([true, true]);
    // Turned to their left, the left ear goes behind the head.
    expect(seenAt(35)).toEqual([false, true]);
    expect(seenAt(-35)).toEqual([true, false]);
  });

  it('do not come and go about one angle', () => {
    const seenAt = worn();
    seenAt(35);
    const between = [25, 26, 25, 24].map((yaw) => seenAt(yaw)[0]);
    expect(between).toEqual([false, false, false, false]);
    expect(seenAt(15)[0]).toBe(true);
    expect([25, 24, 25].map((yaw) => seenAt(yaw)[0])).toEqual([true, true, true]);
  });
});
