import { BoxGeometry, Group, Mesh } from 'three';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../sdk/core/clock.ts';
import type { FaceAnchorName, FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';
import { eyewear } from './eyewear.ts';
import type { Wearer } from './wearing.ts';

/** A face looking straight into the camera from 600 mm, its ears `earZMm` behind the bridge. */
function faceWithEars(earZMm: number): FaceAnchors {
  const at = (translationMm: Vec3): Pose => ({ rotation: [0, 0, 0, 1], translationMm });
  const cameraFromAnchor: Record<FaceAnchorName, Pose> = {
    head: at([0, 0, -600]),
    noseBridge: at([3, 20, -590]),
    leftEar: at([75, 20, -590 + earZMm]),
    rightEar: at([-69, 20, -590 + earZMm]),
    leftEarlobe: at([75, -20, -590 + earZMm]),
    rightEarlobe: at([-69, -20, -590 + earZMm]),
  };
  return {
    identity: 1,
    confidence: 1,
    cameraFromAnchor,
    headMeshMm: new Float32Array(),
    scale: { scale: 1, plusMinus: 0, source: 'assumed', samples: 0 },
    pupillaryDistance: null,
    faceWidth: null,
  };
}

function wornBy(face: FaceAnchors | null): Wearer {
  return { face, hands: [], body: null, capturedAtMs: 0 };
}

function wornFrame() {
  const nodes = {
    root: new Group(),
    piece: new Group(),
    instance: new Group(),
    extras: null,
    clock: new ManualClock(),
  };
  for (const [name, x] of [
    ['temple_left', 66],
    ['temple_right', -66],
  ] as const) {
    const temple = new Mesh(new BoxGeometry(2, 4, 140, 1, 1, 40));
    temple.name = name;
    temple.position.set(x, 0, -72);
    nodes.instance.add(temple);
  }
  const wearing = eyewear.prepare(nodes);
  nodes.piece.add(nodes.instance);
  nodes.root.add(nodes.piece);
  return { nodes, wearing };
}

describe('spectacles on a face', () => {
  it('stand on the bridge of the nose and open their temples to the ears', () => {
    const { nodes, wearing } = wornFrame();
    wearing.follow(wornBy(faceWithEars(-100)));
    expect(nodes.root.position.toArray()).toEqual([3, 20, -590]);
    const turn = (name: string) => nodes.instance.getObjectByName(`${name}_pivot`)?.rotation.y ?? 0;
    expect(turn('temple_left')).toBeLessThan(0);
    expect(turn('temple_right')).toBeGreaterThan(0);
  });

  it('are lost before the ears, and move there slowly unless another face has come', () => {
    const { wearing } = wornFrame();
    wearing.follow(wornBy(faceWithEars(-100)));
    const { fade } = wearing;
    expect(fade).toEqual({ goneMm: -96, wholeMm: -56 });
    wearing.follow(wornBy(faceWithEars(-110)));
    expect(fade?.goneMm).toBeCloseTo(-97.2);
    wearing.forgetFit();
    wearing.follow(wornBy(faceWithEars(-110)));
    expect(fade?.goneMm).toBeCloseTo(-106);
  });

  it('are as surely in their place as the face is, and nowhere without one', () => {
    const { wearing } = wornFrame();
    expect(wearing.follow(wornBy({ ...faceWithEars(-100), confidence: 0.4 }))).toBe(0.4);
    expect(wearing.follow(wornBy(null))).toBe(0);
  });
});
