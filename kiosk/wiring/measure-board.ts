import { measureName } from '../../protocol/measure.ts';
import type { MeasureKind, SharedMeasure } from '../../protocol/measure.ts';
import { fingerNames } from '../../sdk/anchors/hand-anchors.ts';
import type { HandMeasure } from '../../sdk/anchors/hand-measure.ts';
import type { MeasureMm } from '../../sdk/anchors/anchor-frame.ts';
import type { FaceMeasure } from '../../sdk/anchors/face-measure.ts';
import type { Unsubscribe } from '../../sdk/core/emitter.ts';
import type { ReadableStore } from '../../sdk/core/store.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import type { CardPlace, CardSight, Tracker } from '../../sdk/tracking/tracker.ts';

/** One number as the client sees it on the mirror, with what it was measured by. */
export interface MirrorMeasure extends SharedMeasure {
  readonly source: FaceMeasure['scale']['source'];
}

/** How far a measurement by a card has come. */
export interface CardStep {
  /** Where the card is to be held. */
  readonly place: CardPlace;
  readonly sight: CardSight;
  /** 0 to 1. */
  readonly progress: number;
}

/**
 * What the mirror measured on the person it serves, for that person to see. It holds the numbers in memory for as long as the
 * visit lasts and gives them to nobody: what is handed over, the client hands over by a touch, one number at a time.
 */
export class MeasureBoard {
  readonly #shown = new ValueStore<readonly MirrorMeasure[]>([]);
  readonly #card = new ValueStore<CardStep | null>(null);
  readonly #tracker: Tracker | null;
  readonly #stop: Unsubscribe;
  #isAlone = true;
  #wasLost = false;
  /** Whose rings are shown: of which hand. */
  #side: HandMeasure['side'] | null = null;
  /** Whose measures are shown, by the tracker's count. */
  #identity: number | null = null;

  /** `tracker` is null where no model was to be had. */
  constructor(tracker: Tracker | null) {
    this.#tracker = tracker;
    const stops = [
      tracker?.events.on('measured', ({ identity, measure }) => this.#take(identity, measure)),
      tracker?.events.on('tracking-found', ({ identity }) => this.#meet(identity)),
      tracker?.events.on('card', (step) => {
        const asked = this.#card.get();
        if (asked !== null) this.#card.set({ ...step, place: asked.place });
      }),
      tracker?.events.on('hand-measured', ({ measure }) => this.#takeHand(measure)),
      // A camera that was lost has forgotten what was asked of it; one that only stood still for a while has not.
      tracker?.events.on('problem', () => {
        this.#wasLost = true;
      }),
      tracker?.events.on('camera-opened', () => {
        const asked = this.#card.get();
        if (this.#wasLost && asked !== null && asked.sight !== 'measured') this.beginCard(asked.place);
        this.#wasLost = false;
      }),
    ];
    this.#stop = () => stops.forEach((stop) => stop?.());
  }

  get shown(): ReadableStore<readonly MirrorMeasure[]> {
    return this.#shown;
  }

  /** The measurement by a card that goes on, or is complete and not yet put away; null otherwise. */
  get card(): ReadableStore<CardStep | null> {
    return this.#card;
  }

  /** Whether there is a camera that could see a card, and nobody but the client before it. */
  get canMeasureByCard(): boolean {
    return this.#tracker !== null && this.#isAlone;
  }

  /** So many are before the mirror now. With two nobody can say whose the numbers are: none are taken, and none are kept. */
  followPeople(people: number): void {
    this.#isAlone = people <= 1;
    this.clear();
  }

  /** The client asked to be measured by a card. */
  beginCard(place: CardPlace): void {
    if (this.#tracker === null || !this.#isAlone) return;
    this.#card.set({ place, sight: 'none', progress: 0 });
    this.#tracker.seekCard(place);
  }

  /** The client is done with it, or has no wish to go on. */
  endCard(): void {
    if (this.#card.get() === null) return;
    this.#tracker?.seekCard(null);
    this.#card.set(null);
  }

  /** Forgets everything: the visit is over, or it is no longer sure whose measures they are. */
  clear(): void {
    this.endCard();
    this.#identity = null;
    this.#side = null;
    if (this.#shown.get().length > 0) this.#shown.set([]);
  }

  stop(): void {
    this.#stop();
    this.clear();
  }

  /**
   * Somebody is there under another number: the client after a screen without the mirror, or somebody else. What was estimated goes; what
   * the client measured by a card stays theirs for the visit, as it was their own doing and the screen says so.
   */
  #meet(identity: number): void {
    if (identity === this.#identity || this.#isByCard()) return;
    this.#identity = identity;
    if (this.#ofFace().length > 0) this.#show([]);
  }

  #ofFace(): readonly MirrorMeasure[] {
    return this.#shown.get().filter(({ kind }) => kind !== 'ring-circumference');
  }

  #isByCard(): boolean {
    return this.#ofFace().some(({ source }) => source === 'card');
  }

  /** Shows other measures of the face; a hand's are by a card and stay. */
  #show(ofFace: readonly MirrorMeasure[]): void {
    const rings = this.#shown.get().filter(({ kind }) => kind === 'ring-circumference');
    this.#shown.set([...ofFace, ...rings]);
  }

  /** A finger of this hand whose edges could not be told this time keeps what is known of it; of another hand nothing is kept. */
  #takeHand({ side, ringCircumferences }: HandMeasure): void {
    if (!this.#isAlone) return;
    const taken = fingerNames.flatMap((finger) =>
      rounded('ring-circumference', ringCircumferences[finger], 'card').map((one) => ({ ...one, finger })),
    );
    const others = this.#shown
      .get()
      .filter((known) => known.kind !== 'ring-circumference' || side === this.#side)
      .filter((known) => !taken.some((one) => measureName(one) === measureName(known)));
    this.#side = side;
    this.#shown.set([...others, ...taken]);
  }

  #take(
    identity: number,
    { scale: { source }, pupillaryDistanceFar, pupillaryDistanceNear, faceWidth }: FaceMeasure,
  ): void {
    if (!this.#isAlone) return;
    // An estimate never takes the place of a measurement.
    if (this.#isByCard() && source !== 'card') return;
    this.#identity = identity;
    this.#show([
      ...rounded('pupillary-distance-far', pupillaryDistanceFar, source),
      ...rounded('pupillary-distance-near', pupillaryDistanceNear, source),
      ...rounded('face-width', faceWidth, source),
    ]);
  }
}

/** To a tenth of a millimetre, as the contract takes it. */
function rounded(
  kind: MeasureKind,
  measure: MeasureMm | null,
  source: MirrorMeasure['source'],
): MirrorMeasure[] {
  if (measure === null) return [];
  const valueMm = Math.round(measure.valueMm * 10) / 10;
  // An interval is never made smaller by rounding.
  const reachMm = measure.plusMinusMm + Math.abs(measure.valueMm - valueMm);
  return [{ kind, source, valueMm, plusMinusMm: Math.ceil(reachMm * 10 - 1e-6) / 10 }];
}
