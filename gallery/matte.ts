/** Pixels as a 2D canvas gives them: red, green, blue, alpha; one byte each. */
export type Pixels = Uint8ClampedArray<ArrayBuffer>;

/** The same view before one ground: with what is looked at, and without. */
export interface Grounded {
  readonly filled: Pixels;
  readonly bare: Pixels;
}

/** The ground's own dither is no piece. */
const leastAlpha = 0.02;

/**
 * Cuts what is looked at out of its ground by seeing it before two (Smith and Blinn 1996): how much of the difference between the
 * grounds still shows is how clear a pixel is, so that glass, shadow and an edge keep what they let through. Laid before `own` again
 * the cut gives `own.filled` to a byte; `other` must differ from it everywhere. Straight alpha.
 */
export function matte(own: Grounded, other: Grounded): Pixels {
  const cut = new Uint8ClampedArray(own.filled.length);
  for (let at = 0; at < cut.length; at += 4) {
    let [seen, whole] = [0, 0];
    for (let channel = at; channel < at + 3; channel += 1) {
      const apart = (own.bare[channel] ?? 0) - (other.bare[channel] ?? 0);
      seen += ((own.filled[channel] ?? 0) - (other.filled[channel] ?? 0)) * Math.sign(apart);
      whole += Math.abs(apart);
    }
    const alpha = Math.min(1, 1 - seen / Math.max(1, whole));
    if (alpha < leastAlpha) continue;
    for (let channel = at; channel < at + 3; channel += 1) {
      cut[channel] = ((own.filled[channel] ?? 0) - (1 - alpha) * (own.bare[channel] ?? 0)) / alpha;
    }
    cut[at + 3] = 255 * alpha;
  }
  return cut;
}

/** How much of the picture's width its edge takes to become clear. */
const meltShare = 0.1;

/** Lets a shadow that runs out of the picture, `widthPx` wide, end in nothing instead of in a line. */
export function meltEdges(cut: Pixels, widthPx: number): void {
  const heightPx = cut.length / 4 / widthPx;
  for (let at = 0; at < cut.length; at += 4) {
    const [x, y] = [(at / 4) % widthPx, Math.floor(at / 4 / widthPx)];
    const inside = Math.min(x, widthPx - 1 - x, y, heightPx - 1 - y) / (meltShare * widthPx);
    const share = Math.min(1, inside);
    cut[at + 3] = (cut[at + 3] ?? 0) * share * share * (3 - 2 * share);
  }
}
