import { FaceDetector } from '@mediapipe/tasks-vision';
import { unzipSync } from 'fflate';
import { VitrineError } from '../core/vitrine-error.ts';
import type { GraphCode } from './graph-code.ts';
import { offerCode } from './graph-code.ts';
import type { FacePlace, PictureRegion } from './picture-region.ts';

/** The bundle's own detector, which the landmarker runs too. */
const detectorName = 'face_detector.tflite';
/** The detector works on 128 × 128; twice that leaves the shrinking to a filter that keeps small faces. */
const canvasSidePx = 256;
const leastScore = 0.5;
/** The detector's box reaches from the brows to the chin; the landmarks' box from the hairline to the chin. */
const landmarksPerBox = 1.35;
const boxMiddleToFaceMiddle = 0.1;

/** The face model's bundle lacks its detector. */
export class DetectorMissingError extends VitrineError<'model-corrupt'> {
  constructor() {
    super(
      'model-corrupt',
      `The face model bundle holds no ${detectorName}.`,
      'Fetch the official face_landmarker.task again and check its sha256.',
    );
    this.name = 'DetectorMissingError';
  }
}

/**
 * Finds where faces are, without looking at what they look like: boxes only, in any part of a picture. It is what the search
 * runs on; landmarks are computed of those alone who agreed.
 */
export class FaceDetectorGraph {
  readonly #detector: FaceDetector;
  readonly #context: OffscreenCanvasRenderingContext2D;

  private constructor(detector: FaceDetector, context: OffscreenCanvasRenderingContext2D) {
    this.#detector = detector;
    this.#context = context;
  }

  /** Builds the graph from the face landmarker's bundle. @throws DetectorMissingError */
  static async create(code: GraphCode, bundle: Uint8Array<ArrayBuffer>): Promise<FaceDetectorGraph> {
    const model = unzipSync(bundle, { filter: ({ name }) => name === detectorName })[detectorName];
    if (model === undefined) throw new DetectorMissingError();
    const context = new OffscreenCanvas(canvasSidePx, canvasSidePx).getContext('2d', {
      willReadFrequently: true,
    });
    if (context === null) throw new Error('This browser gives a worker no 2D canvas.');
    context.imageSmoothingQuality = 'medium';
    const detector = await FaceDetector.createFromOptions(offerCode(code), {
      baseOptions: { modelAssetBuffer: model, delegate: 'CPU' },
      runningMode: 'IMAGE',
      minDetectionConfidence: leastScore,
    });
    const graph = new FaceDetectorGraph(detector, context);
    // The first run builds what all others use.
    const side = { widthPx: canvasSidePx, heightPx: canvasSidePx };
    graph.detect(new OffscreenCanvas(canvasSidePx, canvasSidePx), { xPx: 0, yPx: 0, ...side });
    return graph;
  }

  /** The faces in one region of a picture, in the picture's pixels. */
  detect(image: CanvasImageSource, region: PictureRegion): FacePlace[] {
    const { xPx, yPx, widthPx, heightPx } = region;
    const scale = canvasSidePx / Math.max(widthPx, heightPx);
    const [drawnWidth, drawnHeight] = [widthPx * scale, heightPx * scale];
    const context = this.#context;
    context.clearRect(0, 0, canvasSidePx, canvasSidePx);
    context.drawImage(image, xPx, yPx, widthPx, heightPx, 0, 0, drawnWidth, drawnHeight);
    const picture = context.getImageData(0, 0, canvasSidePx, canvasSidePx);
    return this.#detector.detect(picture).detections.flatMap(({ boundingBox: box }) => {
      if (box === undefined) return [];
      const heightOnPicturePx = (box.height / scale) * landmarksPerBox;
      return [
        {
          uPx: xPx + (box.originX + box.width / 2) / scale,
          vPx: yPx + (box.originY + box.height / 2) / scale - heightOnPicturePx * boxMiddleToFaceMiddle,
          heightPx: heightOnPicturePx,
        },
      ];
    });
  }

  /** Frees the graph's memory. */
  close(): void {
    this.#detector.close();
  }
}
