import { describe, expect, it } from 'vitest';
import { firstView, Orbit } from './orbit.ts';

function settle(orbit: Orbit, stepMs: number): number {
  let steps = 1;
  while (orbit.advance(stepMs)) steps += 1;
  return steps;
}

describe('a piece held in the hand', () => {
  it('arrives where it was turned to and then rests', () => {
    const orbit = new Orbit();
    orbit.turnBy(1, 0.3);
    settle(orbit, 16);
    expect(orbit.azimuthRad).toBe(firstView.azimuthRad + 1);
    expect(orbit.elevationRad).toBeCloseTo(firstView.elevationRad + 0.3, 12);
    expect(orbit.advance(16)).toBe(false);
  });

  it('moves the same way at any frame rate, and never past its goal', () => {
    const [slow, fast] = [new Orbit(), new Orbit()];
    for (const orbit of [slow, fast]) orbit.turnBy(1, 0);
    slow.advance(96);
    for (let i = 0; i < 12; i += 1) {
      fast.advance(8);
      expect(fast.azimuthRad).toBeLessThan(firstView.azimuthRad + 1);
    }
    expect(fast.azimuthRad).toBeCloseTo(slow.azimuthRad, 9);
  });

  it('is not seen from under the table, from inside or from far away', () => {
    const orbit = new Orbit();
    orbit.turnBy(0, -9);
    orbit.zoomBy(100);
    settle(orbit, 16);
    expect(orbit.elevationRad).toBe(-0.25);
    expect(orbit.zoom).toBe(4);
    orbit.turnBy(0, 9);
    orbit.zoomBy(0.001);
    settle(orbit, 16);
    expect(orbit.elevationRad).toBe(1.35);
    expect(orbit.zoom).toBe(0.8);
  });
});
