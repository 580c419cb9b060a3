import { HandLandmarker } from '@mediapipe/tasks-vision';
import type { GraphCode } from './graph-code.ts';
import { GraphTime, offerCode } from './graph-code.ts';
import { sideOfLabel } from './handedness.ts';
import type { TrackedHand } from './landmark-frame.ts';
import type { PictureSize } from './picture-region.ts';
import { TrackNumbers } from './track-numbers.ts';
import type { Delegate } from './worker-messages.ts';

const mmPerMetre = 1_000;
/** A hand moves no farther than this from one picture to the next, as a share of the picture's width. */
const reachShare = 0.25;
const middleKnuckle = 9;

/** The hand landmarker with its own time line: both hands of whoever is there. */
export class HandGraph {
  readonly #landmarker: HandLandmarker;
  readonly #time = new GraphTime();
  readonly #numbers = new TrackNumbers();

  private constructor(landmarker: HandLandmarker) {
    this.#landmarker = landmarker;
  }

  /** Builds the graph from the model's bytes. */
  static async create(
    code: GraphCode,
    model: Uint8Array<ArrayBuffer>,
    delegate: Delegate,
  ): Promise<HandGraph> {
    const landmarker = await HandLandmarker.createFromOptions(offerCode(code), {
      baseOptions: { modelAssetBuffer: model, delegate },
      runningMode: 'VIDEO',
      numHands: 2,
    });
    return new HandGraph(landmarker);
  }

  /** The hands on one picture. @throws Error of the library when the graph is beyond use */
  detect(image: TexImageSource, size: PictureSize, capturedAtMs: number): TrackedHand[] {
    const { landmarks, worldLandmarks, handedness } = this.#landmarker.detectForVideo(
      image,
      this.#time.next(capturedAtMs),
    );
    const middles = landmarks.map((points) => ({
      uPx: (points[middleKnuckle]?.x ?? 0) * size.widthPx,
      vPx: (points[middleKnuckle]?.y ?? 0) * size.heightPx,
    }));
    const numbers = this.#numbers.number(middles, capturedAtMs, reachShare * size.widthPx);
    return landmarks.flatMap((points, at) => {
      const [world, label, trackId] = [worldLandmarks[at], handedness[at]?.[0], numbers[at]];
      const side = sideOfLabel(label?.categoryName ?? '');
      if (world === undefined || label === undefined || trackId === undefined || side === null) return [];
      return [
        {
          trackId,
          side,
          sideScore: label.score,
          landmarks: flatten(points, 1),
          worldMm: flatten(world, mmPerMetre),
        },
      ];
    });
  }

  /** Frees the graph's memory. */
  close(): void {
    this.#landmarker.close();
  }
}

function flatten(points: readonly { x: number; y: number; z: number }[], unit: number): Float32Array {
  const flat = new Float32Array(points.length * 3);
  points.forEach(({ x, y, z }, index) => flat.set([x * unit, y * unit, z * unit], index * 3));
  return flat;
}
