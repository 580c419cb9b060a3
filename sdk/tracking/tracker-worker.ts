// The guard comes first: what a module imports runs in the order of its import lines.
import { wasmMemory, workerNetwork } from './worker-network.ts';
import { messageOf } from '../core/vitrine-error.ts';
import { readCanonicalFace } from '../geometry/canonical-face-reader.ts';
import { cardPixelsPerMm } from '../geometry/card.ts';
import { faceLandmarkerSlips } from '../geometry/face-landmarker-slips.ts';
import { foreheadOutlines, palmOutlines } from './card-outlines.ts';
import { CardSampler } from './card-sampler.ts';
import { FrameSolver } from './frame-solver.ts';
import { loadGraphCode } from './graph-code.ts';
import type { HeadCut } from './hair-watch.ts';
import { LightSampler } from './light-sampler.ts';
import { fetchModel } from './model-bytes.ts';
import { NoiseMeter } from './noise-meter.ts';
import { PictureWatch } from './picture-watch.ts';
import type { SeenCard, TrackedHand } from './landmark-frame.ts';
import type { SolvedFace } from './solved-frame.ts';
import type { PictureSize } from './picture-region.ts';
import type { SeenParts } from './tracker-graphs.ts';
import { TrackerGraphs } from './tracker-graphs.ts';
import type { CardPlace, TrackedPart } from './tracker.ts';
import type { Delegate, TrackerAssets, WorkerReply, WorkerRequest } from './worker-messages.ts';

const heartbeatMs = 500;
/** Light changes slowly; reading pixels back does not come free. */
const framesPerLightSample = 6;

/** What a worker is told that outlives its graphs. */
interface Orders {
  readonly assets: TrackerAssets;
  readonly delegate: Delegate | 'probe';
  parts: readonly TrackedPart[];
  people: number;
}

let orders: Orders | null = null;
let graphs: TrackerGraphs | null = null;
/** Outlives the graphs: what it knows of a face does not depend on which of them found it. */
let solver: FrameSolver | null = null;
let framesSeen = 0;
let queue = Promise.resolve();
const lightSampler = new LightSampler();
const cardSampler = new CardSampler();
let cardPlace: CardPlace | null = null;
const noiseMeter = new NoiseMeter();
const pictureWatch = new PictureWatch();

function reply(message: WorkerReply, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

async function start(given: Orders): Promise<void> {
  orders = given;
  const { assets } = given;
  workerNetwork.allow([assets.wasmBaseUrl, ...Object.values(assets.models).map(({ url }) => url)]);
  const { face } = assets.models;
  const model = await fetchModel(face.url, face.sha256, fetch);
  if (!model.ok) {
    reply({ kind: 'failed', ...model.error });
    return;
  }
  try {
    const canonicalFace = readCanonicalFace(model.value);
    const code = await loadGraphCode(assets.wasmBaseUrl);
    const create = (): Promise<TrackerGraphs> =>
      TrackerGraphs.create(code, model.value, graphs?.delegate ?? given.delegate, sourceOf(assets));
    graphs = await create();
    solver ??= new FrameSolver(canonicalFace, faceLandmarkerSlips());
    recreate = create;
    reply({ kind: 'ready', delegate: graphs.delegate, canonicalFace });
  } catch (cause) {
    reply({ kind: 'failed', problem: 'tracker-failed', message: messageOf(cause) });
  }
}

let recreate: (() => Promise<TrackerGraphs>) | null = null;

/** A part whose model is not to be had is told once, and left out: the other parts go on. */
function sourceOf(assets: TrackerAssets): (part: TrackedPart) => Promise<Uint8Array<ArrayBuffer> | null> {
  return async (part) => {
    const asset = assets.models[part];
    if (asset === undefined) {
      reply({ kind: 'part-missing', part, message: `This tracker was given no model for the ${part}.` });
      return null;
    }
    const model = await fetchModel(asset.url, asset.sha256, fetch);
    if (model.ok) return model.value;
    reply({ kind: 'part-missing', part, message: model.error.message });
    return null;
  };
}

async function need(of: TrackerGraphs, parts: readonly TrackedPart[]): Promise<void> {
  const lost = await of.need(parts);
  if (lost !== null) reply({ kind: 'part-missing', part: 'hair', message: lost });
}

async function obey(): Promise<void> {
  if (orders === null || graphs === null) return;
  reply({ kind: 'loading' });
  try {
    await need(graphs, orders.parts);
    await graphs.allow(orders.people);
    reply({ kind: 'loaded' });
  } catch (cause) {
    await renew(null, messageOf(cause));
  }
}

async function track(request: Extract<WorkerRequest, { kind: 'frame' }>): Promise<void> {
  const { frameId, capturedAtMs, image, intrinsics } = request;
  if (graphs === null || solver === null) {
    image.close();
    return;
  }
  const before = performance.now();
  try {
    const signs = pictureWatch.look(image);
    const seen = graphs.detect(image, capturedAtMs);
    framesSeen += 1;
    const first = seen.faces[0];
    const isLightDue = framesSeen % framesPerLightSample === 1;
    const hand = first === undefined ? seen.hands[0] : undefined;
    const size = { widthPx: image.width, heightPx: image.height };
    const head = graphs.cutHair(image, seen, capturedAtMs);
    const shading = isLightDue && first ? lightSampler.sample(image, size, first.landmarks) : null;
    const handLight = isLightDue && hand ? lightSampler.sampleHand(image, size, hand.landmarks) : null;
    const card = seekCard(image, size, seen);
    const hands = card?.place === 'palm' ? outlinedBy(card, image, seen.hands, graphs) : seen.hands;
    const solved = solver.solve({ capturedAtMs, ...seen, hands }, intrinsics);
    reply(
      {
        kind: 'result',
        frameId,
        image,
        intrinsics,
        ...solved,
        shading,
        handLight,
        card,
        noise: noiseMeter.measure(image),
        signs,
        inferenceMs: performance.now() - before,
      },
      [image, ...solved.faces.flatMap(buffersOf)],
    );
    // The picture is on its way: only the next one waits for this.
    if (head !== null) findHair(graphs, frameId, head);
  } catch (cause) {
    image.close();
    await renew(frameId, messageOf(cause));
  }
}

/** What of a face is handed over instead of being copied. */
function buffersOf({ landmarks, solution }: SolvedFace): ArrayBufferLike[] {
  return solution === null ? [landmarks.buffer] : [landmarks.buffer, solution.meshMm.buffer];
}

function byLastCard(one: TrackedHand, other: TrackedHand): number {
  const last = cardSampler.lastTrackId;
  return Number(other.trackId === last) - Number(one.trackId === last);
}

function seekCard(image: ImageBitmap, size: PictureSize, { faces, hands }: SeenParts): SeenCard | null {
  switch (cardPlace) {
    case null:
      return null;
    case 'forehead': {
      const [face] = faces;
      const corners =
        face && cardSampler.sample(image, size, face.trackId, foreheadOutlines(face.landmarks, size));
      return face && corners ? { place: 'forehead', trackId: face.trackId, corners } : null;
    }
    case 'palm':
      // One hand holds the card that lies in the other: where it lay before is looked first.
      for (const { trackId, landmarks } of hands.toSorted(byLastCard)) {
        const corners = cardSampler.sample(image, size, trackId, palmOutlines(landmarks, size));
        if (corners !== null) return { place: 'palm', trackId, corners };
      }
      return null;
  }
}

/** Whose palm holds a card is measured by its fingers' edges: they are looked for anew where the card says that they are. */
function outlinedBy(
  { trackId, corners }: SeenCard,
  image: ImageBitmap,
  hands: readonly TrackedHand[],
  by: TrackerGraphs,
): readonly TrackedHand[] {
  return hands.map((hand) =>
    hand.trackId === trackId ? by.outlineByCard(image, hand, cardPixelsPerMm(corners)) : hand,
  );
}

function findHair(found: TrackerGraphs, frameId: number, head: HeadCut): void {
  // The network's first run takes as long as making a graph does, and the worker is silent meanwhile.
  reply({ kind: 'loading' });
  try {
    const hair = found.findHair(head, () => performance.now());
    if (hair !== null) reply({ kind: 'hair', frameId, hair }, [hair.shares.buffer]);
  } catch (cause) {
    reply({ kind: 'part-missing', part: 'hair', message: messageOf(cause) });
  }
  reply({ kind: 'loaded' });
}

/** A graph that failed once fails for ever: all of them are made anew. */
async function renew(frameId: number | null, message: string): Promise<void> {
  reply({ kind: 'loading' });
  try {
    const failed = graphs;
    if (recreate === null || orders === null) return;
    graphs = await recreate();
    failed?.close();
    await need(graphs, orders.parts);
    await graphs.allow(orders.people);
    reply({ kind: 'recreated', frameId, message });
  } catch (cause) {
    graphs = null;
    reply({ kind: 'failed', problem: 'tracker-failed', message: messageOf(cause) });
  }
}

/** One after the other: a frame must not meet a graph that is being made. */
function enqueue(run: () => Promise<void> | void): void {
  queue = queue.then(run);
}

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  const request = event.data;
  switch (request.kind) {
    case 'start':
      enqueue(() => start({ ...request, parts: ['face'], people: 1 }));
      break;
    case 'needs':
      enqueue(() => {
        if (orders) orders.parts = request.parts;
        return obey();
      });
      break;
    case 'people':
      enqueue(() => {
        if (orders && request.people < orders.people) solver?.forgetUnseen();
        if (orders) orders.people = request.people;
        return obey();
      });
      break;
    case 'card':
      enqueue(() => {
        cardPlace = request.place;
        cardSampler.rest();
      });
      break;
    case 'choose':
      enqueue(() => graphs?.choose(request.point));
      break;
    case 'frame':
      enqueue(() => track(request));
      break;
    case 'forget':
      enqueue(() => solver?.reset());
      break;
  }
});
setInterval(
  () =>
    reply({
      kind: 'heartbeat',
      requestsRefused: workerNetwork.refused,
      wasmBytes: wasmMemory.bytes(),
    }),
  heartbeatMs,
);
