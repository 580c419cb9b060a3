import type { PicturePoint, PictureSize } from './picture-region.ts';

const gridWidth = 64;
const gridHeight = 36;
/** Differences of brightness (0 to 255) up to this are noise and flicker of lamps. */
const noiseLevel = 14;
/** So many of the grid's cells must change for it to be somebody, and not more than this share: that is the light. */
const leastCells = 6;
const lightShare = 0.6;

/** Where brightness changed between two small pictures of equal size, 0 to 255 a cell; null when nothing much did. */
export function motionBetween(
  before: Uint8Array,
  now: Uint8Array,
  width: number,
): { readonly x: number; readonly y: number } | null {
  let [sumX, sumY, sum, cells] = [0, 0, 0, 0];
  for (let at = 0; at < now.length; at += 1) {
    const change = Math.abs((now[at] ?? 0) - (before[at] ?? 0)) - noiseLevel;
    if (change <= 0) continue;
    cells += 1;
    sum += change;
    sumX += change * ((at % width) + 0.5);
    sumY += change * (Math.floor(at / width) + 0.5);
  }
  if (cells < leastCells || cells > lightShare * now.length) return null;
  return { x: sumX / sum / width, y: sumY / sum / (now.length / width) };
}

/** Tells where something moved from one picture to the next, on a few thousand cells: a cue for the search, no more. */
export class MotionMeter {
  readonly #context: OffscreenCanvasRenderingContext2D | null;
  #before: Uint8Array | null = null;

  constructor() {
    this.#context = new OffscreenCanvas(gridWidth, gridHeight).getContext('2d', { willReadFrequently: true });
    if (this.#context) this.#context.imageSmoothingQuality = 'low';
  }

  /** The middle of what moved since the last picture, in pixels of `size`; null when nothing did. */
  measure(image: CanvasImageSource, size: PictureSize): PicturePoint | null {
    if (this.#context === null) return null;
    this.#context.drawImage(image, 0, 0, gridWidth, gridHeight);
    const { data } = this.#context.getImageData(0, 0, gridWidth, gridHeight);
    const now = new Uint8Array(gridWidth * gridHeight);
    for (let cell = 0; cell < now.length; cell += 1) {
      const at = cell * 4;
      now[cell] = ((data[at] ?? 0) * 54 + (data[at + 1] ?? 0) * 183 + (data[at + 2] ?? 0) * 19) >> 8;
    }
    const before = this.#before;
    this.#before = now;
    const moved = before === null ? null : motionBetween(before, now, gridWidth);
    return moved && { uPx: moved.x * size.widthPx, vPx: moved.y * size.heightPx };
  }

  /** Forgets the last picture. */
  reset(): void {
    this.#before = null;
  }
}
