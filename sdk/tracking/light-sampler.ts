import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import type { ShadingSamples } from '../geometry/face-shading.ts';
import { shadingOf, shadingVertices } from '../geometry/face-shading.ts';
import type { PictureSize } from './picture-region.ts';
import type { LinearMean } from '../geometry/light-estimate.ts';
import { linearMeanOf } from '../geometry/light-estimate.ts';
import { placeOf } from './face-crop.ts';

/** The face is drawn this small before it is read: each pixel is the mean of a patch of skin, free of noise and pores. */
const canvasPx = 96;

/** The palm's corners among the hand landmarker's points: wrist, and the roots of index and little finger. */
const palmCorners = [0, 5, 17] as const;
/** The share of the palm's length that is read, around its middle: skin, without the gaps between fingers. */
const palmShare = 0.4;

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

  /** The mean light in the middle of a hand's back or palm; null when the browser gives a worker no 2D canvas, or the hand lies outside. */
  sampleHand(
    image: CanvasImageSource,
    { widthPx, heightPx }: PictureSize,
    landmarks: Float32Array,
  ): LinearMean | null {
    const points = palmCorners.map((corner): readonly [number, number] => [
      (landmarks[corner * 3] ?? 0) * widthPx,
      (landmarks[corner * 3 + 1] ?? 0) * heightPx,
    ]);
    const [wrist = [0, 0], index = [0, 0], little = [0, 0]] = points;
    const [uPx, vPx] = [(wrist[0] + index[0] + little[0]) / 3, (wrist[1] + index[1] + little[1]) / 3];
    const lengthPx = Math.hypot((index[0] + little[0]) / 2 - wrist[0], (index[1] + little[1]) / 2 - wrist[1]);
    const sidePx = palmShare * lengthPx;
    const isWithin = uPx > 0 && vPx > 0 && uPx < widthPx && vPx < heightPx;
    if (this.#context === null || !isWithin || !(sidePx >= 2)) return null;
    const canvasSide = canvasPx / 4;
    this.#context.clearRect(0, 0, canvasPx, canvasPx);
    const [left, top] = [uPx - sidePx / 2, vPx - sidePx / 2];
    this.#context.drawImage(image, left, top, sidePx, sidePx, 0, 0, canvasSide, canvasSide);
    const mean = linearMeanOf(this.#context.getImageData(0, 0, canvasSide, canvasSide).data);
    return mean.pixels === 0 ? null : mean;
  }
}
