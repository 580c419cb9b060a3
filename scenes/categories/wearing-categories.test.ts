import { describe, expect, it } from 'vitest';
import { PieceError } from '../models/piece-error.ts';
import { eyewear } from './eyewear.ts';
import type { WearingCategory } from './wearing.ts';
import { registerCategory, wearingCategory } from './wearing-categories.ts';

describe('a house’s own category', () => {
  it('is worn once it is registered, and not before', () => {
    expect(() => wearingCategory('x-fan')).toThrow(PieceError);
    const fan: WearingCategory = { ...eyewear, needs: ['body'] };
    registerCategory('x-fan', fan);
    expect(wearingCategory('x-fan')).toBe(fan);
    expect(wearingCategory('eyewear')).toBe(eyewear);
  });
});
