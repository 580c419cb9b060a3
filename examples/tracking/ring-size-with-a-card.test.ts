import { describe, expect, it } from 'vitest';
import { createStillTracker, defaultIntrinsics, systemClock, type HandMeasure } from 'vitrine';
import { ringLines, sizeRingsWithCard } from './ring-size-with-a-card.ts';

const measure: HandMeasure = {
  side: 'left',
  ringCircumferences: {
    thumb: null,
    index: { valueMm: 57.2, plusMinusMm: 3.1 },
    middle: null,
    ring: { valueMm: 53.1, plusMinusMm: 2.9 },
    little: null,
  },
};

describe('a ring’s size with a card', () => {
  it('says what to do from the first moment, and shows each finger that could be measured', () => {
    const tracker = createStillTracker({ intrinsics: defaultIntrinsics(1280, 720), clock: systemClock });
    const guidance: string[] = [];
    const shown: (readonly string[])[] = [];
    const end = sizeRingsWithCard(
      tracker,
      {
        guide: (words, progress) => guidance.push(`${progress} ${words}`),
        show: (lines) => shown.push(lines),
      },
      'EU',
    );
    tracker.events.emit('card', { sight: 'tilted', progress: 0 });
    expect(guidance).toEqual([
      '0 Hold a bank card flat across your palm, just under the fingers.',
      '0 Lay it flat, palm and card facing the mirror.',
    ]);
    tracker.events.emit('hand-measured', { identity: 1, measure });
    expect(shown).toEqual([['index: EU 57, between 54 and 60', 'ring: EU 53, between 50 and 56']]);
    end();
    tracker.events.emit('hand-measured', { identity: 1, measure });
    expect(shown).toHaveLength(1);
  });

  it('is told in the client’s own system', () => {
    expect(ringLines(measure, 'US')[1]).toBe('ring: US 6½, between 5½ and 7½');
  });
});
