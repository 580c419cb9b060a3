import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import type { LinearMean } from '../geometry/light-estimate.ts';
import { linearMeanOf } from '../geometry/light-estimate.ts';

/** Both cheeks and the middle of the forehead: skin that hair and spectacles seldom cover. */
const skinLandmarks = [50, 280, 151] as const;
const patchPx = 12;

/** Measures the mean light of a face's skin, in linear light, from small patches at the picture's own resolution. */
export class SkinSampler {
  readonly #context: OffscreenCanvasRenderingContext2D | null;

  constructor() {
    this.#context = new OffscreenCanvas(patchPx * skinLandmarks.length, patchPx).getContext('2d', {
      willReadFrequently: true,
    });
  }

  /** Null when the browser gives a worker no 2D canvas. */
  sample(image: ImageBitmap, landmarks: FaceLandmarks): LinearMean | null {
    const context = this.#context;
    if (context === null) return null;
    context.clearRect(0, 0, patchPx * skinLandmarks.length, patchPx);
    skinLandmarks.forEach((landmark, index) => {
      const x = (landmarks[landmark * 3] ?? 0) * image.width - patchPx / 2;
      const y = (landmarks[landmark * 3 + 1] ?? 0) * image.height - patchPx / 2;
      context.drawImage(
        image,
        Math.round(x),
        Math.round(y),
        patchPx,
        patchPx,
        index * patchPx,
        0,
        patchPx,
        patchPx,
      );
    });
    return linearMeanOf(context.getImageData(0, 0, patchPx * skinLandmarks.length, patchPx).data);
  }
}
