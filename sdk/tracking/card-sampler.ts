import { findCardNearAny } from '../calibration/find-card.ts';
import { blueLumaOf } from '../calibration/luma-picture.ts';
import type { Point2, Quad } from '../geometry/homography.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import type { PictureSize } from './picture-region.ts';

/** What is read around a card's outline, as a share of its height: a card is found by its edges. */
const marginShare = 0.6;
/** A part of a picture that is smaller holds no card, and a larger one is not read. */
const leastPx = 54;
const mostPx = 1_024;

/**
 * Finds a card that is held against a part of the body, in the picture in which the part's landmarks were found. For the worker, and only
 * while somebody asked to be measured by a card.
 */
export class CardSampler {
  #canvas: OffscreenCanvas | null = null;
  #last: { readonly trackId: number; readonly corners: Quad } | null = null;

  /** The face or the hand at which a card was seen last; null for none. */
  get lastTrackId(): number | null {
    return this.#last?.trackId ?? null;
  }

  /**
   * The card's corners in pixels, in the order of `cardCornersMm`, near one of the `outlines` where it may be that is held against this
   * face or hand; null where none is seen. Where it was at the same one is remembered.
   */
  sample(
    image: CanvasImageSource,
    size: PictureSize,
    trackId: number,
    outlines: readonly Quad[],
  ): Quad | null {
    const before = this.#last?.trackId === trackId ? this.#last.corners : null;
    if (before !== null) this.#last = null;
    const guides = before === null ? outlines : [before, ...outlines];
    const region = regionAround(guides, size);
    if (region === null) return null;
    const { left, top, widthPx, heightPx } = region;
    const context = this.#contextOf(widthPx, heightPx);
    if (context === null) return null;
    context.drawImage(image, left, top, widthPx, heightPx, 0, 0, widthPx, heightPx);
    const luma = blueLumaOf(context.getImageData(0, 0, widthPx, heightPx).data, widthPx, heightPx);
    const camera = defaultIntrinsics(size.widthPx, size.heightPx);
    const found = findCardNearAny(
      luma,
      guides.map((guide) => moved(guide, -left, -top)),
      { ...camera, widthPx, heightPx, cxPx: camera.cxPx - left, cyPx: camera.cyPx - top },
      'by-two-sides',
    );
    if (found === null) return null;
    const corners = moved(found.corners, left, top);
    this.#last = { trackId, corners };
    return corners;
  }

  /** Nobody asks for a card any more. */
  rest(): void {
    this.#last = null;
    this.#canvas = null;
  }

  #contextOf(widthPx: number, heightPx: number): OffscreenCanvasRenderingContext2D | null {
    this.#canvas ??= new OffscreenCanvas(widthPx, heightPx);
    // Setting a size clears a canvas and is costly: it only grows.
    if (this.#canvas.width < widthPx) this.#canvas.width = widthPx;
    if (this.#canvas.height < heightPx) this.#canvas.height = heightPx;
    return this.#canvas.getContext('2d', { willReadFrequently: true });
  }
}

function moved([a, b, c, d]: Quad, du: number, dv: number): Quad {
  const by = ([u, v]: Point2): Point2 => [u + du, v + dv];
  return [by(a), by(b), by(c), by(d)];
}

/** The part of the picture to be read; null where the outlines lie outside of it, or they fill more than can be read. */
function regionAround(
  outlines: readonly Quad[],
  size: PictureSize,
): {
  readonly left: number;
  readonly top: number;
  readonly widthPx: number;
  readonly heightPx: number;
} | null {
  const points = outlines.flat();
  const heightPx = Math.max(...outlines.map(([a, , , d]) => Math.hypot(d[0] - a[0], d[1] - a[1])));
  const margin = marginShare * heightPx;
  const us = points.map(([u]) => u);
  const vs = points.map(([, v]) => v);
  const left = Math.max(0, Math.floor(Math.min(...us) - margin));
  const top = Math.max(0, Math.floor(Math.min(...vs) - margin));
  const right = Math.min(size.widthPx, Math.ceil(Math.max(...us) + margin));
  const bottom = Math.min(size.heightPx, Math.ceil(Math.max(...vs) + margin));
  const [width, height] = [right - left, bottom - top];
  if (!(width > leastPx && height > leastPx) || width > mostPx || height > mostPx) return null;
  return { left, top, widthPx: width, heightPx: height };
}
