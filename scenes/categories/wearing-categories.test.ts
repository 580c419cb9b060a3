import { describe, expect, it } from 'vitest';
import { PieceError } from '../models/piece-error.ts';
import { eyewear } from './eyewear.ts';
import type { WearingCategory } from './wearing.ts';
import { registerCategory, wearingCategory } from './wearing-categories.ts';

describe('a house’s own category', () => {
  it('is worn once it is registered, and not before', () => {
    expect(() => wearingCategory('x-brooch')).toThrow(PieceError);
    const brooch: WearingCategory = { ...eyewear, needs: ['body'] };
    registerCategory('x-brooch', brooch);
    expect(wearingCategory('x-brooch')).toBe(brooch);
    expect(wearingCategory('eyewear')).toBe(eyewear);
  });
});
