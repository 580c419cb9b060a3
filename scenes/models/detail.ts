/** How finely a piece is drawn: as it was modelled, or with a quarter of its triangles. */
export type Detail = 'near' | 'far';

/**
 * Below this many pixels from end to end the coarse level is drawn. It departs from the fine one by a hundredth of a part's extent at
 * most (`assets/forge/document/write-piece.ts`), which is then less than a pixel.
 */
const FAR_BELOW_PX = 80;
/** And from here on the fine one again: so much more that a client who sways does not make it flicker. */
const NEAR_ABOVE_PX = 104;

/** The level for a piece of this size on the screen, in its own pixels, that is drawn in `shown` now. */
export function detailFor(sizePx: number, shown: Detail): Detail {
  if (sizePx < FAR_BELOW_PX) return 'far';
  return sizePx > NEAR_ABOVE_PX ? 'near' : shown;
}
