import { Box3, BoxGeometry, Group, Mesh } from 'three';
import { describe, expect, it } from 'vitest';
import { followedHand } from '../../tests/support/followed-hand.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import { multiplyQuaternions } from '../../sdk/geometry/pose-algebra.ts';
import type { Quaternion } from '../../sdk/geometry/pose.ts';
import { ManualClock } from '../../sdk/core/clock.ts';
import { bracelet } from './bracelet.ts';
import { FingerStack } from './finger-stack.ts';
import { watch } from './watch.ts';
import type { WearingCategory } from './wearing.ts';

const upsideDown: Quaternion = [0, 0, 1, 0];

/** The same hand with its fingers towards the floor. */
function hanging(hand: HandAnchors): HandAnchors {
  const { cameraFromWrist } = hand.wrist;
  const rotation = multiplyQuaternions(upsideDown, cameraFromWrist.rotation);
  return { ...hand, wrist: { ...hand.wrist, cameraFromWrist: { ...cameraFromWrist, rotation } } };
}

/** A piece that takes so much of the forearm's length, on a wrist that is narrower than its inside. */
function worn(
  category: WearingCategory,
  name: 'bracelet' | 'watch',
  alongMm: number,
  { innerWidthMm = 80, crownMm = 0 } = {},
) {
  const [root, piece, instance] = [new Group(), new Group(), new Group()];
  const box = new Mesh(new BoxGeometry(64, alongMm + crownMm, 50));
  box.position.y = crownMm / 2;
  instance.add(box);
  const wearing = category.prepare({
    root,
    piece,
    instance,
    extras: { schemaVersion: 1, category: name, fit: { innerWidthMm, innerHeightMm: 60 } },
    clock: new ManualClock(),
  });
  root.add(piece);
  piece.add(instance);
  return {
    wearing,
    piece,
    /** From where to where it reaches along the forearm from a watch's place, towards the hand. */
    alongMm: (hand: HandAnchors): readonly [min: number, max: number] => {
      wearing.follow({ face: null, hands: [hand], body: null, capturedAtMs: 0 });
      wearing.forgetFit();
      root.position.set(0, 0, 0);
      root.quaternion.identity();
      root.updateMatrixWorld(true);
      const { min, max } = new Box3().setFromObject(instance);
      return [min.y, max.y];
    },
  };
}

describe.each(['left', 'right'] as const)('a loose bracelet on a %s wrist', (side) => {
  const raised = followedHand(side);
  const alone = { finger: null, fingers: new FingerStack(), watchMm: 0 };

  it('slides to where it falls', () => {
    const { wearing, alongMm } = worn(bracelet, 'bracelet', 6);
    wearing.arrange?.(alone);
    expect(alongMm(raised)[1]).toBeLessThan(-5);
    expect(alongMm(hanging(raised))[0]).toBeGreaterThan(5);
  });

  it('lies beside a watch towards the elbow and never over it, however the hand is held', () => {
    const dial = worn(watch, 'watch', 40, { crownMm: 3 });
    const { wearing, alongMm } = worn(bracelet, 'bracelet', 6);
    wearing.arrange?.({ ...alone, watchMm: dial.wearing.watchMm ?? 0 });
    for (const hand of [raised, hanging(raised)]) {
      const free = dial.alongMm(hand)[0] - alongMm(hand)[1];
      expect(free).toBeGreaterThan(0);
      expect(free).toBeLessThan(5);
    }
    wearing.arrange?.(alone);
    expect(alongMm(raised)[0]).toBeGreaterThan(-20);
  });

  it('is as wide as it is made, and no narrower than the arm but for a fifth', () => {
    const wide = raised.wrist.breadthMm;
    for (const [innerMm, drawnMm] of [
      [wide + 20, wide + 20],
      [wide / 1.1, wide],
      [wide / 2, (1.2 * wide) / 2],
    ] as const) {
      const { wearing, piece } = worn(bracelet, 'bracelet', 6, { innerWidthMm: innerMm });
      wearing.follow({ face: null, hands: [raised], body: null, capturedAtMs: 0 });
      expect(piece.scale.x * innerMm).toBeCloseTo(drawnMm);
      expect(piece.scale.y).toBe(1);
    }
  });
});
