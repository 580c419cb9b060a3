import { FaceLandmarker } from '@mediapipe/tasks-vision';
import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import { drawGeneratedFace } from './generated-picture.ts';
import type { GraphCode } from './graph-code.ts';
import { GraphTime, offerCode } from './graph-code.ts';
import type { Delegate } from './worker-messages.ts';

const warmUpWidthPx = 640;
const warmUpHeightPx = 480;
const warmUpFrames = 4;

/** One face landmarker graph with its own time line. */
export class FaceGraph {
  readonly delegate: Delegate;
  readonly #landmarker: FaceLandmarker;
  readonly #time = new GraphTime();

  private constructor(landmarker: FaceLandmarker, delegate: Delegate) {
    this.#landmarker = landmarker;
    this.delegate = delegate;
  }

  /** Builds the graph from the model's bytes. */
  static async create(
    code: GraphCode,
    model: Uint8Array<ArrayBuffer>,
    delegate: Delegate,
  ): Promise<FaceGraph> {
    const landmarker = await FaceLandmarker.createFromOptions(offerCode(code), {
      baseOptions: { modelAssetBuffer: model, delegate },
      runningMode: 'VIDEO',
      numFaces: 1,
      outputFaceBlendshapes: false,
      outputFacialTransformationMatrixes: false,
    });
    return new FaceGraph(landmarker, delegate);
  }

  /**
   * The landmarks of the face in one picture, or null.
   * @throws Error of the library when the graph is beyond use; close it and create another.
   */
  detect(image: TexImageSource, capturedAtMs: number): FaceLandmarks | null {
    const face = this.#landmarker.detectForVideo(image, this.#time.next(capturedAtMs)).faceLandmarks[0];
    if (face === undefined) return null;
    const landmarks = new Float32Array(face.length * 3);
    face.forEach(({ x, y, z }, index) => landmarks.set([x, y, z], index * 3));
    return landmarks;
  }

  /** Runs the graph on a generated picture and tells the median time of a frame, the first left out. */
  warmUp(now: () => number): number {
    const canvas = new OffscreenCanvas(warmUpWidthPx, warmUpHeightPx);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser gives a worker no 2D canvas.');
    drawGeneratedFace(context, warmUpWidthPx, warmUpHeightPx);
    const timesMs: number[] = [];
    for (let frame = 0; frame <= warmUpFrames; frame += 1) {
      const before = now();
      this.detect(canvas, 0);
      if (frame > 0) timesMs.push(now() - before);
    }
    // An empty picture makes the graph let go of the drawn face before the first real one.
    context.fillRect(0, 0, warmUpWidthPx, warmUpHeightPx);
    this.detect(canvas, 0);
    return timesMs.toSorted((a, b) => a - b)[Math.floor(timesMs.length / 2)] ?? 0;
  }

  /** Frees the graph's memory. */
  close(): void {
    this.#landmarker.close();
  }
}
