import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OneEuroRotationFilter, OneEuroVectorFilter } from './one-euro-filter.ts';
import { angleBetweenRad, quaternionFromRotationVector } from '../../sdk/geometry/pose-algebra.ts';

const settings = { minCutoffHz: 1, beta: 0.1, speedCutoffHz: 1 };

/** Noise with a seed, so that a red test stays red. */
function* noise(): Generator<number, never> {
  let state = 12_345;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648 - 0.5;
  }
}

describe('the One Euro filter', () => {
  it('calms a resting point', () => {
    const filter = new OneEuroVectorFilter(settings);
    const random = noise();
    let raw = 0;
    let calm = 0;
    for (let frame = 0; frame < 600; frame += 1) {
      const sample = random.next().value;
      const [filtered] = filter.filter(frame * 33, [sample, 0, 0]);
      if (frame > 60) {
        raw += sample * sample;
        calm += filtered * filtered;
      }
    }
    expect(Math.sqrt(calm / raw)).toBeLessThan(0.5);
  });

  it('lags little behind a fast point', () => {
    const filter = new OneEuroVectorFilter(settings);
    let last = 0;
    for (let frame = 0; frame <= 60; frame += 1) [last] = filter.filter(frame * 33, [frame * 33, 0, 0]);
    expect(60 * 33 - last).toBeLessThan(5);
  });

  it('never leaves the range of what it was given', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1 }), (samples) => {
        const filter = new OneEuroVectorFilter(settings);
        samples.forEach((sample, frame) => {
          const [filtered] = filter.filter(frame * 33, [sample, 0, 0]);
          const seen = samples.slice(0, frame + 1);
          expect(filtered).toBeGreaterThanOrEqual(Math.min(...seen) - 1e-9);
          expect(filtered).toBeLessThanOrEqual(Math.max(...seen) + 1e-9);
        });
      }),
    );
  });

  it('refuses a time that does not grow, and does not divide by it', () => {
    const filter = new OneEuroVectorFilter(settings);
    filter.filter(100, [1, 1, 1]);
    expect(filter.filter(100, [9, 9, 9])).toEqual([1, 1, 1]);
    expect(filter.filter(50, [9, 9, 9])).toEqual([1, 1, 1]);
    expect(filter.filter(Number.NaN, [9, 9, 9])).toEqual([1, 1, 1]);
  });

  it('takes the sign of a quaternion for what it is: no turn', () => {
    const filter = new OneEuroRotationFilter(settings);
    const q = quaternionFromRotationVector([0.1, 0.2, 0.3]);
    filter.filter(0, q);
    const filtered = filter.filter(33, [-q[0], -q[1], -q[2], -q[3]]);
    expect(angleBetweenRad(filtered, q)).toBeLessThan(1e-9);
  });
});
