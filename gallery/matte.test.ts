import { describe, expect, it } from 'vitest';
import { matte, meltEdges, type Pixels } from './matte.ts';

type Colour = readonly [red: number, green: number, blue: number];

const ivory: Colour = [246, 241, 233];
const night: Colour = [12, 12, 14];
const pixels = (...colours: readonly Colour[]): Pixels =>
  new Uint8ClampedArray(colours.flatMap((colour) => [...colour, 255]));
const over = (top: Colour, alpha: number, ground: Colour): Colour => [
  alpha * top[0] + (1 - alpha) * ground[0],
  alpha * top[1] + (1 - alpha) * ground[1],
  alpha * top[2] + (1 - alpha) * ground[2],
];

describe('a piece cut out of its ground', () => {
  const layers = [
    { top: [200, 150, 90], alpha: 1 },
    { top: [0, 0, 0], alpha: 0.3 },
    { top: [90, 120, 100], alpha: 0.5 },
    { top: [0, 0, 0], alpha: 0 },
  ] as const;
  const seenOn = (ground: Colour) => ({
    filled: pixels(...layers.map(({ top, alpha }) => over(top, alpha, ground))),
    bare: pixels(...layers.map(() => ground)),
  });
  const own = seenOn(ivory);
  const cut = matte(own, seenOn(night));

  it('is opaque where nothing shows through, and clear where there is only ground', () => {
    expect([...cut.subarray(0, 4)]).toEqual([200, 150, 90, 255]);
    expect(cut[15]).toBe(0);
  });

  it('lets through glass and shadow what they let through', () => {
    expect((cut[7] ?? 0) / 255).toBeCloseTo(0.3, 1);
    expect((cut[11] ?? 0) / 255).toBeCloseTo(0.5, 1);
  });

  it('gives the picture back when it is laid on its own ground again', () => {
    for (let at = 0; at < cut.length; at += 4) {
      const alpha = (cut[at + 3] ?? 0) / 255;
      const laid = over([cut[at] ?? 0, cut[at + 1] ?? 0, cut[at + 2] ?? 0], alpha, ivory);
      for (const [channel, value] of laid.entries()) {
        expect(Math.abs(value - (own.filled[at + channel] ?? 0))).toBeLessThan(1.6);
      }
    }
  });

  it('takes the dither of a ground for no piece', () => {
    const speckled = { filled: pixels([244, 240, 231]), bare: pixels(ivory) };
    expect(matte(speckled, { filled: pixels(night), bare: pixels(night) })[3]).toBe(0);
  });
});

it('a shadow ends in nothing at the edge of its picture, and is whole in the middle', () => {
  const side = 40;
  const cut: Pixels = new Uint8ClampedArray(side * side * 4).fill(120);
  meltEdges(cut, side);
  const alphaAt = (x: number, y: number) => cut[(y * side + x) * 4 + 3];
  expect([alphaAt(0, 20), alphaAt(39, 20), alphaAt(20, 0), alphaAt(20, 39)]).toEqual([0, 0, 0, 0]);
  expect(alphaAt(20, 20)).toBe(120);
});
