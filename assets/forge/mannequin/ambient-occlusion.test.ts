import { describe, expect, it } from 'vitest';
import { createOpenness } from './ambient-occlusion.ts';
import { ellipsoid, smoothDifference } from './signed-distance.ts';

describe('ambient openness', () => {
  // A ball of 40 mm with a pit of 12 mm in its front.
  const field = (x: number, y: number, z: number): number =>
    smoothDifference(ellipsoid(x, y, z, 40, 40, 40), ellipsoid(x, y, z - 36, 12, 12, 20), 2);
  const opennessAt = createOpenness(field, { halfWidthMm: 60, fromMm: [-60, -60], toMm: [60, 60] });

  it('is whole on a convex surface', () => {
    expect(opennessAt([0, 40, 0], [0, 1, 0])).toBeGreaterThan(0.95);
    expect(opennessAt([-40, 0, 0], [-1, 0, 0])).toBeGreaterThan(0.95);
  });

  it('is small at the bottom of a pit, and smaller on its wall near the bottom than at its rim', () => {
    expect(opennessAt([0, 0, 16], [0, 0, 1])).toBeLessThan(0.5);
    const deep = opennessAt([-11, 0, 28], [1, 0, 0]);
    const shallow = opennessAt([-11.5, 0, 36], [1, 0, 0]);
    expect(deep).toBeLessThan(shallow);
  });
});
