import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import { FaceGraph } from './face-graph.ts';
import { isWhole } from './face-crop.ts';
import type { FaceEye } from './face-tracks.ts';
import type { GraphCode } from './graph-code.ts';
import type { PictureRegion } from './picture-region.ts';
import type { Delegate } from './worker-messages.ts';

/** The landmark network reads 256 × 256 around the face, which fills about half of a crop. */
const canvasSidePx = 448;

/** A face landmarker that sees one crop of the picture, always drawn to the same size, so that a crop may move or grow. */
export class CropEye implements FaceEye {
  readonly graph: FaceGraph;
  readonly #context: OffscreenCanvasRenderingContext2D;

  private constructor(graph: FaceGraph) {
    const context = new OffscreenCanvas(canvasSidePx, canvasSidePx).getContext('2d', {
      willReadFrequently: graph.delegate === 'CPU',
    });
    if (context === null) throw new Error('This browser gives a worker no 2D canvas.');
    context.imageSmoothingQuality = 'medium';
    this.graph = graph;
    this.#context = context;
  }

  /** Builds the landmarker from the model's bytes. */
  static async open(code: GraphCode, model: Uint8Array<ArrayBuffer>, delegate: Delegate): Promise<CropEye> {
    return new CropEye(await FaceGraph.create(code, model, delegate));
  }

  /** Sees through a landmarker that exists already. */
  static over(graph: FaceGraph): CropEye {
    return new CropEye(graph);
  }

  look(image: ImageBitmap, crop: PictureRegion, capturedAtMs: number): FaceLandmarks | null {
    if (isWhole(crop, { widthPx: image.width, heightPx: image.height })) {
      return this.graph.detect(image, capturedAtMs);
    }
    this.#context.drawImage(
      image,
      crop.xPx,
      crop.yPx,
      crop.widthPx,
      crop.heightPx,
      0,
      0,
      canvasSidePx,
      canvasSidePx,
    );
    return this.graph.detect(this.#picture(), capturedAtMs);
  }

  /** An empty picture makes the landmarker let go of the face it followed. */
  forget(): void {
    this.#context.clearRect(0, 0, canvasSidePx, canvasSidePx);
    this.graph.detect(this.#picture(), 0);
  }

  close(): void {
    this.graph.close();
  }

  /** Pixels are the quickest way into a graph that computes on the CPU; a canvas stays on the GPU. */
  #picture(): TexImageSource {
    return this.graph.delegate === 'CPU'
      ? this.#context.getImageData(0, 0, canvasSidePx, canvasSidePx)
      : this.#context.canvas;
  }
}
