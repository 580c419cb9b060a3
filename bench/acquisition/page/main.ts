import { FaceLandmarker, FilesetResolver } from '@mediapipe/tasks-vision';
import { defaultIntrinsics } from '../../../sdk/geometry/intrinsics.ts';
import { createOwnTrackerWorker } from '../../../sdk/tracking/own-worker.ts';
import type { ModelAsset, WorkerReply, WorkerRequest } from '../../../sdk/tracking/worker-messages.ts';
import { seededRandom } from '../../registration/sampling.ts';
import { canvasOf, context, cutFace, drawFace, drawRoom, heightPx, widthPx, type FaceCut } from './scene.ts';

/** One face somewhere in the picture. */
export interface AcquisitionSample {
  readonly face: 0 | 1;
  readonly heightPx: number;
  readonly uPx: number;
  readonly vPx: number;
  /** `cold`: it is there from the first picture on and stands still; `enters`: it comes into an empty room and moves. */
  readonly how: 'cold' | 'enters';
}

/** Pictures until the face was found by each side; null: not within the limit. */
export interface Found {
  readonly ours: number | null;
  readonly reference: number | null;
}

/** What the bench asks of its page. */
export interface AcquisitionPage {
  prepare(model: ModelAsset, photoUrl: string, filmUrl: string): Promise<void>;
  find(sample: AcquisitionSample, limit: number): Promise<Found>;
  /** Pictures on which something was taken for a face, of `pictures` without one. */
  findNothing(pictures: number): Promise<{ readonly ours: number; readonly reference: number }>;
}

const framePeriodMs = 33;
/** So long after the last picture everybody is forgotten. */
const pauseMs = 5_000;
const nearestPx = 0.5;

let worker: Worker | null = null;
let reference: FaceLandmarker | null = null;
let faces: readonly FaceCut[] = [];
let timeMs = 1_000;
let frameId = 0;
const picture = canvasOf(widthPx, heightPx);
const paint = context(picture);

type Reply<Kind extends WorkerReply['kind']> = Extract<WorkerReply, { kind: Kind }>;

function answerOf<Kind extends WorkerReply['kind']>(kind: Kind): Promise<Reply<Kind>> {
  return new Promise((resolve, reject) => {
    const hear = ({ data }: MessageEvent<WorkerReply>): void => {
      if (data.kind === 'failed') reject(new Error(data.message));
      if (data.kind !== kind) return;
      worker?.removeEventListener('message', hear);
      resolve(data as Reply<Kind>);
    };
    worker?.addEventListener('message', hear);
  });
}

async function prepare(face: ModelAsset, photoUrl: string, filmUrl: string): Promise<void> {
  worker = createOwnTrackerWorker();
  const ready = answerOf('ready');
  const wasmBaseUrl = new URL('/wasm/', location.href).href;
  const start: WorkerRequest = {
    kind: 'start',
    assets: { wasmBaseUrl, models: { face: { ...face, url: new URL(face.url, location.href).href } } },
    delegate: 'CPU',
  };
  worker.postMessage(start);
  await ready;
  const files = await FilesetResolver.forVisionTasks('/wasm');
  const create = (runningMode: 'IMAGE' | 'VIDEO'): Promise<FaceLandmarker> =>
    FaceLandmarker.createFromOptions(files, {
      baseOptions: { modelAssetPath: face.url, delegate: 'CPU' },
      runningMode,
      numFaces: 1,
    });
  const finder = await create('IMAGE');
  faces = [
    cutFace(await createImageBitmap(await (await fetch(photoUrl)).blob()), finder),
    cutFace(await frameOf(filmUrl), finder),
  ];
  finder.close();
  reference = await create('VIDEO');
}

/** The first picture of a film. */
async function frameOf(url: string): Promise<ImageBitmap> {
  const video = document.createElement('video');
  video.muted = true;
  // The bench's server gives whole files only, and a film is sought in.
  video.src = URL.createObjectURL(await (await fetch(url)).blob());
  await new Promise((resolve, reject) => {
    video.addEventListener('seeked', resolve, { once: true });
    video.addEventListener('error', () => reject(new Error('the film cannot be played')), { once: true });
    video.addEventListener('loadeddata', () => (video.currentTime = 0.4), { once: true });
  });
  return await createImageBitmap(video);
}

/** Both sides look at the picture as it is; whether each sees a face, and where. */
async function look(): Promise<{ ours: readonly Place[]; reference: readonly Place[] }> {
  timeMs += framePeriodMs;
  frameId += 1;
  const image = await createImageBitmap(picture);
  const answer = answerOf('result');
  const intrinsics = defaultIntrinsics(image.width, image.height);
  const request: WorkerRequest = { kind: 'frame', frameId, capturedAtMs: timeMs, image, intrinsics };
  worker?.postMessage(request, [image]);
  const result = await answer;
  result.image.close();
  const seen = reference?.detectForVideo(picture, timeMs).faceLandmarks[0];
  return {
    ours: result.faces.map(({ landmarks }) => middleOf(landmarks)),
    reference: seen === undefined ? [] : [middleOf(seen.flatMap(({ x, y, z }) => [x, y, z]))],
  };
}

interface Place {
  readonly u: number;
  readonly v: number;
}

function middleOf(landmarks: ArrayLike<number>): Place {
  let [u, v] = [0, 0];
  const count = landmarks.length / 3;
  for (let at = 0; at < landmarks.length; at += 3) {
    u += ((landmarks[at] ?? 0) * widthPx) / count;
    v += ((landmarks[at + 1] ?? 0) * heightPx) / count;
  }
  return { u, v };
}

/** An empty room after a long pause: both sides forget whoever was there. */
async function emptyRoom(random: () => number, pictures: number): Promise<void> {
  timeMs += pauseMs;
  for (let count = 0; count < pictures; count += 1) {
    drawRoom(paint, random);
    await look();
  }
}

const page: AcquisitionPage = {
  prepare,
  find: async (sample, limit) => {
    const random = seededRandom(Math.round(sample.uPx * 7 + sample.heightPx));
    const face = faces[sample.face];
    if (face === undefined) throw new Error('prepare first');
    await emptyRoom(random, 3);
    let [ours, other]: (number | null)[] = [null, null];
    for (let count = 1; count <= limit && (ours === null || other === null); count += 1) {
      const moved = sample.how === 'enters' ? 4 * Math.sin(count) : 0;
      drawRoom(paint, random);
      drawFace(paint, face, sample.uPx + moved, sample.vPx, sample.heightPx);
      const seen = await look();
      const isThere = ({ u, v }: Place): boolean =>
        Math.hypot(u - sample.uPx, v - sample.vPx) < nearestPx * sample.heightPx;
      if (seen.ours.some(isThere)) ours ??= count;
      if (seen.reference.some(isThere)) other ??= count;
    }
    return { ours: ours ?? null, reference: other ?? null };
  },
  findNothing: async (pictures) => {
    const random = seededRandom(77);
    timeMs += pauseMs;
    let [ours, other] = [0, 0];
    for (let count = 0; count < pictures; count += 1) {
      drawRoom(paint, random);
      const seen = await look();
      ours += seen.ours.length > 0 ? 1 : 0;
      other += seen.reference.length > 0 ? 1 : 0;
    }
    return { ours, reference: other };
  },
};

declare global {
  interface Window {
    acquisition: AcquisitionPage;
  }
}
window.acquisition = page;
