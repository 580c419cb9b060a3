import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerNames } from '../../sdk/anchors/hand-anchors.ts';
import { FingerStack } from './finger-stack.ts';

const band = { bandMm: 2, headMm: 0 };
const solitaire = { bandMm: 2, headMm: 6 };

describe('rings on a finger', () => {
  it('sits at the ring’s place when it is alone, on every finger', () => {
    const stack = new FingerStack();
    for (const finger of fingerNames) expect(stack.add(finger, solitaire)).toBe(0);
  });

  it('lies on the band before it, towards the tip', () => {
    const stack = new FingerStack();
    stack.add('ring', band);
    expect(stack.add('ring', { bandMm: 4, headMm: 0 })).toBeCloseTo(3.25);
    expect(stack.add('ring', band)).toBeCloseTo(6.5);
  });

  it('has its stone over a plain band, but beside another stone', () => {
    const over = new FingerStack();
    over.add('ring', band);
    expect(over.add('ring', solitaire)).toBeCloseTo(2.25);
    const beside = new FingerStack();
    beside.add('ring', solitaire);
    beside.add('ring', band);
    expect(beside.add('ring', solitaire)).toBeCloseTo(6.25);
  });

  it('never lets two bands, nor two stones, lie in each other', () => {
    const ring = fc.record({
      bandMm: fc.double({ min: 1, max: 9, noNaN: true }),
      headMm: fc.constantFrom(0, 5, 8),
    });
    fc.assert(
      fc.property(fc.array(ring, { minLength: 2, maxLength: 5 }), (rings) => {
        const stack = new FingerStack();
        const placed = rings.map((one) => ({ ...one, at: stack.add('index', one) }));
        for (const [index, above] of placed.entries()) {
          for (const below of placed.slice(0, index)) {
            expect(above.at - below.at).toBeGreaterThanOrEqual((above.bandMm + below.bandMm) / 2);
            if (above.headMm > 0 && below.headMm > 0)
              expect(above.at - below.at).toBeGreaterThanOrEqual((above.headMm + below.headMm) / 2);
          }
        }
      }),
    );
  });
});
