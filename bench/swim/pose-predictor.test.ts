import { assert, double, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pose } from '../../sdk/geometry/pose.ts';
import { angleBetweenRad, quaternionFromYawPitchRoll } from '../../sdk/geometry/pose-algebra.ts';
import { PosePredictor, trustedHorizonMs } from './pose-predictor.ts';

function headAt(timeMs: number): Pose {
  return {
    rotation: quaternionFromYawPitchRoll(0.002 * timeMs, 0, 0),
    translationMm: [timeMs, 0, -900],
  };
}

function watching(untilMs: number): PosePredictor {
  const predictor = new PosePredictor();
  for (let timeMs = 0; timeMs <= untilMs; timeMs += 33) predictor.observe(timeMs, headAt(timeMs));
  return predictor;
}

describe('where a moving face will be', () => {
  it('is found a frame ahead to within a tenth of its way', () => {
    const [predicted, truth] = [watching(330).predict(363), headAt(363)];
    expect(Math.abs((predicted?.translationMm[0] ?? 0) - 363)).toBeLessThan(3.3);
    expect(angleBetweenRad(predicted?.rotation ?? [0, 0, 0, 1], truth.rotation)).toBeLessThan(0.007);
  });

  it('is never taken farther than 80 ms of its motion, and never back', () => {
    assert(
      property(double({ min: -500, max: 5_000, noNaN: true }), nat(200), (ahead, more) => {
        const horizonMs = trustedHorizonMs(ahead);
        expect(horizonMs).toBeGreaterThanOrEqual(0);
        expect(horizonMs).toBeLessThanOrEqual(80);
        expect(trustedHorizonMs(ahead + more)).toBeGreaterThanOrEqual(horizonMs);
      }),
    );
    expect(watching(330).predict(9_000)?.translationMm[0]).toBeLessThan(330 + 81);
  });

  it('is the last place for a face that rests, for an earlier time and after a gap', () => {
    const resting = new PosePredictor();
    for (let timeMs = 0; timeMs < 300; timeMs += 33) resting.observe(timeMs, headAt(50));
    expect(resting.predict(360)?.translationMm[0]).toBeCloseTo(50, 9);
    expect(watching(330).predict(200)?.translationMm[0]).toBeCloseTo(330, 9);
    const back = watching(330);
    back.observe(1_000, headAt(500));
    expect(back.predict(1_040)?.translationMm[0]).toBeCloseTo(500, 9);
  });

  it('is not known before anything was seen', () => {
    expect(new PosePredictor().predict(0)).toBeNull();
  });
});
