import type { HairShares } from '../anchors/hair-mask.ts';
import type { GraphCode } from './graph-code.ts';
import { placeOf } from './face-crop.ts';
import { HairGraph, hairInputPx } from './hair-graph.ts';
import { HairSchedule } from './hair-schedule.ts';
import type { TrackedFace } from './landmark-frame.ts';
import type { PictureSize } from './picture-region.ts';

/** The square around a face in which its hair is looked for, in heights of the face: to the shoulders. */
const regionPerFace = 2.1;

/** A head cut out of a picture, whose hair is still to be found. */
export interface HeadCut {
  readonly face: TrackedFace;
  readonly timeMs: number;
  readonly picture: ImageData;
  readonly leftPx: number;
  readonly topPx: number;
  readonly regionPx: number;
}

/** Looks at the hair of the person served first, now and then, after everything else that a picture needs. */
export class HairWatch {
  readonly #graph: HairGraph;
  readonly #schedule = new HairSchedule();
  readonly #context: OffscreenCanvasRenderingContext2D;

  private constructor(graph: HairGraph) {
    const context = new OffscreenCanvas(hairInputPx, hairInputPx).getContext('2d', {
      willReadFrequently: true,
    });
    if (context === null) throw new Error('This browser gives a worker no 2D canvas.');
    context.imageSmoothingQuality = 'medium';
    this.#graph = graph;
    this.#context = context;
  }

  /** Builds the segmenter from the model's bytes. */
  static async create(code: GraphCode, model: Uint8Array<ArrayBuffer>): Promise<HairWatch> {
    return new HairWatch(await HairGraph.create(code, model));
  }

  /** Takes the head out of a picture that is about to be given away, when its hair is due; null when it is not. */
  cut(image: CanvasImageSource, size: PictureSize, face: TrackedFace, timeMs: number): HeadCut | null {
    if (!this.#schedule.isDue(timeMs, face.trackId, face.landmarks)) return null;
    const place = placeOf(face.landmarks, size);
    if (place === null) return null;
    const regionPx = regionPerFace * place.heightPx;
    const [leftPx, topPx] = [place.uPx - regionPx / 2, place.vPx - regionPx / 2];
    // What lies beyond the picture's edge is black.
    this.#context.fillRect(0, 0, hairInputPx, hairInputPx);
    this.#context.drawImage(image, leftPx, topPx, regionPx, regionPx, 0, 0, hairInputPx, hairInputPx);
    const picture = this.#context.getImageData(0, 0, hairInputPx, hairInputPx);
    return { face, timeMs, picture, leftPx, topPx, regionPx };
  }

  /** The hair on a head that was cut out. @throws Error of the library when the graph is beyond use */
  find(
    { face, timeMs, picture, leftPx, topPx, regionPx }: HeadCut,
    now: () => number,
  ): HairShares & { tookMs: number } {
    const before = now();
    const shares = this.#graph.segment(picture);
    const tookMs = now() - before;
    this.#schedule.noteRun(timeMs, face.trackId, face.landmarks, tookMs);
    return { shares, sidePx: hairInputPx / 2, leftPx, topPx, regionPx, tookMs };
  }

  close(): void {
    this.#graph.close();
  }
}
