import { sensorNoise } from '../geometry/sensor-noise.ts';

const patchPx = 32;
/** Places of the patches as shares of the picture: one of them holds still. */
const places = [
  [0.08, 0.1],
  [0.92, 0.1],
  [0.5, 0.06],
  [0.08, 0.6],
  [0.92, 0.6],
] as const;
/** Pairs of pictures are compared once in so many pictures. */
const everyPictures = 15;

/**
 * Measures the camera's noise from pairs of pictures that follow each other, in small patches at the camera's own
 * resolution: where nothing moved, what differs is noise.
 */
export class NoiseMeter {
  readonly #context: OffscreenCanvasRenderingContext2D | null;
  #pictures = 0;
  #before: Uint8ClampedArray | null = null;

  constructor() {
    this.#context = new OffscreenCanvas(patchPx * places.length, patchPx).getContext('2d', {
      willReadFrequently: true,
    });
  }

  /** The standard deviation of the noise of one picture, in display values 0 to 1; null on most pictures. */
  measure(image: ImageBitmap): number | null {
    this.#pictures += 1;
    const turn = this.#pictures % everyPictures;
    if (this.#context === null || turn > 1) return null;
    places.forEach(([across, down], index) => {
      const x = Math.round(across * (image.width - patchPx));
      const y = Math.round(down * (image.height - patchPx));
      this.#context?.drawImage(image, x, y, patchPx, patchPx, index * patchPx, 0, patchPx, patchPx);
    });
    const { data } = this.#context.getImageData(0, 0, patchPx * places.length, patchPx);
    const before = this.#before;
    this.#before = turn === 0 ? data : null;
    return turn === 1 && before !== null ? sensorNoise(before, data, patchPx, places.length) : null;
  }
}
