import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStillTracker, defaultIntrinsics, systemClock, type FaceMeasure } from 'vitrine';
import { inTenths, linesOf, measureWithCard } from './measure-with-a-card.ts';

const measure: FaceMeasure = {
  scale: { scale: 1.02, plusMinus: 0.01, source: 'card', samples: 12 },
  pupillaryDistanceFar: { valueMm: 63.24, plusMinusMm: 0.88 },
  pupillaryDistanceNear: null,
  faceWidth: { valueMm: 141.5, plusMinusMm: 5.8 },
};

describe('a measurement with a card', () => {
  it('says what to do from the first moment, and shows the numbers that come after it is done', () => {
    const tracker = createStillTracker({ intrinsics: defaultIntrinsics(1280, 720), clock: systemClock });
    const guidance: string[] = [];
    const shown: (readonly string[])[] = [];
    const end = measureWithCard(tracker, {
      guide: (words, progress) => guidance.push(`${progress} ${words}`),
      show: (lines) => shown.push(lines),
    });
    expect(guidance).toEqual(['0 Hold a bank card flat against your forehead, just above the brows.']);
    tracker.events.emit('card', { sight: 'measured', progress: 1 });
    expect(guidance.at(-1)).toBe('1 You are measured.');
    tracker.events.emit('measured', { identity: 1, measure });
    expect(shown).toEqual([linesOf(measure)]);
    end();
    tracker.events.emit('card', { sight: 'away', progress: 0 });
    tracker.events.emit('measured', { identity: 1, measure });
    expect([guidance.length, shown.length]).toEqual([2, 1]);
  });
});

describe('the numbers', () => {
  it('say how sure they are and by what they were measured, and leave out what is not known', () => {
    expect(linesOf(measure)).toEqual([
      'Pupils, looking far: 63.2 ± 1.0 mm, measured by a card',
      'Face, ear to ear: 141.5 ± 5.8 mm, measured by a card',
    ]);
    const guessed = { ...measure, scale: { ...measure.scale, source: 'iris' as const } };
    expect(linesOf(guessed)[0]).toContain('an estimate');
  });

  it('hold all of the interval when they are written in tenths', () => {
    const mm = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(mm(10, 400), mm(0, 50), (valueMm, plusMinusMm) => {
        const written = inTenths({ valueMm, plusMinusMm });
        const slackMm = 1e-6;
        expect(written.valueMm - written.plusMinusMm).toBeLessThanOrEqual(valueMm - plusMinusMm + slackMm);
        expect(written.valueMm + written.plusMinusMm).toBeGreaterThanOrEqual(valueMm + plusMinusMm - slackMm);
      }),
    );
  });
});
