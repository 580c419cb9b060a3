import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { normalMapWebp } from './normal-map.ts';

describe('a normal map', () => {
  it('leans away from where the height rises: left of a ridge to the left, above one upwards', async () => {
    const ridge = (place: number): number => Math.exp(-(((place - 0.5) * 8) ** 2));
    const pixel = async (heightAt: (u: number, v: number) => number, x: number, y: number) => {
      const webp = await normalMapWebp({ widthPx: 64, heightPx: 64 }, { width: 4, height: 4 }, heightAt);
      const { data, info } = await sharp(webp).raw().toBuffer({ resolveWithObject: true });
      return [
        ...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3),
      ];
    };
    const [leftX = 0, leftY = 0] = await pixel((u) => ridge(u), 26, 32);
    expect(leftX).toBeLessThan(110);
    expect(Math.abs(leftY - 128)).toBeLessThan(4);
    const [aboveX = 0, aboveY = 0] = await pixel((_, v) => ridge(v), 32, 26);
    expect(aboveY).toBeGreaterThan(146);
    expect(Math.abs(aboveX - 128)).toBeLessThan(4);
    const [flatX = 0, flatY = 0, flatZ = 0] = await pixel(() => 0.3, 10, 10);
    expect(Math.max(Math.abs(flatX - 128), Math.abs(flatY - 128), 255 - flatZ)).toBeLessThan(4);
  });
});
