import type { CardSight, FaceMeasure, MeasureMm, Tracker } from 'vitrine';

// #region card
const cardWords: Readonly<Record<CardSight, string>> = {
  none: 'Hold a bank card flat against your forehead, just above the brows.',
  away: 'Let the card touch your forehead.',
  tilted: 'Lay it flat, facing the mirror.',
  held: 'Hold still for a moment.',
  measured: 'You are measured.',
};

/** Where a client sees how the measurement goes. */
export interface MeasureScreen {
  /** What to do with the card, and the share of the measurement that is done, 0 to 1. */
  guide(words: string, progress: number): void;
  /** The newest numbers, in place of those before. */
  show(lines: readonly string[]): void;
}

/** Measures the person served, on their own wish; gives back what ends it. The tracker is to be started. */
export function measureWithCard(tracker: Tracker, screen: MeasureScreen): () => void {
  const ends = [
    tracker.events.on('card', ({ sight, progress }) => screen.guide(cardWords[sight], progress)),
    // By the card they come after the last `card` event: whoever ends before them sees none.
    tracker.events.on('measured', ({ measure }) => screen.show(linesOf(measure))),
  ];
  // Events tell changes only, and begin from no card.
  screen.guide(cardWords.none, 0);
  tracker.seekCard('forehead');
  return () => {
    tracker.seekCard(null);
    for (const end of ends) end();
  };
}
// #endregion

// #region numbers
/** The numbers as a client reads them: never without their ±, and with what they were measured by. */
export function linesOf(measure: FaceMeasure): readonly string[] {
  const by = measure.scale.source === 'card' ? 'measured by a card' : 'an estimate';
  const line = (name: string, length: MeasureMm | null): readonly string[] => {
    if (length === null) return [];
    const { valueMm, plusMinusMm } = inTenths(length);
    return [`${name}: ${valueMm.toFixed(1)} ± ${plusMinusMm.toFixed(1)} mm, ${by}`];
  };
  return [
    ...line('Pupils, looking far', measure.pupillaryDistanceFar),
    ...line('Pupils, reading', measure.pupillaryDistanceNear),
    ...line('Face, ear to ear', measure.faceWidth),
  ];
}

/** A length in whole tenths of a millimetre. What is written holds all of the interval that was measured. */
export function inTenths({ valueMm, plusMinusMm }: MeasureMm): MeasureMm {
  const writtenMm = Math.round(valueMm * 10) / 10;
  const reachMm = plusMinusMm + Math.abs(valueMm - writtenMm);
  // The tiny share keeps what was a whole tenth one, in spite of binary fractions.
  return { valueMm: writtenMm, plusMinusMm: Math.ceil(reachMm * 10 - 1e-6) / 10 };
}
// #endregion
