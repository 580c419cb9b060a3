import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../../sdk/geometry/pose.ts';
import { Pendulum } from './pendulum.ts';

/** Runs at 30 pictures a second; gives the direction at each of them. */
function run(
  pendulum: Pendulum,
  frames: number,
  hingeAt: (frame: number) => Vec3,
  wall = null as Parameters<Pendulum['step']>[2],
) {
  const out: [number, number, number] = [0, 0, 0];
  return Array.from({ length: frames }, (_, frame) => {
    pendulum.step(hingeAt(frame), frame * 33, wall, out);
    return [...out] as unknown as Vec3;
  });
}
const still = (): Vec3 => [10, 20, -600];

describe('a pendulum', () => {
  it('hangs straight down from a hinge at rest, at once', () => {
    for (const [x, y, z] of run(new Pendulum(30), 10, still)) {
      expect(Math.hypot(x, z)).toBeLessThan(1e-9);
      expect(y).toBeCloseTo(-1, 9);
    }
  });

  it('swings back and forth at the rate of its length when its hinge has stopped, and comes to rest', () => {
    const lengthMm = 60;
    const swings = run(new Pendulum(lengthMm, 2), 120, (frame) => [Math.min(frame, 6) * 12, 0, -600]);
    const xs = swings.slice(7).map(([x]) => x);
    expect(Math.max(...xs)).toBeGreaterThan(0.2);
    const crossings = xs.flatMap((x, at) => (at > 0 && (xs[at - 1] ?? 0) < 0 !== x < 0 ? [at] : []));
    const halfPeriodS = (((crossings[4] ?? 0) - (crossings[0] ?? 0)) / 4) * 0.033;
    const expectedS = Math.PI * Math.sqrt(lengthMm / 9_810);
    expect(Math.abs(halfPeriodS / expectedS - 1)).toBeLessThan(0.15);
    expect(
      Math.hypot(...(swings.at(-1) ?? [1, 1, 1]).map((part, axis) => part + (axis === 1 ? 1 : 0))),
    ).toBeLessThan(0.05);
  });

  it('never leaves its rod, never passes its wall, whatever its hinge does', () => {
    const hinges = fc.array(
      fc.tuple(...Array.from({ length: 3 }, () => fc.double({ min: -90, max: 90, noNaN: true }))),
      {
        minLength: 2,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(hinges, (places) => {
        // The wall goes with the hinge, as a jaw goes with its ear.
        const pendulum = new Pendulum(25);
        const out: [number, number, number] = [0, 0, 0];
        places.forEach(([x = 0, y = 0, z = 0], frame) => {
          const hingeMm: Vec3 = [x, y, z - 600];
          pendulum.step(hingeMm, frame * 33, { pointMm: [x - 3, y, z - 600], normal: [1, 0, 0] }, out);
          expect(Math.hypot(...out)).toBeCloseTo(1, 6);
          expect(out[0] * 25).toBeGreaterThan(-3.2);
        });
      }),
    );
  });

  it('hangs still after a gap and after a jump', () => {
    const pendulum = new Pendulum(30);
    const out: [number, number, number] = [0, 0, 0];
    pendulum.step([0, 0, -600], 0, null, out);
    pendulum.step([40, 0, -600], 33, null, out);
    expect(out[0]).toBeLessThan(-0.1);
    pendulum.step([80, 0, -600], 2_000, null, out);
    expect(out[0]).toBeCloseTo(0, 9);
    pendulum.step([400, 0, -600], 2_033, null, out);
    expect(out[0]).toBeCloseTo(0, 9);
  });

  it('hangs still again after a place that was none', () => {
    const pendulum = new Pendulum(30);
    const out: [number, number, number] = [0, 0, 0];
    pendulum.step([0, 0, -600], 0, null, out);
    pendulum.step([0, Number.NaN, -600], 33, null, out);
    pendulum.step([0, 0, -600], 66, null, out);
    expect(out).toEqual([0, -1, 0]);
  });
});
