import type { HandFrames } from '../anchors/hand-anchor-frames.ts';
import type { HandMeasure } from '../anchors/hand-measure.ts';
import type { HandPoints } from '../anchors/hand-points.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { HandOutline } from '../geometry/finger-outline.ts';
import { noOutline } from '../geometry/finger-outline.ts';
import type { Quad } from '../geometry/homography.ts';
import { PalmCardEstimator, cardOnPalm, palmSightsNeeded } from '../geometry/palm-card.ts';
import type { CardSight } from './tracker.ts';

/** Measures one hand while a card is held in its palm. What it learns lives and dies with the hand's follower. */
export class PalmMeasurer {
  readonly #card = new PalmCardEstimator();
  #sight: CardSight = 'none';
  #measure: HandMeasure | null = null;

  /** What the newest frame showed of a card, since `begin`. */
  get sight(): CardSight {
    return this.#sight;
  }

  /** The share of the measurement that is done, 0 to 1. */
  get progress(): number {
    return Math.min(1, this.#card.sights / palmSightsNeeded);
  }

  /** What the last complete measurement told; null before the first. */
  get measure(): HandMeasure | null {
    return this.#measure;
  }

  /** A measurement begins; what an earlier one told stays until this one is complete. */
  begin(): void {
    this.#card.reset();
    this.#sight = 'none';
  }

  /** One frame while a card is sought: its `corners`, or null where none was seen. */
  look(
    corners: Quad | null,
    hand: HandPoints,
    rings: HandFrames['rings'],
    outline: HandOutline | null,
    intrinsics: CameraIntrinsics,
  ): void {
    const seen = corners && cardOnPalm(corners, intrinsics, { back: hand.back, rings }, outline ?? noOutline);
    if (seen?.kind !== 'held') {
      this.#sight = seen?.why ?? 'none';
      return;
    }
    this.#card.observe(seen);
    if (this.progress < 1) {
      this.#sight = 'held';
      return;
    }
    this.#sight = 'measured';
    const circumferences = this.#card.circumferences();
    const [thumb = null, index = null, middle = null, ring = null, little = null] = circumferences;
    this.#measure = { side: hand.side, ringCircumferences: { thumb, index, middle, ring, little } };
  }
}
