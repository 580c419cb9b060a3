/** How a visitor holds a card against their forehead. */
export interface CardHold {
  /** The height of the card's middle in the head frame; the brows lie below 40 mm, the hair begins at 85 mm. */
  readonly upMm: number;
  /** How far the card leans back along the forehead, and turns about it, in radians. */
  readonly leanRad: number;
  readonly turnRad: number;
  /** The gap that an unsteady hand leaves between forehead and card. */
  readonly gapMm: number;
}

/** As one is asked to hold it. */
export const usualHold: CardHold = { upMm: 64, leanRad: 0.26, turnRad: 0, gapMm: 0 };
