// The guard comes first: what a module imports runs in the order of its import lines.
import { workerNetwork } from './worker-network.ts';
import { messageOf } from '../core/vitrine-error.ts';
import { readCanonicalFace } from '../geometry/canonical-face-reader.ts';
import { chooseDelegate, isSoftwareRenderer, webglRendererName } from './delegate-probe.ts';
import type { GraphCode } from './face-graph.ts';
import { FaceGraph, loadGraphCode } from './face-graph.ts';
import { fetchModel } from './model-bytes.ts';
import { SkinSampler } from './skin-sampler.ts';
import type { Delegate, TrackerAssets, WorkerReply, WorkerRequest } from './worker-messages.ts';

const heartbeatMs = 500;
/** Light changes slowly; reading pixels back does not come free. */
const framesPerLightSample = 6;

interface Running {
  readonly code: GraphCode;
  readonly model: Uint8Array<ArrayBuffer>;
  graph: FaceGraph;
}

let running: Running | null = null;
let framesSeen = 0;
let queue = Promise.resolve();
const skinSampler = new SkinSampler();

function reply(message: WorkerReply, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

async function start(assets: TrackerAssets, wanted: Delegate | 'probe'): Promise<void> {
  const { face } = assets.models;
  workerNetwork.allow([assets.wasmBaseUrl, ...Object.values(assets.models).map(({ url }) => url)]);
  const model = await fetchModel(face.url, face.sha256, fetch);
  if (!model.ok) {
    reply({ kind: 'failed', ...model.error });
    return;
  }
  try {
    const canonicalFace = readCanonicalFace(model.value);
    const code = await loadGraphCode(assets.wasmBaseUrl);
    const graph =
      wanted === 'probe' ? await probe(code, model.value) : await warmGraph(code, model.value, wanted);
    running = { code, model: model.value, graph };
    reply({ kind: 'ready', delegate: graph.delegate, canonicalFace });
  } catch (cause) {
    reply({ kind: 'failed', problem: 'tracker-failed', message: messageOf(cause) });
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

async function track(frameId: number, capturedAtMs: number, image: ImageBitmap): Promise<void> {
  if (running === null) {
    image.close();
    return;
  }
  const before = performance.now();
  try {
    const landmarks = running.graph.detect(image, capturedAtMs);
    framesSeen += 1;
    const sampleLight = landmarks !== null && framesSeen % framesPerLightSample === 1;
    const skin = sampleLight ? skinSampler.sample(image, landmarks) : null;
    reply(
      {
        kind: 'result',
        frameId,
        capturedAtMs,
        image,
        faces: landmarks === null ? [] : [{ trackId: 1, landmarks }],
        hands: [],
        body: null,
        skin,
        inferenceMs: performance.now() - before,
      },
      landmarks === null ? [image] : [image, landmarks.buffer],
    );
  } catch (cause) {
    image.close();
    await recreate(running, frameId, messageOf(cause));
  }
}

/** A graph that failed once fails for ever. */
async function recreate(state: Running, frameId: number, message: string): Promise<void> {
  try {
    state.graph.close();
  } catch {
    // The poisoned graph repeats its own error when it is closed; its memory is freed all the same.
  }
  try {
    state.graph = await FaceGraph.create(state.code, state.model, state.graph.delegate);
    reply({ kind: 'recreated', frameId, message });
  } catch (cause) {
    running = null;
    reply({ kind: 'failed', problem: 'tracker-failed', message: messageOf(cause) });
  }
}

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  const request = event.data;
  switch (request.kind) {
    case 'start':
      void start(request.assets, request.delegate);
      break;
    case 'needs':
      break;
    case 'frame':
      // One after the other: a frame must not meet a graph that is being made anew.
      queue = queue.then(() => track(request.frameId, request.capturedAtMs, request.image));
      break;
  }
});
setInterval(() => reply({ kind: 'heartbeat', requestsRefused: workerNetwork.refused }), heartbeatMs);
