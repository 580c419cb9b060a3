import { describe, expect, it } from 'vitest';
import { SharedMeasure } from '../../protocol/measure.ts';
import type { FaceMeasure } from '../../sdk/anchors/face-measure.ts';
import { Emitter } from '../../sdk/core/emitter.ts';
import type { HandMeasure } from '../../sdk/anchors/hand-measure.ts';
import type { CardPlace, Tracker, TrackerEvents } from '../../sdk/tracking/tracker.ts';
import { MeasureBoard } from './measure-board.ts';

const measure: FaceMeasure = {
  scale: { scale: 1.02, plusMinus: 0.09, source: 'iris', samples: 40 },
  pupillaryDistanceFar: { valueMm: 63.249_9, plusMinusMm: 2.701 },
  pupillaryDistanceNear: { valueMm: 61.5, plusMinusMm: 2.63 },
  faceWidth: null,
};

function board() {
  const events = new Emitter<TrackerEvents>();
  const sought: (CardPlace | null)[] = [];
  const made = new MeasureBoard({
    events,
    seekCard: (place: CardPlace | null) => void sought.push(place),
  } as Tracker);
  const see = (step: TrackerEvents['card']) => events.emit('card', step);
  return {
    made,
    sought,
    see,
    lose: () => events.emit('problem', { problem: 'camera-unplugged', message: 'It is gone.' }),
    reopen: () => events.emit('camera-opened', { again: true }),
    tell: (told: FaceMeasure, identity = 1) => events.emit('measured', { identity, measure: told }),
    tellHand: (told: HandMeasure) => events.emit('hand-measured', { identity: 7, measure: told }),
    meet: (identity: number) => events.emit('tracking-found', { identity }),
  };
}

describe('the measures on the mirror', () => {
  it('are what is known, to a tenth of a millimetre, in a form that may be handed over', () => {
    const { made, tell } = board();
    expect(made.shown.get()).toEqual([]);
    tell(measure);
    expect(made.shown.get()).toEqual([
      { kind: 'pupillary-distance-far', source: 'iris', valueMm: 63.2, plusMinusMm: 2.8 },
      { kind: 'pupillary-distance-near', source: 'iris', valueMm: 61.5, plusMinusMm: 2.7 },
    ]);
    for (const shown of made.shown.get()) expect(SharedMeasure.safeParse(shown).success).toBe(true);
  });

  it('are forgotten when the visit is over, and are there anew for the next client', () => {
    const { made, tell } = board();
    tell(measure);
    made.clear();
    expect(made.shown.get()).toEqual([]);
    tell({ ...measure, faceWidth: { valueMm: 140, plusMinusMm: 6 } });
    expect(made.shown.get().map(({ kind }) => kind)).toEqual([
      'pupillary-distance-far',
      'pupillary-distance-near',
      'face-width',
    ]);
    made.stop();
    tell(measure);
    expect(made.shown.get()).toEqual([]);
  });

  it('by a card stay for the visit: no estimate takes their place, also when the mirror was away', () => {
    const { made, tell, meet } = board();
    tell(measure);
    const byCard = { ...measure, scale: { ...measure.scale, source: 'card' as const } };
    tell(byCard);
    meet(2);
    tell({ ...measure, pupillaryDistanceFar: { valueMm: 60, plusMinusMm: 6 } }, 2);
    expect(made.shown.get()[0]).toMatchObject({ source: 'card', valueMm: 63.2 });
    tell({ ...byCard, pupillaryDistanceFar: { valueMm: 62.9, plusMinusMm: 0.8 } }, 2);
    expect(made.shown.get()[0]).toMatchObject({ source: 'card', valueMm: 62.9 });
  });

  it('that are estimates are gone as soon as somebody else stands there', () => {
    const { made, tell, meet } = board();
    tell(measure);
    meet(1);
    expect(made.shown.get()).toHaveLength(2);
    meet(2);
    expect(made.shown.get()).toEqual([]);
  });

  it('are taken by a card only while the client wishes it, and the wish ends with the visit', () => {
    const { made, sought, see } = board();
    see({ sight: 'held', progress: 0.5 });
    expect(made.card.get()).toBeNull();
    made.beginCard('forehead');
    expect(made.card.get()).toEqual({ place: 'forehead', sight: 'none', progress: 0 });
    see({ sight: 'measured', progress: 1 });
    expect(made.card.get()).toEqual({ place: 'forehead', sight: 'measured', progress: 1 });
    made.clear();
    expect(made.card.get()).toBeNull();
    made.endCard();
    expect(sought).toEqual(['forehead', null]);
  });

  it('are sought by the card again after the camera was lost, until they are taken', () => {
    const { made, sought, see, lose, reopen } = board();
    lose();
    reopen();
    made.beginCard('forehead');
    lose();
    reopen();
    see({ sight: 'measured', progress: 1 });
    lose();
    reopen();
    expect(sought).toEqual(['forehead', 'forehead']);
    expect(made.card.get()).toEqual({ place: 'forehead', sight: 'measured', progress: 1 });
  });

  it('lose no step of a measurement to a camera that only stood still for a while', () => {
    const { made, sought, see, reopen } = board();
    made.beginCard('palm');
    see({ sight: 'held', progress: 0.5 });
    reopen();
    expect(sought).toEqual(['palm']);
    expect(made.card.get()).toEqual({ place: 'palm', sight: 'held', progress: 0.5 });
  });

  it('of a hand are by the card, finger by finger, and stay when the face is measured anew or another face comes', () => {
    const { made, tell, tellHand, meet } = board();
    const nothing = { thumb: null, index: null, middle: null, ring: null, little: null };
    tell(measure);
    tellHand({
      side: 'left',
      ringCircumferences: {
        ...nothing,
        ring: { valueMm: 53.04, plusMinusMm: 2.8 },
        little: { valueMm: 47, plusMinusMm: 3 },
      },
    });
    meet(2);
    tell({ ...measure, faceWidth: { valueMm: 140, plusMinusMm: 6 } }, 2);
    tellHand({ side: 'left', ringCircumferences: { ...nothing, ring: { valueMm: 54, plusMinusMm: 2.5 } } });
    expect(made.shown.get().slice(3)).toEqual([
      { kind: 'ring-circumference', finger: 'little', source: 'card', valueMm: 47, plusMinusMm: 3 },
      { kind: 'ring-circumference', finger: 'ring', source: 'card', valueMm: 54, plusMinusMm: 2.5 },
    ]);
    for (const shown of made.shown.get()) expect(SharedMeasure.safeParse(shown).success).toBe(true);
    tellHand({ side: 'right', ringCircumferences: { ...nothing, index: { valueMm: 60, plusMinusMm: 3 } } });
    expect(made.shown.get().slice(3)).toMatchObject([{ finger: 'index', valueMm: 60 }]);
    made.clear();
    expect(made.shown.get()).toEqual([]);
  });

  it('are nobody’s while two are before the mirror, and are taken anew when one is alone again', () => {
    const { made, tell, tellHand, sought } = board();
    const rings = {
      thumb: null,
      index: null,
      middle: null,
      ring: { valueMm: 53, plusMinusMm: 3 },
      little: null,
    };
    tell(measure);
    made.followPeople(2);
    tell(measure, 2);
    tellHand({ side: 'left', ringCircumferences: rings });
    made.beginCard('forehead');
    expect([made.shown.get(), made.canMeasureByCard, sought]).toEqual([[], false, []]);
    made.followPeople(1);
    tell(measure, 3);
    expect(made.shown.get()).toHaveLength(2);
  });

  it('are none where there is no tracker', () => {
    const made = new MeasureBoard(null);
    made.beginCard('forehead');
    expect([made.shown.get(), made.card.get()]).toEqual([[], null]);
  });
});
