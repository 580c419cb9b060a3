import { describe, expect, it } from 'vitest';
import { splineTube, tube, tubePair } from './spline-tube.ts';

describe('a tube along a curve', () => {
  const arch = splineTube([
    [-40, 0, 0, 4],
    [-20, 15, 0, 5],
    [0, 20, 0, 6],
    [20, 15, 0, 5],
    [40, 0, 0, 4],
  ]);

  it('passes its points at their radii', () => {
    expect(tube(0, 26, 0, arch)).toBeCloseTo(0, 3);
    expect(tube(0, 20, 9, arch)).toBeCloseTo(3, 3);
    expect(tube(20, 15, 0, arch)).toBeCloseTo(-5, 3);
  });

  it('is no farther than any of its cross-sections, wherever one looks from', () => {
    const dense = Array.from({ length: 4001 }, (_, i) => i / 4000);
    const fine = (x: number, y: number): number =>
      Math.min(
        ...dense.map((t) => {
          const u = t * arch.spans;
          const span = Math.min(arch.spans - 1, Math.floor(u));
          const at = (channel: number): number => {
            const [a = 0, b = 0, c = 0, d = 0] = arch.coefficients.subarray(span * 16 + channel * 4);
            const s = u - span;
            return a + s * (b + s * (c + s * d));
          };
          return Math.hypot(x - at(0), y - at(1));
        }),
      );
    for (const [x, y] of [
      [10, 40],
      [33, 20],
      [-31, 2],
      [55, -12],
      [3, 12],
    ] as const) {
      const toAxis = fine(x, y);
      expect(tube(x, y, 0, arch)).toBeGreaterThan(toAxis - 6.1);
      expect(tube(x, y, 0, arch)).toBeLessThan(toAxis - 3.9);
    }
  });

  it('shows no facet: its slope is continuous along the inside of the bend', () => {
    let worstKink = 0;
    const step = 0.25;
    for (let x = -25; x < 25; x += step) {
      const [a, b, c] = [x - step, x, x + step].map((at) => tube(at, 6, 3, arch));
      worstKink = Math.max(worstKink, Math.abs((a ?? 0) - 2 * (b ?? 0) + (c ?? 0)) / step);
    }
    expect(worstKink).toBeLessThan(0.05);
  });

  it('melts into its mirror image at the midline', () => {
    const side = splineTube([
      [6, 0, 0, 5],
      [30, 0, 0, 5],
    ]);
    expect(tubePair(0, 0, 6, side, 6)).toBeLessThan(tube(0, 0, 6, side) - 1);
    expect(tubePair(-9, 2, 6, side, 6)).toBe(tubePair(9, 2, 6, side, 6));
  });
});
