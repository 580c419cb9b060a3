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
import type { CanonicalFace } from '../../../sdk/geometry/canonical-face.ts';
import { readCanonicalFace } from '../../../sdk/geometry/canonical-face-reader.ts';
import { faceLandmarkerSlips } from '../../../sdk/geometry/face-landmarker-slips.ts';
import { defaultIntrinsics } from '../../../sdk/geometry/intrinsics.ts';
import type { Pose } from '../../../sdk/geometry/pose.ts';
import { cameraLessMetrics } from '../../../sdk/tracking/camera-less-metrics.ts';
import { loadGraphCode } from '../../../sdk/tracking/graph-code.ts';
import { nothingSeen } from '../../../sdk/tracking/landmark-frame.ts';
import { LightSampler } from '../../../sdk/tracking/light-sampler.ts';
import { PosePipeline } from '../../../sdk/tracking/pose-pipeline.ts';
import type { TrackedFrame, Tracker, TrackerEvents } from '../../../sdk/tracking/tracker.ts';
import { TrackerGraphs } from '../../../sdk/tracking/tracker-graphs.ts';

/** What was seen on a picture: of each face its landmarks (478 × x, y in pixels of the picture). */
export interface SeenPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly faces: readonly (readonly number[])[];
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
  /** Loads the network and opens a mirror. */
  open(): Promise<void>;
  /** Shows what stands before the camera to the network for a second of its own time, and in the mirror. */
  see(stands: BeforeCamera): Promise<SeenPicture>;
  wear(pieces: readonly StagePiece[]): Promise<void>;
  /** The mirror as PNG, unmirrored, in base64. */
  picture(): Promise<string>;
}

/** A second of a camera that films one picture. */
const picturesSeen = 10;
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
let visitorModel: Model | null = null;
let timeMs = 1_000;
let frameId = 0;
const light = new LightSampler();

function need<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('The test page lacks something.');
  return value;
}

const isWaiting = (): boolean => latest !== null;

/** Shows the picture until a piece that was just put on has come wholly. */
async function shown(): Promise<void> {
  const until = performance.now() + wholeAfterMs;
  for (let turn = 0; turn < 4 || performance.now() < until; turn += 1) {
    latest?.image?.close();
    latest = await need(again)();
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

const page: FacePage = {
  open: async () => {
    const bytes = new Uint8Array(await (await fetch('/face_landmarker.task')).arrayBuffer());
    face = readCanonicalFace(bytes);
    const code = await loadGraphCode(new URL('/wasm', location.href).href);
    graphs = await TrackerGraphs.create(code, bytes, 'CPU', async () => null);
    mirror = mountMirror(need(document.querySelector<HTMLElement>('#mirror')), {
      tracker,
      faceTriangles: face.triangles,
    });
    await mirror.ready;
  },
  see: async (stands) => {
    const canvas = 'photo' in stands ? await drawPhoto(stands) : await drawVisitors(stands.visitors);
    const { width: widthPx, height: heightPx } = canvas;
    const size = { widthPx, heightPx };
    const intrinsics =
      'photo' in stands ? defaultIntrinsics(widthPx, heightPx) : visitorIntrinsics(widthPx, heightPx);
    await need(graphs).allow('photo' in stands ? 1 : stands.visitors.length);
    const pipeline = new PosePipeline(need(face), faceLandmarkerSlips(), events);
    let anchors = null;
    let seen: SeenPicture['faces'] = [];
    const bitmap = await createImageBitmap(canvas);
    for (let turn = 0; turn < picturesSeen; turn += 1) {
      timeMs += framePeriodMs;
      frameId += 1;
      const { faces } = need(graphs).detect(bitmap, timeMs);
      const first = faces[0];
      anchors = pipeline.process(
        {
          ...nothingSeen,
          frameId,
          capturedAtMs: timeMs,
          faces,
          shading: first ? light.sample(bitmap, size, first.landmarks) : null,
        },
        intrinsics,
      );
      seen = faces.map(({ landmarks }) =>
        Array.from({ length: 478 * 2 }, (_, at) =>
          at % 2 === 0
            ? (landmarks[(at / 2) * 3] ?? 0) * widthPx
            : (landmarks[((at - 1) / 2) * 3 + 1] ?? 0) * heightPx,
        ),
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
    const stage = need(document.querySelector<HTMLElement>('#mirror'));
    stage.style.width = `${widthPx}px`;
    stage.style.height = `${heightPx}px`;
    await shown();
    return { ...size, faces: seen };
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
