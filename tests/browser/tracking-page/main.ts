import { systemClock } from '../../../sdk/core/clock.ts';
import { defaultIntrinsics, projectPoint } from '../../../sdk/geometry/intrinsics.ts';
import type { CameraTracker } from '../../../sdk/tracking/camera-tracker.ts';
import { createCameraTracker } from '../../../sdk/tracking/camera-tracker.ts';
import { createOwnTrackerWorker } from '../../../sdk/tracking/own-worker.ts';
import type { Pose } from '../../../sdk/geometry/pose.ts';
import { rotateVector } from '../../../sdk/geometry/pose-algebra.ts';
import type { TrackedPart, TrackerMetrics } from '../../../sdk/tracking/tracker.ts';
import type { WorkerLike } from '../../../sdk/tracking/tracker-link.ts';
import { createTrackerWorker } from '../../../sdk/tracking/worker-bootstrap.ts';
import type { ModelAsset, WorkerRequest } from '../../../sdk/tracking/worker-messages.ts';

/** One tracked frame as a test sees it: anchors projected to pixels, and the number written on the picture. */
export interface SeenFrame {
  readonly writtenFrame: number;
  readonly faces: number;
  readonly confidence: number;
  readonly noseBridge: readonly [number, number];
  readonly leftEarlobe: readonly [number, number];
  readonly rightEarlobe: readonly [number, number];
  readonly distanceMm: number;
  readonly scale: number;
  readonly scaleSource: string;
  readonly pupillaryDistanceMm: number | null;
  readonly tint: readonly number[];
}

/** What one frame tells of hands and body, places in pixels. */
export interface SeenParts {
  readonly hands: readonly {
    readonly side: string;
    readonly confidence: number;
    readonly thumbRing: readonly [number, number];
    readonly wrist: readonly [number, number];
    /** Along the forearm towards the hand, camera frame. */
    readonly forearm: readonly number[];
  }[];
  readonly body: {
    readonly torso: readonly [number, number];
    /** Out of the chest, camera frame. */
    readonly chest: readonly number[];
    readonly confidence: number;
    readonly scaleSource: string;
  } | null;
  readonly noise: number | null;
  readonly lightSource: string;
}

/** One of those who are followed, the one served first in front; the place of their nose in pixels. */
export interface SeenPerson {
  readonly identity: number;
  readonly noseBridge: readonly [number, number];
}

/** What a test asks of the page. */
export interface TrackingPage {
  begin(settings: BeginSettings): Promise<void>;
  collect(frames: number, timeoutMs: number): Promise<SeenFrame[]>;
  /** Frames on which a hand or a body was seen. */
  collectParts(frames: number, timeoutMs: number): Promise<SeenParts[]>;
  /** Every frame from now on, with all who are followed on it. */
  collectPeople(frames: number, timeoutMs: number): Promise<SeenPerson[][]>;
  /** So many may be followed. */
  allow(people: number): void;
  /** Somebody touched this point of the picture. */
  choose(uPx: number, vPx: number): void;
  /** From now on the worker gets no more messages, as if it hung, until it is replaced. */
  deafenWorker(): void;
  /** Gives the graph a picture whose time is no number. */
  poisonGraph(): Promise<void>;
  /** Looks at the picture at hand; tells how many of those it looked at carried no face. */
  picturesWithoutFace(): number;
  stop(): void;
  report(): Report;
}

/** How a run begins. */
export interface BeginSettings {
  readonly modelUrl: string;
  readonly modelSha256: string;
  /** The hand's and the body's models, and what is to be followed; the face alone unless told. */
  readonly more?: {
    readonly hand: ModelAsset;
    readonly body: ModelAsset;
    readonly parts: readonly TrackedPart[];
  };
  /** The hair's model: with it the first face's hair is asked for too. */
  readonly hair?: ModelAsset;
  readonly workerUrl?: string;
  readonly withoutCamera?: boolean;
}

/** What happened so far. */
export interface Report {
  readonly events: string[];
  readonly metrics: TrackerMetrics;
  readonly requestsRefused: number;
  readonly bitmapsOpen: number;
}

const blockPx = 16;
const blocks = 8;

let tracker: CameraTracker | null = null;
let worker: WorkerLike | null = null;
let deaf = false;
let faceless = 0;
const events: string[] = [];

// Every bitmap the page makes is counted until it is closed or handed to the worker; those that come back count again.
let bitmapsOpen = 0;
const open = new WeakSet<ImageBitmap>();
const closeBitmap: (this: ImageBitmap) => void = Reflect.get(ImageBitmap.prototype, 'close');
Object.assign(ImageBitmap.prototype, {
  close(this: ImageBitmap): void {
    noteGone(this);
    closeBitmap.call(this);
  },
});
function noteOpen(bitmap: ImageBitmap): ImageBitmap {
  open.add(bitmap);
  bitmapsOpen += 1;
  return bitmap;
}
function noteGone(bitmap: ImageBitmap): void {
  if (open.delete(bitmap)) bitmapsOpen -= 1;
}

function createCountedWorker(workerUrl: string | undefined): WorkerLike {
  const real = workerUrl === undefined ? createOwnTrackerWorker() : createTrackerWorker(workerUrl);
  deaf = false;
  real.addEventListener('message', (event) => {
    if (event.data.kind === 'result') noteOpen(event.data.image);
  });
  let mayHear = true;
  worker = {
    postMessage: (message: WorkerRequest, transfer: Transferable[]) => {
      if (message.kind === 'frame') noteGone(message.image);
      if (!deaf) real.postMessage(message, transfer);
      else if (message.kind === 'frame') {
        mayHear = false;
        message.image.close();
      }
    },
    addEventListener: (type: string, listener: (event: never) => void) => {
      real.addEventListener(type, (event) => {
        if (mayHear || type !== 'message') listener(event as never);
      });
    },
    terminate: () => real.terminate(),
  };
  return worker;
}

const page: TrackingPage = {
  begin: async (settings) => {
    tracker?.dispose();
    events.length = 0;
    tracker = createCameraTracker({
      assets: {
        wasmBaseUrl: new URL('/wasm/', location.href).href,
        models: {
          face: { url: new URL(settings.modelUrl, location.href).href, sha256: settings.modelSha256 },
          ...(settings.hair && { hair: absolute(settings.hair) }),
          ...(settings.more && { hand: absolute(settings.more.hand), body: absolute(settings.more.body) }),
        },
      },
      clock: systemClock,
      createWorker: () => createCountedWorker(settings.workerUrl),
      createBitmap: async (video) => noteOpen(await createImageBitmap(video)),
    });
    tracker.events.on('tracking-found', ({ identity }) => events.push(`found ${identity}`));
    tracker.events.on('tracking-lost', ({ identity }) => events.push(`lost ${identity}`));
    tracker.events.on('problem', ({ problem, message }) => events.push(`problem ${problem}: ${message}`));
    tracker.events.on('restarted', ({ reason, count }) => events.push(`restarted ${reason} ${count}`));
    tracker.events.on('part-missing', ({ part }) => events.push(`missing ${part}`));
    if (settings.more) tracker.setNeeds(settings.more.parts);
    if (settings.hair) tracker.setNeeds(['face', 'hair']);
    await tracker.warmUp();
    events.push('warm');
    if (settings.withoutCamera !== true) await tracker.start();
  },
  collect: (frames, timeoutMs) =>
    gather(frames, timeoutMs, () => {
      const next = takeSeen();
      return next !== null && next.faces > 0 ? next : null;
    }),
  collectParts: (frames, timeoutMs) => gather(frames, timeoutMs, takeParts),
  collectPeople: (frames, timeoutMs) => gather(frames, timeoutMs, takePeople),
  allow: (people) => tracker?.allowPeople(people),
  choose: (uPx, vPx) => tracker?.choosePerson(uPx, vPx),
  deafenWorker: () => {
    deaf = true;
  },
  poisonGraph: async () => {
    const canvas = new OffscreenCanvas(64, 48);
    canvas.getContext('2d')?.fillRect(0, 0, 64, 48);
    const image = await createImageBitmap(canvas);
    const intrinsics = defaultIntrinsics(64, 48);
    worker?.postMessage({ kind: 'frame', frameId: -1, capturedAtMs: Number.NaN, image, intrinsics }, [image]);
  },
  picturesWithoutFace: () => {
    const next = takeSeen();
    if (next !== null && next.faces === 0) faceless += 1;
    return faceless;
  },
  stop: () => tracker?.stop(),
  report: () => {
    if (tracker === null) throw new Error('begin first');
    return {
      events: [...events],
      metrics: tracker.metrics(),
      requestsRefused: tracker.requestsRefused(),
      bitmapsOpen,
    };
  },
};

/** What is taken at each displayed frame, until there is enough of it or its time is over. */
function gather<Seen>(frames: number, timeoutMs: number, take: () => Seen | null): Promise<Seen[]> {
  return new Promise((resolve) => {
    const seen: Seen[] = [];
    const until = performance.now() + timeoutMs;
    const look = (): void => {
      const next = take();
      if (next !== null) seen.push(next);
      if (seen.length >= frames || performance.now() > until) resolve(seen);
      else requestAnimationFrame(look);
    };
    look();
  });
}

const canvas = new OffscreenCanvas(blocks * blockPx, blockPx);
const context = canvas.getContext('2d', { willReadFrequently: true });

function readWrittenFrame(image: ImageBitmap): number {
  if (context === null) return -1;
  context.drawImage(
    image,
    0,
    image.height - blockPx,
    blocks * blockPx,
    blockPx,
    0,
    0,
    blocks * blockPx,
    blockPx,
  );
  const { data } = context.getImageData(0, 0, blocks * blockPx, blockPx);
  let frame = 0;
  for (let bit = 0; bit < blocks; bit += 1) {
    const middle = ((blockPx / 2) * blocks * blockPx + (bit + 0.5) * blockPx) * 4;
    if ((data[middle] ?? 0) > 127) frame |= 1 << bit;
  }
  return frame;
}

function takeSeen(): SeenFrame | null {
  const frame = tracker?.takeFrame() ?? null;
  if (frame === null || frame.image === null) return null;
  const writtenFrame = readWrittenFrame(frame.image);
  frame.image.close();
  const face = frame.anchors.faces[0];
  const at = (name: 'noseBridge' | 'leftEarlobe' | 'rightEarlobe'): readonly [number, number] =>
    face === undefined ? [0, 0] : projectPoint(frame.intrinsics, face.cameraFromAnchor[name].translationMm);
  return {
    writtenFrame,
    faces: frame.anchors.faces.length,
    confidence: face?.confidence ?? 0,
    noseBridge: at('noseBridge'),
    leftEarlobe: at('leftEarlobe'),
    rightEarlobe: at('rightEarlobe'),
    distanceMm: -(face?.cameraFromAnchor.head.translationMm[2] ?? 0),
    scale: face?.scale.scale ?? 0,
    scaleSource: face?.scale.source ?? '',
    pupillaryDistanceMm: face?.pupillaryDistance?.valueMm ?? null,
    tint: frame.anchors.light.tint,
  };
}

function takePeople(): SeenPerson[] | null {
  const frame = tracker?.takeFrame() ?? null;
  frame?.image?.close();
  if (frame === null) return null;
  return frame.anchors.faces.map(({ identity, cameraFromAnchor }) => ({
    identity,
    noseBridge: projectPoint(frame.intrinsics, cameraFromAnchor.noseBridge.translationMm),
  }));
}

function absolute({ url, sha256 }: ModelAsset): ModelAsset {
  return { url: new URL(url, location.href).href, sha256 };
}

function takeParts(): SeenParts | null {
  const frame = tracker?.takeFrame() ?? null;
  if (frame === null) return null;
  frame.image?.close();
  const { hands, body, light } = frame.anchors;
  if (hands.length === 0 && body === null) return null;
  const at = ({ translationMm }: Pose): readonly [number, number] =>
    projectPoint(frame.intrinsics, translationMm);
  return {
    hands: hands.map(({ side, confidence, fingers, wrist }) => ({
      side,
      confidence,
      thumbRing: at(fingers.thumb.cameraFromRing),
      wrist: at(wrist.cameraFromWrist),
      forearm: rotateVector(wrist.cameraFromWrist.rotation, [0, 1, 0]),
    })),
    body: body && {
      torso: at(body.cameraFromAnchor.torso),
      chest: rotateVector(body.cameraFromAnchor.torso.rotation, [0, 0, 1]),
      confidence: body.confidence.torso,
      scaleSource: body.scale.source,
    },
    noise: light.noise,
    lightSource: light.source,
  };
}

declare global {
  interface Window {
    tracking: TrackingPage;
  }
}
window.tracking = page;
