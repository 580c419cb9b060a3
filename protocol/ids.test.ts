import { expect, it } from 'vitest';
import { EpochMs } from './ids.ts';

it('a time is one that every calendar can write', () => {
  const accepted = (ms: number): boolean => EpochMs.safeParse(ms).success;
  expect([0, Date.UTC(2026, 0), Date.parse('9999-12-31T23:59:59.999Z')].map(accepted)).toEqual([
    true,
    true,
    true,
  ]);
  const refused = [-1, 0.5, Date.parse('9999-12-31T23:59:59.999Z') + 1, 8.64e15, 9e15, Number.NaN, Infinity];
  expect(refused.filter(accepted)).toEqual([]);
});
