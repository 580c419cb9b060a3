/** What one look at a picture's own pixels says of the camera. */
export interface PictureSigns {
  /** To the last bit the same as at the look before: no living camera gives that twice. */
  readonly still: boolean;
  /** Mean brightness of the places looked at, 0 to 1 in display values. */
  readonly brightness: number;
}

const patchPx = 32;
/** Places of the patches, as shares of the picture: a plain wall alone may look the same twice, all of a picture does not. */
const places = [
  [0.5, 0.5],
  [0.5, 0.25],
  [0.3, 0.4],
  [0.7, 0.4],
  [0.2, 0.75],
  [0.8, 0.75],
] as const;
/** Pictures between two looks. */
const everyPictures = 12;

/** Looks at a few pixels of every twelfth picture as they came from the camera: a frozen camera repeats even its noise. */
export class PictureWatch {
  readonly #context: OffscreenCanvasRenderingContext2D | null;
  #before: Uint8ClampedArray | null = null;
  #pictures = 0;

  constructor() {
    this.#context = new OffscreenCanvas(patchPx * places.length, patchPx).getContext('2d', {
      willReadFrequently: true,
    });
  }

  /** Null on the pictures between two looks. */
  look(image: ImageBitmap): PictureSigns | null {
    this.#pictures += 1;
    if (this.#context === null || this.#pictures % everyPictures !== 1) return null;
    places.forEach(([across, down], index) => {
      const x = Math.round(across * (image.width - patchPx));
      const y = Math.round(down * (image.height - patchPx));
      this.#context?.drawImage(image, x, y, patchPx, patchPx, index * patchPx, 0, patchPx, patchPx);
    });
    const { data } = this.#context.getImageData(0, 0, patchPx * places.length, patchPx);
    const before = this.#before;
    this.#before = data;
    return { still: before !== null && isSame(before, data), brightness: brightnessOf(data) };
  }
}

function isSame(one: Uint8ClampedArray, other: Uint8ClampedArray): boolean {
  return one.every((value, at) => value === other[at]);
}

function brightnessOf(rgba: Uint8ClampedArray): number {
  let sum = 0;
  for (let at = 0; at + 2 < rgba.length; at += 4) {
    sum += (rgba[at] ?? 0) * 0.2126 + (rgba[at + 1] ?? 0) * 0.7152 + (rgba[at + 2] ?? 0) * 0.0722;
  }
  return sum / (rgba.length / 4) / 255;
}
