import { describe, expect, test } from 'vitest';
import { frontBend } from './front-bend.ts';
import { length, sub, vec3 } from './vector.ts';
import { fjordLensOutline, fjordLensSeat } from '../pieces/fjord-front.ts';

describe('the bend of an acetate front', () => {
  const bend = frontBend({ seat: fjordLensSeat(), lensWidthMm: 51, bridgeWidthMm: 19 });

  test('has no break: a tenth of a millimetre of sheet never becomes more than a fifth', () => {
    for (let s = -70; s < 70; s += 0.1) {
      for (const d of [-2.1, 0, 2.1]) {
        const step = length(sub(bend(vec3(s + 0.1, 0, d)), bend(vec3(s, 0, d))));
        expect(step, `at ${s.toFixed(1)}`).toBeLessThan(0.2);
        expect(step, `at ${s.toFixed(1)}`).toBeGreaterThan(0.05);
      }
    }
  });

  test('keeps the sheet’s thickness', () => {
    for (let s = -70; s <= 70; s += 3.7) {
      expect(length(sub(bend(vec3(s, 2, 2.1)), bend(vec3(s, 2, -2.1))))).toBeCloseTo(4.2, 6);
    }
  });

  test('lays the lens into the middle of the sheet', () => {
    const seat = fjordLensSeat();
    const nasal = fjordLensOutline(360).reduce((low, p) => (p.x < low.x ? p : low));
    const lens = seat.map({ x: nasal.x, y: 0, z: 0 });
    const sheet = bend(vec3(9.5, -7, 0));
    expect(length(sub(lens, sheet))).toBeLessThan(0.01);
  });
});
