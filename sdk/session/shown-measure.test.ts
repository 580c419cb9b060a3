import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownMeasure } from './shown-measure.ts';

describe('a measure on a screen', () => {
  it('has tenths where it is known to them, and whole millimetres where it is not', () => {
    expect(shownMeasure({ valueMm: 63.4, plusMinusMm: 0.7 }, 'en')).toEqual({
      value: '63.4',
      plusMinus: '0.7',
    });
    expect(shownMeasure({ valueMm: 63, plusMinusMm: 0.8 }, 'fr')).toEqual({
      value: '63,0',
      plusMinus: '0,8',
    });
    expect(shownMeasure({ valueMm: 63.2, plusMinusMm: 5.3 }, 'en')).toEqual({ value: '63', plusMinus: '6' });
  });

  it('never leaves out a part of the interval that was measured', () => {
    assert(
      property(
        integer({ min: 100, max: 4_000 }),
        integer({ min: 1, max: 1_000 }),
        (valueTenths, halfTenths) => {
          const [valueMm, plusMinusMm] = [valueTenths / 10, halfTenths / 10];
          const shown = shownMeasure({ valueMm, plusMinusMm }, 'en-u-nu-latn');
          const [value, half] = [Number(shown.value), Number(shown.plusMinus)];
          expect(value - half).toBeLessThanOrEqual(valueMm - plusMinusMm + 1e-6);
          expect(value + half).toBeGreaterThanOrEqual(valueMm + plusMinusMm - 1e-6);
          expect(half).toBeLessThan(plusMinusMm + 2);
        },
      ),
    );
  });
});
