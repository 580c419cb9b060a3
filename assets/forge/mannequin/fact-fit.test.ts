import { describe, expect, it } from 'vitest';
import { fitCorrection } from './fact-fit.ts';
import type { FitTarget } from './fact-fit.ts';
import { ellipsoid } from './signed-distance.ts';

const ball = (x: number, y: number, z: number): number => ellipsoid(x, y, z, 50, 50, 50);
const scales = [
  { reachMm: 80, ridge: 0.2 },
  { reachMm: 30, ridge: 0.05 },
];

describe('fitting a solid to facts', () => {
  const targets: readonly FitTarget[] = [
    { atMm: [0, 0, 53], distanceMm: 0, toleranceMm: 0.5 },
    { atMm: [30, 10, 38], distanceMm: 0, toleranceMm: 0.5 },
    { atMm: [20, -30, 34], distanceMm: 1, toleranceMm: 0.5 },
  ];
  const correction = fitCorrection(ball, targets, scales);

  it('passes its targets at the wanted distance', () => {
    for (const { atMm, distanceMm } of targets) {
      expect(ball(...atMm) + correction(...atMm)).toBeCloseTo(distanceMm, 1);
    }
  });

  it('holds on both sides and has no crease between them', () => {
    expect(correction(-30, 10, 38)).toBe(correction(30, 10, 38));
    const slope = (correction(0.01, 5, 50) - correction(0, 5, 50)) / 0.01;
    expect(Math.abs(slope)).toBeLessThan(0.01);
  });

  it('leaves alone what is out of reach', () => {
    expect(correction(0, 0, -60)).toBe(0);
  });

  it('yields where the tolerance is wide', () => {
    const missOf = (toleranceMm: number): number => {
      const loose = fitCorrection(ball, [{ atMm: [0, 0, 56], distanceMm: 0, toleranceMm }], scales);
      return Math.abs(ball(0, 0, 56) + loose(0, 0, 56));
    };
    expect(missOf(4)).toBeGreaterThan(missOf(0.5) + 1);
  });

  it('refuses two exact targets in one place', () => {
    const twice = { atMm: [0, 0, 50], distanceMm: 0, toleranceMm: 0 } as const;
    expect(() => fitCorrection(ball, [twice, twice], scales)).toThrow(RangeError);
  });
});
