import { PoseLandmarker } from '@mediapipe/tasks-vision';
import type { GraphCode } from './graph-code.ts';
import { GraphTime, offerCode } from './graph-code.ts';
import type { TrackedBody } from './landmark-frame.ts';
import type { PictureSize } from './picture-region.ts';
import { TrackNumbers } from './track-numbers.ts';
import type { Delegate } from './worker-messages.ts';

const mmPerMetre = 1_000;
const nose = 0;
const reachShare = 0.25;

/** The pose landmarker with its own time line: one body. */
export class BodyGraph {
  readonly #landmarker: PoseLandmarker;
  readonly #time = new GraphTime();
  readonly #numbers = new TrackNumbers();

  private constructor(landmarker: PoseLandmarker) {
    this.#landmarker = landmarker;
  }

  /** Builds the graph from the model's bytes. */
  static async create(
    code: GraphCode,
    model: Uint8Array<ArrayBuffer>,
    delegate: Delegate,
  ): Promise<BodyGraph> {
    const landmarker = await PoseLandmarker.createFromOptions(offerCode(code), {
      baseOptions: { modelAssetBuffer: model, delegate },
      runningMode: 'VIDEO',
      numPoses: 1,
    });
    return new BodyGraph(landmarker);
  }

  /** The body on one picture, or null. @throws Error of the library when the graph is beyond use */
  detect(image: TexImageSource, size: PictureSize, capturedAtMs: number): TrackedBody | null {
    const result = this.#landmarker.detectForVideo(image, this.#time.next(capturedAtMs));
    const [points, world] = [result.landmarks[0], result.worldLandmarks[0]];
    const places = result.landmarks.slice(0, 1).map((body) => ({
      uPx: (body[nose]?.x ?? 0) * size.widthPx,
      vPx: (body[nose]?.y ?? 0) * size.heightPx,
    }));
    const [trackId] = this.#numbers.number(places, capturedAtMs, reachShare * size.widthPx);
    if (points === undefined || world === undefined) return null;
    const landmarks = new Float32Array(points.length * 4);
    points.forEach(({ x, y, z, visibility }, index) => landmarks.set([x, y, z, visibility], index * 4));
    const worldMm = new Float32Array(world.length * 3);
    world.forEach(({ x, y, z }, index) =>
      worldMm.set([x * mmPerMetre, y * mmPerMetre, z * mmPerMetre], index * 3),
    );
    return { trackId: trackId ?? 1, landmarks, worldMm };
  }

  /** Frees the graph's memory. */
  close(): void {
    this.#landmarker.close();
  }
}
