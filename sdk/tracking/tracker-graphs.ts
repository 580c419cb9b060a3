import { messageOf } from '../core/vitrine-error.ts';
import { BodyGraph } from './body-graph.ts';
import { chooseDelegate, isSoftwareRenderer, webglRendererName } from './delegate-probe.ts';
import { FaceDetectorGraph } from './face-detector-graph.ts';
import { CropEye } from './face-eye.ts';
import { FaceGraph } from './face-graph.ts';
import { FaceTracks } from './face-tracks.ts';
import type { GraphCode } from './graph-code.ts';
import type { HairShares } from '../anchors/hair-mask.ts';
import { HandSampler } from './hand-sampler.ts';
import type { HeadCut } from './hair-watch.ts';
import { HairWatch } from './hair-watch.ts';
import { HandGraph } from './hand-graph.ts';
import type { LandmarkFrame, TrackedHand } from './landmark-frame.ts';
import { MotionMeter } from './motion-meter.ts';
import type { PicturePoint } from './picture-region.ts';
import type { TrackedPart } from './tracker.ts';
import type { Delegate } from './worker-messages.ts';

/** Fetches and checks a part's model; null where there is none to be had. */
export type ModelSource = (part: TrackedPart) => Promise<Uint8Array<ArrayBuffer> | null>;

/** Everything seen on one picture. */
export type SeenParts = Pick<LandmarkFrame, 'faces' | 'hands' | 'body'>;

/**
 * Every graph of the tracker: the face's from the start, the hand's and the body's from when they are first needed until
 * they are needed no longer.
 */
export class TrackerGraphs {
  readonly delegate: Delegate;
  readonly #code: GraphCode;
  readonly #faceModel: Uint8Array<ArrayBuffer>;
  readonly #source: ModelSource;
  readonly #motion = new MotionMeter();
  readonly #sampler = new HandSampler();
  readonly #eyes: CropEye[] = [];
  readonly #detector: FaceDetectorGraph;
  #faces: FaceTracks;
  #hand: HandGraph | null = null;
  #body: BodyGraph | null = null;
  #hair: HairWatch | null = null;
  #isHairLost = false;
  #parts: ReadonlySet<TrackedPart> = new Set(['face']);

  private constructor(given: {
    readonly code: GraphCode;
    readonly faceModel: Uint8Array<ArrayBuffer>;
    readonly source: ModelSource;
    readonly detector: FaceDetectorGraph;
    readonly face: FaceGraph;
  }) {
    this.#code = given.code;
    this.#faceModel = given.faceModel;
    this.#source = given.source;
    this.#detector = given.detector;
    this.delegate = given.face.delegate;
    const eye = CropEye.over(given.face);
    this.#eyes.push(eye);
    this.#faces = this.#tracksFrom(eye);
  }

  /** Builds and warms up what the face needs; `probe` runs both delegates and keeps the better. */
  static async create(
    code: GraphCode,
    faceModel: Uint8Array<ArrayBuffer>,
    wanted: Delegate | 'probe',
    source: ModelSource,
  ): Promise<TrackerGraphs> {
    const detector = await FaceDetectorGraph.create(code, faceModel);
    const face = wanted === 'probe' ? await probe(code, faceModel) : await warmGraph(code, faceModel, wanted);
    return new TrackerGraphs({ code, faceModel, source, detector, face });
  }

  /** Loads what is newly needed and frees what no longer is; says why hair cannot be followed, where that turned out just now. */
  async need(parts: readonly TrackedPart[]): Promise<string | null> {
    let lost: string | null = null;
    this.#parts = new Set(parts);
    if (this.#parts.has('hand')) {
      this.#hand ??= await this.#open('hand', (model) => HandGraph.create(this.#code, model, this.delegate));
    } else {
      this.#hand?.close();
      this.#hand = null;
    }
    if (this.#parts.has('body')) {
      this.#body ??= await this.#open('body', (model) => BodyGraph.create(this.#code, model, this.delegate));
    } else {
      this.#body?.close();
      this.#body = null;
    }
    if (this.#parts.has('hair')) {
      if (!this.#isHairLost) lost = await this.#openHair();
    } else {
      this.#hair?.close();
      this.#hair = null;
    }
    if (!this.#parts.has('face')) this.#faces.reset();
    return lost;
  }

  /** How many people's faces may be followed. */
  async allow(people: number): Promise<void> {
    await this.#faces.allow(people);
  }

  /** Serves whoever is at this point of the picture first. */
  choose(point: PicturePoint): void {
    this.#faces.choose(point);
  }

  /** Everything needed that is on one picture. @throws Error of the library when a graph is beyond use */
  detect(image: ImageBitmap, capturedAtMs: number): SeenParts {
    const size = { widthPx: image.width, heightPx: image.height };
    return {
      faces: this.#parts.has('face') ? this.#faces.follow(image, size, capturedAtMs) : [],
      hands: (this.#hand?.detect(image, size, capturedAtMs) ?? []).map((hand) => ({
        ...hand,
        outline: this.#sampler.sampleFingers(image, size, hand),
        wristOutline: this.#sampler.sampleWrist(image, size, hand),
      })),
      body: this.#body?.detect(image, size, capturedAtMs) ?? null,
    };
  }

  /** The hand with the edges of its fingers as a card in its palm tells where they are; `cardPxPerMm` as in `outlineProbe`. */
  outlineByCard(image: ImageBitmap, hand: TrackedHand, cardPxPerMm: number): TrackedHand {
    const size = { widthPx: image.width, heightPx: image.height };
    return { ...hand, outline: this.#sampler.sampleFingers(image, size, hand, cardPxPerMm) };
  }

  /** Takes out of a picture what `findHair` needs, before it is given away; null while nobody's hair is due. */
  cutHair(image: ImageBitmap, { faces }: SeenParts, capturedAtMs: number): HeadCut | null {
    const [first] = faces;
    const size = { widthPx: image.width, heightPx: image.height };
    return (first && this.#hair?.cut(image, size, first, capturedAtMs)) ?? null;
  }

  /** The hair of a head that was cut out; what cannot find it once never will, and is left out from then on. @throws Error of the library */
  findHair(cut: HeadCut, now: () => number): (HairShares & { readonly tookMs: number }) | null {
    try {
      return this.#hair?.find(cut, now) ?? null;
    } catch (cause) {
      this.#loseHair();
      throw cause;
    }
  }

  /** Frees all memory. A graph that failed repeats its error when it is closed; its memory is freed all the same. */
  close(): void {
    for (const graph of [this.#detector, ...this.#eyes, this.#hand, this.#body, this.#hair]) {
      try {
        graph?.close();
      } catch {
        // Said above.
      }
    }
  }

  /** Without hair nothing is amiss: a model that makes no graph is left out as one that is not there, and not tried again. */
  async #openHair(): Promise<string | null> {
    try {
      this.#hair ??= await this.#open('hair', (model) => HairWatch.create(this.#code, model));
      return null;
    } catch (cause) {
      this.#loseHair();
      return messageOf(cause);
    }
  }

  #loseHair(): void {
    this.#isHairLost = true;
    try {
      this.#hair?.close();
    } catch {
      // A graph that failed repeats its error when it is closed.
    }
    this.#hair = null;
  }

  async #open<Graph>(
    part: TrackedPart,
    create: (model: Uint8Array<ArrayBuffer>) => Promise<Graph>,
  ): Promise<Graph | null> {
    const model = await this.#source(part);
    return model && (await create(model));
  }

  #tracksFrom(eye: CropEye): FaceTracks {
    return new FaceTracks(
      {
        detect: (image, region) => this.#detector.detect(image, region),
        motion: (image, size) => this.#motion.measure(image, size),
        openEye: async () => {
          const another = await CropEye.open(this.#code, this.#faceModel, this.delegate);
          this.#eyes.push(another);
          return another;
        },
      },
      eye,
    );
  }
}

async function warmGraph(
  code: GraphCode,
  model: Uint8Array<ArrayBuffer>,
  delegate: Delegate,
): Promise<FaceGraph> {
  const graph = await FaceGraph.create(code, model, delegate);
  graph.warmUp(() => performance.now());
  return graph;
}

/** Runs the CPU, then a hardware GPU if there is one, and keeps the better of both. */
async function probe(code: GraphCode, model: Uint8Array<ArrayBuffer>): Promise<FaceGraph> {
  const cpu = await FaceGraph.create(code, model, 'CPU');
  const cpuMs = cpu.warmUp(() => performance.now());
  if (isSoftwareRenderer(webglRendererName())) return cpu;
  let gpu: FaceGraph | null = null;
  let gpuMs: number | null = null;
  try {
    gpu = await FaceGraph.create(code, model, 'GPU');
    gpuMs = gpu.warmUp(() => performance.now());
  } catch {
    // A driver that cannot run the graph is a reason to stay with the CPU, not a fault.
    gpuMs = null;
  }
  if (gpu !== null && chooseDelegate(cpuMs, gpuMs) === 'GPU') {
    cpu.close();
    return gpu;
  }
  gpu?.close();
  return cpu;
}
