import { describe, expect, test } from 'vitest';
import sharp from 'sharp';
import { tortoiseColor, tortoiseTexture } from './tortoise.ts';

describe('tortoise', () => {
  test('repeats without a seam', () => {
    for (const t of [0.1, 0.37, 0.8]) {
      const across = tortoiseColor(0, t).map((c, i) => Math.abs(c - tortoiseColor(1, t)[i]!));
      const along = tortoiseColor(t, 0).map((c, i) => Math.abs(c - tortoiseColor(t, 1)[i]!));
      expect(Math.max(...across, ...along)).toBeLessThan(1e-9);
    }
  });

  test('shows amber and brown, both in quantity', () => {
    let dark = 0;
    let light = 0;
    for (let i = 0; i < 4000; i += 1) {
      const [r] = tortoiseColor((i % 80) / 80, Math.floor(i / 80) / 50);
      dark += r < 0.05 ? 1 : 0;
      light += r > 0.2 ? 1 : 0;
    }
    expect(dark / 4000).toBeGreaterThan(0.12);
    expect(light / 4000).toBeGreaterThan(0.2);
  });

  test('is a WebP of its size, the same every time', async () => {
    const [once, again] = [await tortoiseTexture.bake(0.125), await tortoiseTexture.bake(0.125)];
    expect(once).toEqual(again);
    const { format, width, height } = await sharp(once).metadata();
    expect({ format, width, height }).toEqual({ format: 'webp', width: 128, height: 64 });
  });
});
