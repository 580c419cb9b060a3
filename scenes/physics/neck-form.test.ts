import { expect, it } from 'vitest';
import { neckFormMm } from './neck-form.ts';

it('is as deep within the neck on its very axis as beside it', () => {
  // A section of the column has its middle there.
  const beside = neckFormMm(0.1, 87, -48);
  expect(beside).toBeLessThan(-40);
  expect(neckFormMm(0, 87, -48)).toBeCloseTo(beside, -0.5);
});
