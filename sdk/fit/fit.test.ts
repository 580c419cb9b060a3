import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Piece } from '../../protocol/product.ts';
import { chainFall, fitOf, fitRangeOf, verdictOf, type FitRange, type FitVerdict } from './fit.ts';

const piece = (category: string, dimensions: Record<string, number>): Piece =>
  ({ category, dimensions }) as unknown as Piece;
const frame = piece('eyewear', { lensWidthMm: 54, frameWidthMm: 137 });
const ring = piece('ring', { leastSizeEu: 48, greatestSizeEu: 60 });
const face = (valueMm: number, plusMinusMm: number) => ({ kind: 'face-width', valueMm, plusMinusMm });

/** What a verdict admits of a body that is known exactly. */
const admits: Readonly<Record<FitVerdict, readonly FitVerdict[]>> = {
  well: ['well'],
  wide: ['wide'],
  narrow: ['narrow'],
  wellOrWide: ['well', 'wide'],
  wellOrNarrow: ['well', 'narrow'],
  unknown: ['well', 'wide', 'narrow'],
};

describe('how a piece fits', () => {
  it('says plainly what is sure, and both sides of a border that the ± reaches over', () => {
    const verdict = (valueMm: number, plusMinusMm: number) =>
      fitOf(frame, [face(valueMm, plusMinusMm)])?.verdict;
    expect(verdict(136, 3)).toBe('well');
    expect(verdict(140, 3)).toBe('wellOrNarrow');
    expect(verdict(150, 3)).toBe('narrow');
    expect(verdict(142, 3)).toBe('wellOrNarrow');
    expect(verdict(130, 3)).toBe('wellOrWide');
    expect(verdict(128, 3)).toBe('wellOrWide');
    expect(verdict(120, 3)).toBe('wide');
    expect(verdict(136, 12)).toBe('unknown');
  });

  it('says nothing of a client who was not measured, or of whom something else was', () => {
    const index = { kind: 'ring-circumference', finger: 'index', valueMm: 57, plusMinusMm: 2 } as const;
    expect(fitOf(ring, [index])?.measured).toBeNull();
    expect(fitOf(ring, [index], 'index')?.measured).toMatchObject({ valueMm: 57 });
    expect(fitOf(frame, [])).toMatchObject({ measured: null, verdict: 'unknown' });
    expect(fitOf(ring, [face(136, 3)])).toMatchObject({ measured: null, verdict: 'unknown' });
    expect(fitOf(piece('bag', { widthMm: 240, heightMm: 180 }), [face(136, 3)])).toBeNull();
  });

  it('has a ring fit whoever’s size it is made in, to half a size', () => {
    const size = (valueMm: number) => verdictOf(fitRangeOf(ring) as FitRange, { valueMm, plusMinusMm: 0 });
    expect(size(47.6)).toBe('well');
    expect(size(47.4)).toBe('wide');
    expect(size(60.4)).toBe('well');
    expect(size(60.6)).toBe('narrow');
  });

  it('knows for which heads and wrists a piece is made', () => {
    expect(
      fitRangeOf(piece('hat', { headCircumferenceMm: 570, crownHeightMm: 110, brimWidthMm: 70 })),
    ).toEqual({
      measure: 'head-circumference',
      leastMm: 565,
      mostMm: 575,
    });
    expect(fitRangeOf(piece('watch', { wristLeastMm: 135, wristMostMm: 185 }))).toMatchObject({
      leastMm: 135,
      mostMm: 185,
    });
    expect(fitRangeOf(piece('bracelet', { lengthMm: 180, sectionMm: 6 }))).toMatchObject({
      leastMm: 148,
      mostMm: 172,
    });
    const bangle = fitRangeOf(piece('bracelet', { innerWidthMm: 60, innerHeightMm: 60, sectionMm: 3 }));
    expect(bangle?.mostMm).toBeCloseTo(60 * Math.PI - 8);
  });

  it('never claims more than the ± allows, and never less', () => {
    // Doubles would mostly be tiny or huge.
    const tenths = (min: number, max: number) =>
      fc.integer({ min: min * 10, max: max * 10 }).map((value) => value / 10);
    const range = fc.tuple(tenths(100, 140), tenths(1, 30)).map(([leastMm, widthMm]): FitRange => ({
      measure: 'face-width',
      leastMm,
      mostMm: leastMm + widthMm,
    }));
    const share = tenths(-1, 1);
    const measured = fc.record({
      valueMm: tenths(80, 190),
      plusMinusMm: tenths(0, 30),
    });
    fc.assert(
      fc.property(range, measured, share, (range, body, at) => {
        const told = verdictOf(range, body);
        const exact = (valueMm: number) => verdictOf(range, { valueMm, plusMinusMm: 0 });
        const truth = exact(body.valueMm + at * body.plusMinusMm);
        expect(admits[told]).toContain(truth);
        const ends = [exact(body.valueMm - body.plusMinusMm), exact(body.valueMm + body.plusMinusMm)];
        // Each side that is admitted is one that the interval's ends reach.
        for (const side of admits[told]) if (side !== 'well') expect(ends).toContain(side);
      }),
      { numRuns: 1_000 },
    );
  });

  it('lets a longer chain never lie higher', () => {
    const falls = ['throat', 'base', 'collarbone', 'breast', 'low'];
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 900 }), fc.integer({ min: 0, max: 300 }), (lengthMm, more) => {
        expect(falls.indexOf(chainFall(lengthMm + more))).toBeGreaterThanOrEqual(
          falls.indexOf(chainFall(lengthMm)),
        );
      }),
    );
  });
});
