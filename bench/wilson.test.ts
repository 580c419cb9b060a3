import { expect, it } from 'vitest';
import { wilson } from './wilson.ts';

it('gives Wilson’s interval, also of none and of all', () => {
  const { low, high } = wilson(5, 20);
  expect(low).toBeCloseTo(0.1119, 4);
  expect(high).toBeCloseTo(0.4687, 4);
  expect(wilson(0, 100).low).toBe(0);
  expect(wilson(0, 100).high).toBeCloseTo(0.037, 4);
  expect(wilson(100, 100).high).toBe(1);
  expect(() => wilson(1, 0)).toThrow(RangeError);
});
