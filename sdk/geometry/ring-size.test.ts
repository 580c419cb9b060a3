import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerBreadth, ringCircumference, scaleFromDepth } from './finger-size.ts';
import { ringCircumferenceMm, ringNumber, ringSizeName, ringSizeOf } from './ring-size.ts';

const system = fc.constantFrom('EU' as const, 'US' as const, 'UK' as const, 'JP' as const);
const circumference = fc.double({ min: 41, max: 76, noNaN: true });

describe('ring sizes', () => {
  it('agree with the jewellers’ table', () => {
    // US 7 is 17.3 mm across, 54.4 around: EU 54, N½ and 14 in the trade's tables.
    const named = (which: 'EU' | 'US' | 'UK' | 'JP'): string | null =>
      ringSizeName(which, ringNumber(which, 54.35));
    expect([named('EU'), named('US'), named('UK'), named('JP')]).toEqual(['54', '7', 'N½', '14']);
    expect(ringSizeName('UK', ringNumber('UK', 37.5))).toBe('A');
    expect(ringSizeName('UK', ringNumber('UK', 70.6))).toBe('Z+1½');
    expect(ringSizeName('JP', ringNumber('JP', Math.PI * 13))).toBe('1');
    expect(ringSizeName('US', ringNumber('US', 50.5))).toBe('5½');
  });

  it('come back from every system', () => {
    fc.assert(
      fc.property(system, circumference, (which, mm) => {
        expect(ringCircumferenceMm(which, ringNumber(which, mm))).toBeCloseTo(mm, 9);
      }),
    );
  });

  it('grow with the finger in every system', () => {
    fc.assert(
      fc.property(system, circumference, fc.double({ min: 0.01, max: 5, noNaN: true }), (which, mm, more) => {
        expect(ringNumber(which, mm + more)).toBeGreaterThan(ringNumber(which, mm));
      }),
    );
  });

  it('have no name below the smallest ring', () => {
    expect(ringSizeName('UK', -2)).toBeNull();
    expect(ringSizeName('US', -1)).toBeNull();
    expect(ringSizeOf('JP', { valueMm: 30, plusMinusMm: 1 })).toBeNull();
  });

  it('are told with their range', () => {
    expect(ringSizeOf('EU', { valueMm: 53.1, plusMinusMm: 1.2 })).toEqual({
      system: 'EU',
      likely: '53',
      least: '52',
      most: '54',
    });
  });
});

describe('the breadth of a finger beside a card', () => {
  const card = scaleFromDepth(0.2, 450, 9);

  it('is what the picture shows, times the scale at its distance', () => {
    const breadth = fingerBreadth({ breadthPx: 90, plusMinusPx: 1, turnRad: 0 }, card);
    expect(breadth.valueMm).toBeCloseTo(18, 6);
    // One pixel of 90 and 9 mm of 450, together.
    expect(breadth.plusMinusMm).toBeCloseTo(18 * Math.hypot(1 / 90, 9 / 450), 6);
  });

  it('is the same from every side of an elliptic finger', () => {
    fc.assert(
      fc.property(fc.double({ min: -1.5, max: 1.5, noNaN: true }), (turnRad) => {
        const shownPx = 90 * Math.hypot(Math.cos(turnRad), 0.95 * Math.sin(turnRad));
        const breadth = fingerBreadth({ breadthPx: shownPx, plusMinusPx: 1, turnRad }, card);
        expect(breadth.valueMm).toBeCloseTo(18, 6);
        expect(breadth.plusMinusMm).toBeGreaterThan(0.2);
      }),
    );
  });

  it('gives a ring’s circumference whose interval holds rounder and flatter fingers', () => {
    const ring = ringCircumference({ valueMm: 18, plusMinusMm: 0.2 });
    expect(ring.valueMm).toBeGreaterThan(Math.PI * 18 * 0.95);
    expect(ring.valueMm).toBeLessThan(Math.PI * 18);
    const spread = [0.9, 1].map((share) => {
      const [a, b] = [9, 9 * share];
      return Math.PI * Math.sqrt(2 * (a * a + b * b));
    });
    for (const mm of spread) expect(Math.abs(mm - ring.valueMm)).toBeLessThan(ring.plusMinusMm);
  });
});
