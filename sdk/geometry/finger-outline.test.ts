import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paperAngles, seePaperHand } from '../../tests/support/paper-hand.ts';
import { ofFinger, outlineProbe } from './finger-outline.ts';
import { findCrossEdges, profileLength, profileReach } from './cross-edges.ts';
import { defaultIntrinsics } from './intrinsics.ts';

const skin = [205, 160, 140] as const;
const wall = [90, 100, 110] as const;

/** A finger between two edges (in radii) before a wall, as a lens blurs it, with a neighbour beside it if asked for. */
function profileOf(low: number, high: number, neighbourFrom = 9): Float32Array {
  const blur = 0.06;
  const step = (at: number, edge: number): number => 1 / (1 + Math.exp(-(at - edge) / blur));
  return Float32Array.from({ length: profileLength * 3 }, (_, index) => {
    const at = -profileReach + (Math.floor(index / 3) * 2 * profileReach) / (profileLength - 1);
    const inside = step(at, low) * (1 - step(at, high)) + 0.85 * step(at, neighbourFrom);
    const channel = index % 3;
    return (wall[channel] ?? 0) + inside * ((skin[channel] ?? 0) - (wall[channel] ?? 0));
  });
}

describe("a finger's edges", () => {
  it('are found to a fraction of a sample, wherever the landmarks put the middle', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.25, max: 0.25, noNaN: true }),
        fc.double({ min: 0.88, max: 1.12, noNaN: true }),
        (off, radius) => {
          const edges = findCrossEdges(profileOf(off - radius, off + radius), 20, ofFinger);
          expect(edges).not.toBeNull();
          expect((edges!.highPx + edges!.lowPx) / 2 / 20).toBeCloseTo(off, 1.7);
          expect((edges!.highPx - edges!.lowPx) / 2 / 20).toBeCloseTo(radius, 1.7);
          expect(edges!.trust).toBeGreaterThan(0.3);
        },
      ),
    );
  });

  it('are its own, not those of the finger beside it', () => {
    const edges = findCrossEdges(profileOf(-1, 0.95, 1.15), 20, ofFinger);
    expect(edges!.highPx).toBeLessThan(21);
  });

  it('are not made up where there are none', () => {
    expect(findCrossEdges(new Float32Array(profileLength * 3).fill(128), 20, ofFinger)).toBeNull();
    const faint = profileOf(-1, 1).map((value) => 128 + (value - 128) * 0.02);
    expect(findCrossEdges(faint, 20, ofFinger)?.trust ?? 0).toBeLessThan(0.25);
  });

  it('are not looked for on a finger that points at the camera', () => {
    const intrinsics = defaultIntrinsics(1280, 720);
    const seenFrom = (rotation: readonly [number, number, number, number]) =>
      seePaperHand(
        {
          side: 'left',
          cameraFromHand: { rotation, translationMm: [0, -40, -500] },
          anglesRad: paperAngles(),
          scale: 1,
        },
        intrinsics,
      )!;
    const flat = seenFrom([0, 0, 0, 1]);
    const probe = outlineProbe(flat.landmarks, flat.worldMm, 3, 1280, 720);
    expect(probe?.alongV).toBeLessThan(-0.9);
    expect(probe?.radiusPx).toBeGreaterThan(10);
    // Under a card the palm's phalanges are told too far out, and the scale is the card's.
    const byCard = outlineProbe(flat.landmarks, flat.worldMm, 3, 1280, 720, 2.5);
    expect(byCard?.vPx).toBeGreaterThan((probe?.vPx ?? 0) + 5);
    expect(byCard?.radiusPx).toBeGreaterThan(2.5 * 8);
    expect(byCard?.radiusPx).toBeLessThan(2.5 * 12);
    const pointing = seenFrom([Math.SQRT1_2, 0, 0, Math.SQRT1_2]);
    expect(outlineProbe(pointing.landmarks, pointing.worldMm, 3, 1280, 720)).toBeNull();
  });
});
