import { ImageSegmenter } from '@mediapipe/tasks-vision';
import type { GraphCode } from './graph-code.ts';
import { offerCode } from './graph-code.ts';

/** The side of what the network reads. */
export const hairInputPx = 512;
const hairClass = 1;

/** The hair segmenter. It computes on the CPU: its fourth channel does not survive the way through a GPU's textures. */
export class HairGraph {
  readonly #segmenter: ImageSegmenter;

  private constructor(segmenter: ImageSegmenter) {
    this.#segmenter = segmenter;
  }

  /** Builds the graph from the model's bytes. */
  static async create(code: GraphCode, model: Uint8Array<ArrayBuffer>): Promise<HairGraph> {
    const segmenter = await ImageSegmenter.createFromOptions(offerCode(code), {
      baseOptions: { modelAssetBuffer: model, delegate: 'CPU' },
      runningMode: 'IMAGE',
      outputConfidenceMasks: true,
      outputCategoryMask: false,
    });
    return new HairGraph(segmenter);
  }

  /**
   * How much of each pixel is hair, 0 to 255, at half the picture's side. The picture is `hairInputPx` square, and what it has in its
   * alpha is overwritten: the network takes it for the mask of the picture before, and an opaque one for hair everywhere. It is told that
   * there was none.
   * @throws Error of the library when the graph is beyond use
   */
  segment(picture: ImageData): Uint8Array {
    const { data } = picture;
    for (let at = 3; at < data.length; at += 4) data[at] = 0;
    const result = this.#segmenter.segment(picture);
    try {
      const [other, hair] = [result.confidenceMasks?.[0], result.confidenceMasks?.[hairClass]];
      if (other === undefined || hair === undefined) throw new Error('The hair model names no hair.');
      return halved(other.getAsFloat32Array(), hair.getAsFloat32Array());
    } finally {
      result.close();
    }
  }

  /** Frees the graph's memory. */
  close(): void {
    this.#segmenter.close();
  }
}

/** Models give raw scores for hair and for all else, or shares already; four of them become one share. */
function halved(others: Float32Array, hairs: Float32Array): Uint8Array {
  const areShares = hairs.every((value) => value >= 0 && value <= 1);
  const side = hairInputPx / 2;
  const shares = new Uint8Array(side * side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const at = 2 * y * hairInputPx + 2 * x;
      let sum = 0;
      for (const place of [at, at + 1, at + hairInputPx, at + hairInputPx + 1]) {
        const score = hairs[place] ?? 0;
        sum += areShares ? score : 1 / (1 + Math.exp((others[place] ?? 0) - score));
      }
      shares[y * side + x] = Math.round((255 * sum) / 4);
    }
  }
  return shares;
}
