import { describe, expect, it } from 'vitest';
import type { IrisObservation } from './iris-scale.ts';
import {
  IrisScaleEstimator,
  farPupillaryDistanceMm,
  headSizeSd,
  irisDiameterMm,
  nearPupillaryDistanceMm,
} from './iris-scale.ts';

const sound: IrisObservation = {
  rightCanonicalMm: irisDiameterMm / 1.05,
  leftCanonicalMm: irisDiameterMm / 1.05,
  headAngleRad: 0.05,
  eyeOpenness: 0.3,
};

describe('the scale from the iris', () => {
  it('waits for eleven sound frames', () => {
    const estimator = new IrisScaleEstimator();
    for (let frame = 0; frame < 10; frame += 1) estimator.observe(sound);
    expect(estimator.estimate()).toBeNull();
    estimator.observe(sound);
    const larger = estimator.estimate();
    expect(larger?.scale).toBeGreaterThan(1.015);
    expect(larger?.scale).toBeLessThan(1.05);
  });

  it('holds the truth within its interval, and doubts a head that is far from usual', () => {
    const estimateOf = (size: number) => {
      const estimator = new IrisScaleEstimator();
      const canonicalMm = irisDiameterMm / size;
      for (let frame = 0; frame < 20; frame += 1) {
        estimator.observe({ ...sound, rightCanonicalMm: canonicalMm, leftCanonicalMm: canonicalMm });
      }
      return estimator.estimate();
    };
    for (const size of [0.9, 0.96, 1, 1.04, 1.1]) {
      const { scale, plusMinus } = estimateOf(size) ?? { scale: 0, plusMinus: 0 };
      expect(Math.abs(scale - size)).toBeLessThan(plusMinus);
      expect(Math.abs(scale - 1)).toBeLessThanOrEqual(Math.abs(size - 1));
    }
  });

  it('leaves out turned heads, closed eyes and eyes that disagree', () => {
    const estimator = new IrisScaleEstimator();
    expect(estimator.observe({ ...sound, headAngleRad: 0.2 })).toBe(false);
    expect(estimator.observe({ ...sound, eyeOpenness: 0.1 })).toBe(false);
    expect(estimator.observe({ ...sound, leftCanonicalMm: 8 })).toBe(false);
    expect(estimator.observe({ ...sound, leftCanonicalMm: Number.NaN })).toBe(false);
    expect(estimator.samples).toBe(0);
  });

  it('is not moved by two wild samples on either side', () => {
    const estimator = new IrisScaleEstimator();
    for (let frame = 0; frame < 11; frame += 1) estimator.observe(sound);
    const before = estimator.estimate()?.scale ?? 0;
    for (const factor of [0.5, 0.6, 2, 3]) {
      estimator.observe({
        ...sound,
        rightCanonicalMm: sound.rightCanonicalMm * factor,
        leftCanonicalMm: sound.leftCanonicalMm * factor,
      });
    }
    expect(estimator.estimate()?.scale).toBeCloseTo(before, 6);
  });

  it('never claims to know a face better than heads differ among people', () => {
    const estimator = new IrisScaleEstimator();
    for (let frame = 0; frame < 500; frame += 1) estimator.observe(sound);
    const estimate = estimator.estimate();
    expect(estimate?.plusMinus).toBeGreaterThanOrEqual(1.95 * headSizeSd);
  });
});

describe('the distance of the pupils', () => {
  it('is larger when gazing far than at a near camera', () => {
    expect(farPupillaryDistanceMm(62, 500)).toBeCloseTo(63.4, 1);
    expect(nearPupillaryDistanceMm(farPupillaryDistanceMm(62, 500), 500)).toBeCloseTo(62, 9);
  });
});
