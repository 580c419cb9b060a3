import { describe, expect, it } from 'vitest';
import { softRatio } from './soft-ratio.ts';

describe('how sharp a piece is drawn', () => {
  it('is as sharp as the screen where no camera shows, or the camera is sharper than the screen', () => {
    expect(softRatio(2, null)).toBe(2);
    expect(softRatio(2, 1.6)).toBe(2);
  });

  it('is softer the coarser the camera’s picture is stretched, down to where its lines would go', () => {
    const coarse = softRatio(2, 0.56);
    expect(coarse).toBeGreaterThan(0.9);
    expect(coarse).toBeLessThan(1.1);
    expect(softRatio(2, 0.2)).toBe(0.8);
  });

  it('never asks for more than the tier gives', () => {
    expect(softRatio(1, 1)).toBe(1);
  });
});
