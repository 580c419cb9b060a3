import { describe, expect, test } from 'vitest';
import { length, sub } from '../geometry/vector.ts';
import { templeLine } from './temple-line.ts';

describe('the middle line of a temple', () => {
  const line = templeLine({
    lengthMm: 145,
    bendAtMm: 95,
    bendLengthMm: 16,
    bendDeg: 44,
    offsetXMm: 3.4,
    offsetYMm: 0,
    bowMm: 0,
    tipInMm: 0,
  });

  test('is 145 mm long from the pin to the tip, measured along it', () => {
    let total = 0;
    for (let l = 0; l < 145; l += 0.5) {
      total += length(sub(line(l + 0.5).centre, line(l).centre));
    }
    expect(total).toBeCloseTo(145, 1);
  });

  test('is straight to the bend at 95 mm and falls by 44° behind it', () => {
    expect(line(95).centre.y).toBeCloseTo(0, 6);
    expect(line(95).centre.z).toBeCloseTo(-95, 6);
    const fall = sub(line(140).centre, line(130).centre);
    expect((Math.atan2(-fall.y, -fall.z) * 180) / Math.PI).toBeCloseTo(44, 1);
  });

  test('refuses a place behind its tip', () => {
    expect(() => line(Number.NaN)).toThrow(RangeError);
  });
});
