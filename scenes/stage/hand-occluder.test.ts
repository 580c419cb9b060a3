import {
  InstancedMesh,
  Matrix4,
  Mesh,
  Raycaster,
  SrcColorFactor,
  Vector3,
  ZeroFactor,
  type Material,
} from 'three';
import { describe, expect, it } from 'vitest';
import { followedHand } from '../../tests/support/followed-hand.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import { rotateVector } from '../../sdk/geometry/pose-algebra.ts';
import { createContactShadowUniforms } from '../surface/contact-shadow.ts';
import { HandOccluder } from './hand-occluder.ts';
import { renderOrders } from './render-orders.ts';

function occluderOf(hand: HandAnchors): HandOccluder {
  const occluder = new HandOccluder(createContactShadowUniforms());
  occluder.update(hand);
  occluder.root.updateMatrixWorld(true);
  return occluder;
}

/** A ray looks at an instanced mesh's bounds first, which the renderer never needs. */
function prepare(occluder: HandOccluder): void {
  for (const part of occluder.root.children) {
    if (part instanceof InstancedMesh) part.computeBoundingSphere();
  }
}

/** How far from the camera the occluder's skin lies in the direction of a point; Infinity where it has none. */
function skinMm(occluder: HandOccluder, towards: readonly [number, number, number]): number {
  const ray = new Raycaster(new Vector3(), new Vector3(...towards).normalize());
  prepare(occluder);
  return ray.intersectObject(occluder.root, true)[0]?.distance ?? Infinity;
}

describe.each(['left', 'right'] as const)('the occluder of a %s hand', (side) => {
  const hand = followedHand(side);
  const occluder = occluderOf(hand);

  it('lies just inside the skin under every ring, so that its far side is hidden and its near side is not', () => {
    for (const { cameraFromRing, radiusMm } of Object.values(hand.fingers)) {
      const [x, y, z] = cameraFromRing.translationMm;
      const back = new Vector3(...rotateVector(cameraFromRing.rotation, [0, 0, 1]));
      const above = new Vector3(x, y, z).addScaledVector(back, 40);
      const ray = new Raycaster(above, back.clone().negate());
      prepare(occluder);
      const skin = 40 - (ray.intersectObject(occluder.root, true)[0]?.distance ?? Infinity);
      expect(skin / radiusMm).toBeGreaterThan(0.94);
      expect(skin / radiusMm).toBeLessThan(1);
    }
  });

  it('fills the wrist where a watch sits, as an ellipse', () => {
    const { cameraFromWrist, depthMm, breadthMm } = hand.wrist;
    const [x, y, z] = cameraFromWrist.translationMm;
    expect(Math.hypot(x, y, z) - skinMm(occluder, [x, y, z])).toBeCloseTo((depthMm / 2) * 0.97, 0);
    expect(skinMm(occluder, [x + breadthMm * 0.45, y, z])).toBeLessThan(Infinity);
    expect(skinMm(occluder, [x + breadthMm * 0.56, y, z])).toBe(Infinity);
  });

  it('covers the palm between wrist and fingers', () => {
    const at = (landmark: number): [number, number, number] => [
      hand.jointsMm[landmark * 3] ?? 0,
      hand.jointsMm[landmark * 3 + 1] ?? 0,
      hand.jointsMm[landmark * 3 + 2] ?? 0,
    ];
    const [wrist, middle, little] = [at(0), at(9), at(17)];
    for (const share of [0.3, 0.6, 0.9]) {
      const point = [0, 1, 2].map(
        (axis) =>
          (wrist[axis] ?? 0) + share * (((middle[axis] ?? 0) + (little[axis] ?? 0)) / 2 - (wrist[axis] ?? 0)),
      );
      expect(skinMm(occluder, [point[0] ?? 0, point[1] ?? 0, point[2] ?? 0])).toBeLessThan(
        Math.hypot(...point),
      );
    }
  });

  it('paints nothing but shadow and is drawn before products', () => {
    for (const part of occluder.root.children) {
      expect(part.renderOrder).toBeLessThan(0);
      const { material } = part as Mesh<never, Material>;
      if (part.renderOrder === renderOrders.occluder) expect(material.colorWrite).toBe(false);
      // What is there already is multiplied, and nothing added.
      else expect([material.blendSrc, material.blendDst]).toEqual([ZeroFactor, SrcColorFactor]);
    }
  });
});

describe('an occluder that is no longer needed', () => {
  it('frees everything it made', () => {
    const occluder = new HandOccluder(createContactShadowUniforms());
    occluder.update(followedHand('left'));
    let freed = 0;
    for (const part of occluder.root.children) {
      if (!(part instanceof Mesh)) continue;
      part.geometry.addEventListener('dispose', () => {
        freed += 1;
      });
      part.material.addEventListener('dispose', () => {
        freed += 1;
      });
    }
    occluder.dispose();
    // Six parts, each with a geometry and one of two materials; the cylinder is shared by four of them.
    expect(freed).toBe(12);
  });

  it('has placed as many phalanges and joints as a hand has', () => {
    const occluder = occluderOf(followedHand('left'));
    const matrix = new Matrix4();
    const counts = occluder.root.children.map((part) => {
      if (!(part instanceof InstancedMesh)) return 0;
      for (let instance = 0; instance < part.count; instance += 1) {
        part.getMatrixAt(instance, matrix);
        expect(matrix.determinant()).toBeGreaterThan(0);
      }
      return part.count;
    });
    expect(counts).toEqual([15, 20, 0, 0, 15, 0]);
  });
});
