import { Group } from 'three';
import { describe, expect, it } from 'vitest';
import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import { ManualClock } from '../../sdk/core/clock.ts';
import { stillBody } from '../../sdk/tracking/still-body.ts';
import { necklace } from './necklace.ts';

const body = stillBody({ rotation: [0, 0, 0, 1], translationMm: [0, 120, -560] });

function faceOf(scale: number): FaceAnchors {
  return { scale: { scale, plusMinus: 0, source: 'iris', samples: 9 } } as FaceAnchors;
}

function worn() {
  const instance = new Group();
  const pendant = new Group();
  pendant.name = 'pendant';
  instance.add(pendant);
  const [root, piece] = [new Group(), new Group()];
  root.add(piece);
  piece.add(instance);
  const wearing = necklace.prepare({ root, piece, instance, extras: null, clock: new ManualClock() });
  return {
    wearing,
    /** How high the pendant hangs when this face is seen, or none; millimetres from the pit of the neck. */
    hangsAtMm: (face: FaceAnchors | null): number => {
      wearing.follow({ face, hands: [], body, capturedAtMs: 0 });
      return pendant.position.y * 1_000;
    },
  };
}

describe('a worn necklace', () => {
  it('hangs higher on a larger neck, stays so while the face is away, and is laid anew for the next person', () => {
    const { wearing, hangsAtMm } = worn();
    const usual = hangsAtMm(null);
    const large = hangsAtMm(faceOf(1.1));
    expect(large).toBeGreaterThan(usual + 5);
    expect(hangsAtMm(null)).toBe(large);
    wearing.forgetFit();
    expect(hangsAtMm(null)).toBe(usual);
  });

  it('is not laid anew for what a measure wavers', () => {
    const { hangsAtMm } = worn();
    expect(hangsAtMm(faceOf(1.02))).toBe(hangsAtMm(null));
  });
});
