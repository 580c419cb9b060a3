import { describe, expect, it } from 'vitest';
import { faceLightFrom, linearFromSrgb8, linearMeanOf } from './light-estimate.ts';

function pixels(...colours: (readonly [number, number, number])[]): Uint8ClampedArray {
  return Uint8ClampedArray.from(colours.flatMap(([r, g, b]) => [r, g, b, 255]));
}

describe('the light on a face', () => {
  it('is averaged in linear light', () => {
    expect(linearMeanOf(pixels([40, 40, 40], [200, 200, 200])).green).toBeCloseTo(
      (linearFromSrgb8(40) + linearFromSrgb8(200)) / 2,
      6,
    );
  });

  it('is nearly neutral on the skin patches of the colour chart, light and dark', () => {
    for (const skin of [
      [194, 150, 130],
      [115, 82, 68],
    ] as const) {
      const { tint } = faceLightFrom(linearMeanOf(pixels(skin)));
      expect(tint[0]).toBeGreaterThan(0.85);
      expect(tint[0]).toBeLessThan(1.15);
      expect(tint[2]).toBeGreaterThan(0.85);
      expect(tint[2]).toBeLessThan(1.15);
    }
  });

  it('is warmer under a warm lamp and brighter under a bright one', () => {
    const shop = faceLightFrom(linearMeanOf(pixels([180, 140, 120])));
    const warm = faceLightFrom(linearMeanOf(pixels([200, 140, 90])));
    expect(warm.tint[0]).toBeGreaterThan(shop.tint[0]);
    expect(warm.tint[2]).toBeLessThan(shop.tint[2]);
    expect(faceLightFrom(linearMeanOf(pixels([90, 70, 60]))).exposure).toBeLessThan(shop.exposure);
  });

  it('is neutral when nothing can be told', () => {
    expect(faceLightFrom(linearMeanOf(pixels([255, 255, 255], [0, 0, 0])))).toEqual({
      tint: [1, 1, 1],
      exposure: 1,
    });
  });
});
