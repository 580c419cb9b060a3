import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import type { ShadingSamples } from '../geometry/face-shading.ts';
import { shadingOf, shadingVertices } from '../geometry/face-shading.ts';
import type { PictureSize } from './picture-region.ts';
import { placeOf } from './face-crop.ts';

/** The face is drawn this small before it is read: each pixel is the mean of a patch of skin, free of noise and pores. */
const canvasPx = 96;

/** Reads how a face is lit, at some ninety places of its skin, from the picture in which its landmarks were found. */
export class LightSampler {
  readonly #context: OffscreenCanvasRenderingContext2D | null;

  constructor() {
    this.#context = new OffscreenCanvas(canvasPx, canvasPx).getContext('2d', { willReadFrequently: true });
    if (this.#context) this.#context.imageSmoothingQuality = 'medium';
  }

  /** Null when the browser gives a worker no 2D canvas, or the landmarks are no face's. */
  sample(image: CanvasImageSource, size: PictureSize, landmarks: FaceLandmarks): ShadingSamples | null {
    const place = placeOf(landmarks, size);
    if (this.#context === null || place === null) return null;
    const sidePx = place.heightPx * 1.05;
    const [left, top] = [place.uPx - sidePx / 2, place.vPx - sidePx / 2];
    this.#context.clearRect(0, 0, canvasPx, canvasPx);
    this.#context.drawImage(image, left, top, sidePx, sidePx, 0, 0, canvasPx, canvasPx);
    const { data } = this.#context.getImageData(0, 0, canvasPx, canvasPx);
    const linearRgb = new Float32Array(shadingVertices.length * 3);
    shadingVertices.forEach((vertex, index) => {
      const x = Math.floor((((landmarks[vertex * 3] ?? 0) * size.widthPx - left) / sidePx) * canvasPx);
      const y = Math.floor((((landmarks[vertex * 3 + 1] ?? 0) * size.heightPx - top) / sidePx) * canvasPx);
      const inside = x >= 0 && y >= 0 && x < canvasPx && y < canvasPx;
      const at = (y * canvasPx + x) * 4;
      // What lies outside of the picture was left transparent, and black: it counts as unseen.
      const light = inside ? shadingOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) : [NaN, NaN, NaN];
      linearRgb.set(light, index * 3);
    });
    return { vertices: shadingVertices, linearRgb };
  }
}
