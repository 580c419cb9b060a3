import {
  fingerNames,
  ringSizeOf,
  type CardSight,
  type HandMeasure,
  type RingSystem,
  type Tracker,
} from 'vitrine';
import type { MeasureScreen } from './measure-with-a-card.ts';

// #region ring
const cardWords: Readonly<Record<CardSight, string>> = {
  none: 'Hold a bank card flat across your palm, just under the fingers.',
  away: 'Let the card touch your palm.',
  tilted: 'Lay it flat, palm and card facing the mirror.',
  held: 'Hold still for a moment.',
  measured: 'You are measured.',
};

/** Measures the fingers of one hand, on the client's own wish; gives back what ends it. The tracker is to be started. */
export function sizeRingsWithCard(tracker: Tracker, screen: MeasureScreen, system: RingSystem): () => void {
  const ends = [
    tracker.events.on('card', ({ sight, progress }) => screen.guide(cardWords[sight], progress)),
    tracker.events.on('hand-measured', ({ measure }) => screen.show(ringLines(measure, system))),
  ];
  screen.guide(cardWords.none, 0);
  // A card in a palm is found by the hand: where no worn piece needs it, ask for it.
  tracker.setNeeds(['face', 'hand']);
  tracker.seekCard('palm');
  return () => {
    tracker.seekCard(null);
    for (const end of ends) end();
  };
}

/** One line for each finger that could be measured: the likeliest size, and the range it lies in. */
export function ringLines({ ringCircumferences }: HandMeasure, system: RingSystem): readonly string[] {
  return fingerNames.flatMap((finger) => {
    const around = ringCircumferences[finger];
    const size = around && ringSizeOf(system, around);
    return size ? [`${finger}: ${system} ${size.likely}, between ${size.least} and ${size.most}`] : [];
  });
}
// #endregion
