import type { StagePiece } from '../../../scenes/index.ts';
import { mountMirror } from '../../../scenes/index.ts';
import type { MirrorMount } from '../../../scenes/index.ts';
import { loadModel } from '../../../scenes/models/load-model.ts';
import type { Model } from '../../../scenes/models/load-model.ts';
import { visitorLooks } from '../../../scenes/visitor/skin-tones.ts';
import type { VisitorLookName } from '../../../scenes/visitor/skin-tones.ts';
import { visitorIntrinsics } from '../../../scenes/visitor/visitor-camera.ts';
import { VisitorScene } from '../../../scenes/visitor/visitor-scene.ts';
import { Emitter } from '../../../sdk/core/emitter.ts';
import type { CameraIntrinsics } from '../../../sdk/geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../../../sdk/geometry/canonical-face.ts';
import { readCanonicalFace } from '../../../sdk/geometry/canonical-face-reader.ts';
import { faceLandmarkerSlips } from '../../../sdk/geometry/face-landmarker-slips.ts';
import { defaultIntrinsics } from '../../../sdk/geometry/intrinsics.ts';
import type { Pose } from '../../../sdk/geometry/pose.ts';
import { cameraLessMetrics } from '../../../sdk/tracking/camera-less-metrics.ts';
import { loadGraphCode } from '../../../sdk/tracking/graph-code.ts';
import { nothingSeen } from '../../../sdk/tracking/landmark-frame.ts';
import { LightSampler } from '../../../sdk/tracking/light-sampler.ts';
import { FrameSolver } from '../../../sdk/tracking/frame-solver.ts';
import { PosePipeline } from '../../../sdk/tracking/pose-pipeline.ts';
import type { TrackedFrame, Tracker, TrackerEvents } from '../../../sdk/tracking/tracker.ts';
import { TrackerGraphs } from '../../../sdk/tracking/tracker-graphs.ts';

/** What was seen on a picture: of each face its landmarks (478 × x, y in pixels of the picture). */
export interface SeenPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly faces: readonly (readonly number[])[];
  /** How far hair covers the left and the right ear of the first; null where nobody looked. */
  readonly earsCovered: readonly [left: number, right: number] | null;
}

type Region = readonly [x: number, y: number, width: number, height: number];

/** A region of a photograph (x, y, width, height), so many times enlarged, or visitors of the kit. */
export type BeforeCamera =
  | { readonly photo: string; readonly region: Region; readonly enlarged: number }
  | { readonly visitors: readonly StandingVisitor[] };

/** A drawn person, their lips so far apart. */
export interface StandingVisitor {
  readonly look: VisitorLookName;
  readonly cameraFromHead: Pose;
  readonly openMm: number;
}

/** What a test asks of the page. */
export interface FacePage {
  /** Loads the network, that for hair too where one is given, and opens a mirror. */
  open(hairModel?: string): Promise<void>;
  /**
   * Shows what stands before the camera to the network for a second of its own time, and in the mirror. All visitors have agreed, unless
   * `people` says how many have.
   */
  see(stands: BeforeCamera, people?: number): Promise<SeenPicture>;
  wear(pieces: readonly StagePiece[]): Promise<void>;
  /** The mirror as PNG, unmirrored, in base64. */
  picture(): Promise<string>;
}

const picturesSeen = 10;
/** Beside one who is followed, the search for others takes its time. */
const mostPicturesSeen = 60;
const framePeriodMs = 100;
const wholeAfterMs = 300;
const visitorPicture = { widthPx: 640, heightPx: 480 } as const;

const events = new Emitter<TrackerEvents>();
const nothing = (): void => undefined;
let latest: TrackedFrame | null = null;
let again: (() => Promise<TrackedFrame>) | null = null;

/** Hands the mirror what the page puts before it. */
const tracker: Tracker = {
  events,
  warmUp: () => Promise.resolve(),
  start: () => Promise.resolve(),
  stop: nothing,
  setNeeds: nothing,
  allowPeople: nothing,
  choosePerson: nothing,
  seekCard: nothing,
  takeFrame: () => {
    const frame = latest;
    latest = null;
    return frame;
  },
  metrics: () => cameraLessMetrics(0),
  dispose: nothing,
};

let face: CanonicalFace | null = null;
let graphs: TrackerGraphs | null = null;
let mirror: MirrorMount | null = null;
interface Scene {
  readonly canvas: OffscreenCanvas;
  readonly intrinsics: CameraIntrinsics;
  readonly solver: FrameSolver;
  readonly pipeline: PosePipeline;
  readonly people: number;
}

let scene: Scene | null = null;
let visitorModel: Model | null = null;
let looksAtHair = false;
let timeMs = 1_000;
let frameId = 0;
const light = new LightSampler();

function need<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('The test page lacks something.');
  return value;
}

async function bytesOf(url: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

const isWaiting = (): boolean => latest !== null;

/** Shows the picture until a piece that was just put on has come wholly. */
async function shown(): Promise<void> {
  if (again === null) return;
  const until = performance.now() + wholeAfterMs;
  for (let turn = 0; turn < 4 || performance.now() < until; turn += 1) {
    latest?.image?.close();
    latest = await again();
    while (isWaiting()) await new Promise((done) => requestAnimationFrame(done));
  }
}

async function drawPhoto({
  photo,
  region: [x, y, width, height],
  enlarged,
}: Extract<BeforeCamera, { photo: string }>): Promise<OffscreenCanvas> {
  const picture = await createImageBitmap(await (await fetch(photo)).blob());
  const canvas = new OffscreenCanvas(width * enlarged, height * enlarged);
  need(canvas.getContext('2d')).drawImage(picture, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Several stand side by side: each has a share of the picture's breadth to themselves. */
async function drawVisitors(visitors: readonly StandingVisitor[]): Promise<OffscreenCanvas> {
  const canvas = new OffscreenCanvas(visitorPicture.widthPx, visitorPicture.heightPx);
  const context = need(canvas.getContext('2d'));
  visitorModel ??= await loadModel(
    new Uint8Array(await (await fetch('/collections/shared/visitor.glb')).arrayBuffer()),
  );
  const share = canvas.width / visitors.length;
  for (const [at, { look, cameraFromHead, openMm }] of visitors.entries()) {
    const scene = new VisitorScene(visitorModel.prototype, visitorLooks[look], canvas.width, canvas.height);
    scene.head.openMouth(openMm);
    const drawn = scene.draw(cameraFromHead, visitorIntrinsics(canvas.width, canvas.height));
    context.drawImage(drawn, at * share, 0, share, canvas.height, at * share, 0, share, canvas.height);
    scene.dispose();
  }
  return canvas;
}

/** A second of a camera that films the scene. */
async function look({ canvas, intrinsics, solver, pipeline, people }: Scene): Promise<SeenPicture> {
  const size = { widthPx: canvas.width, heightPx: canvas.height };
  const bitmap = await createImageBitmap(canvas);
  let anchors = null;
  let faces: SeenPicture['faces'] = [];
  for (let turn = 0; turn < picturesSeen || (faces.length < people && turn < mostPicturesSeen); turn += 1) {
    timeMs += framePeriodMs;
    frameId += 1;
    const seen = need(graphs).detect(bitmap, timeMs);
    const [first] = seen.faces;
    const shading = first ? light.sample(bitmap, size, first.landmarks) : null;
    const frame = { ...nothingSeen, frameId, capturedAtMs: timeMs, faces: seen.faces, shading };
    anchors = pipeline.process(solver.solve(frame, intrinsics), intrinsics);
    const head = need(graphs).cutHair(bitmap, seen, timeMs);
    const hair = head && need(graphs).findHair(head, () => 0);
    if (hair !== null) pipeline.takeHair(frameId, hair);
    faces = seen.faces.map(({ landmarks }) =>
      Array.from({ length: 478 * 2 }, (_, at) => {
        const isAcross = at % 2 === 0;
        const value = landmarks[Math.floor(at / 2) * 3 + (isAcross ? 0 : 1)] ?? 0;
        return value * (isAcross ? size.widthPx : size.heightPx);
      }),
    );
  }
  bitmap.close();
  const settled = need(anchors);
  again = async () => {
    frameId += 1;
    timeMs += framePeriodMs;
    return {
      image: await createImageBitmap(canvas),
      intrinsics,
      anchors: { ...settled, frameId, capturedAtMs: timeMs },
    };
  };
  const { hair } = settled;
  return { ...size, faces, earsCovered: hair ? [hair.leftEarCovered, hair.rightEarCovered] : null };
}

const page: FacePage = {
  open: async (hairModel) => {
    looksAtHair = hairModel !== undefined;
    const bytes = await bytesOf('/face_landmarker.task');
    face = readCanonicalFace(bytes);
    const code = await loadGraphCode(new URL('/wasm', location.href).href);
    graphs = await TrackerGraphs.create(code, bytes, 'CPU', async () =>
      hairModel === undefined ? null : bytesOf(hairModel),
    );
    await graphs.need(['face', 'hair']);
    mirror = mountMirror(need(document.querySelector<HTMLElement>('#mirror')), {
      tracker,
      faceTriangles: face.triangles,
    });
    await mirror.ready;
  },
  see: async (stands, people) => {
    // Whoever stood there before is forgotten.
    timeMs += 10_000;
    const canvas = 'photo' in stands ? await drawPhoto(stands) : await drawVisitors(stands.visitors);
    const { width: widthPx, height: heightPx } = canvas;
    const allowed = people ?? ('photo' in stands ? 1 : stands.visitors.length);
    await need(graphs).allow(allowed);
    need(mirror).setPeople(allowed);
    scene = {
      canvas,
      intrinsics:
        'photo' in stands ? defaultIntrinsics(widthPx, heightPx) : visitorIntrinsics(widthPx, heightPx),
      solver: new FrameSolver(need(face), faceLandmarkerSlips()),
      pipeline: new PosePipeline(need(face), events),
      people: allowed,
    };
    scene.pipeline.lookAtHair(looksAtHair);
    const stage = need(document.querySelector<HTMLElement>('#mirror'));
    stage.style.width = `${widthPx}px`;
    stage.style.height = `${heightPx}px`;
    const seen = await look(scene);
    await shown();
    return seen;
  },
  wear: async (pieces) => {
    await need(mirror).setPieces(pieces);
    await shown();
  },
  picture: async () => {
    const bitmap = await createImageBitmap(await need(mirror).capturePng());
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    const context = need(canvas.getContext('2d'));
    context.setTransform(-1, 0, 0, 1, bitmap.width, 0);
    context.drawImage(bitmap, 0, 0);
    return need(canvas.toDataURL('image/png').split(',')[1]);
  },
};

declare global {
  interface Window {
    faces: FacePage;
  }
}
window.faces = page;
