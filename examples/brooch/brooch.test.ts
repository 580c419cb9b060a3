import { Group, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { createStillTracker, defaultIntrinsics, ManualClock } from 'vitrine';
import { brooch } from './brooch.ts';

describe('the example of a category', () => {
  it('pins its piece on the left of the chest, facing forward, and is nowhere without a body', () => {
    const clock = new ManualClock();
    const tracker = createStillTracker({ intrinsics: defaultIntrinsics(1280, 720), clock });
    void tracker.start();
    clock.advance(33);
    const anchors = tracker.takeFrame()?.anchors;
    const [root, piece] = [new Group(), new Group()];
    root.add(piece);
    const wearing = brooch.prepare({ root, piece, instance: new Group(), extras: null, clock });
    const wearer = { face: null, hands: [], capturedAtMs: 0 };
    expect(wearing.follow({ ...wearer, body: null })).toBe(0);
    expect(wearing.follow({ ...wearer, body: anchors?.body ?? null })).toBe(1);
    root.updateMatrixWorld(true);
    const pit = new Vector3(...(anchors?.body?.cameraFromAnchor.neckBase.translationMm ?? [0, 0, 0]));
    const place = piece.getWorldPosition(new Vector3()).sub(pit);
    expect(place.x).toBeGreaterThan(50);
    expect(place.y).toBeLessThan(-50);
    expect(piece.getWorldDirection(new Vector3()).z).toBeGreaterThan(0.9);
  });
});
