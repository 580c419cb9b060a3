import { describe, expect, it } from 'vitest';
import { FakeCamera } from '../../tests/support/fake-camera.ts';
import { paperFace } from '../../tests/support/paper-face.ts';
import type { IntrinsicsFor } from '../calibration/camera-intrinsics-source.ts';
import { ManualClock } from '../core/clock.ts';
import { projectFace } from '../geometry/face-projection.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import type { CameraTracker } from './camera-tracker.ts';
import { createCameraTracker } from './camera-tracker.ts';
import { nothingSeen } from './landmark-frame.ts';
import type { WorkerLike } from './tracker-link.ts';
import type { WorkerReply, WorkerRequest } from './worker-messages.ts';

const face = paperFace();
const landmarks = projectFace(
  face,
  { rotation: [0, 0, 0, 1], translationMm: [0, 0, -600] },
  1,
  defaultIntrinsics(1280, 720),
);

/** A worker that does what a test tells it. */
class FakeWorker implements WorkerLike {
  readonly frames: Extract<WorkerRequest, { kind: 'frame' }>[] = [];
  terminated = false;
  #onMessage: (event: MessageEvent<WorkerReply>) => void = () => undefined;
  #onError: (event: Event) => void = () => undefined;

  postMessage(message: WorkerRequest): void {
    if (message.kind === 'frame') this.frames.push(message);
  }
  addEventListener(type: string, listener: (event: never) => void): void {
    if (type === 'message') this.#onMessage = listener as (event: MessageEvent<WorkerReply>) => void;
    else if (type === 'error') this.#onError = listener as (event: Event) => void;
  }
  terminate(): void {
    this.terminated = true;
  }
  say(reply: WorkerReply): void {
    this.#onMessage({ data: reply } as MessageEvent<WorkerReply>);
  }
  ready(): void {
    this.say({ kind: 'ready', delegate: 'CPU', canonicalFace: face });
  }
  answer(index: number, seesFace = true): void {
    const { frameId, capturedAtMs, image } = this.frames[index]!;
    this.say({
      kind: 'result',
      frameId,
      capturedAtMs,
      image,
      ...nothingSeen,
      faces: seesFace && landmarks !== null ? [{ trackId: 1, landmarks: landmarks.slice() }] : [],
      inferenceMs: 30,
    });
  }
  crash(): void {
    this.#onError(new Event('error'));
  }
}

interface Bench {
  readonly tracker: CameraTracker;
  readonly camera: FakeCamera;
  readonly clock: ManualClock;
  readonly workers: FakeWorker[];
  readonly heard: string[];
}

function bench(intrinsicsFor: IntrinsicsFor = defaultIntrinsics): Bench {
  const camera = new FakeCamera();
  const clock = new ManualClock();
  const workers: FakeWorker[] = [];
  const tracker = createCameraTracker({
    assets: { wasmBaseUrl: 'https://x/wasm/', models: { face: { url: 'https://x/m', sha256: '00' } } },
    clock,
    intrinsicsFor,
    mediaDevices: camera.mediaDevices,
    createVideo: () => camera.video(),
    createBitmap: () => camera.bitmap(),
    createWorker: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
  });
  const heard: string[] = [];
  tracker.events.on('problem', ({ problem }) => heard.push(problem));
  tracker.events.on('restarted', ({ reason, count }) => heard.push(`${reason} ${count}`));
  tracker.events.on('tracking-found', ({ identity }) => heard.push(`found ${identity}`));
  tracker.events.on('tracking-lost', ({ identity }) => heard.push(`lost ${identity}`));
  return { tracker, camera, clock, workers, heard };
}

async function running(intrinsicsFor?: IntrinsicsFor): Promise<Bench> {
  const made = bench(intrinsicsFor);
  const warm = made.tracker.warmUp();
  made.workers[0]?.ready();
  await warm;
  await made.tracker.start();
  return made;
}

describe('the camera tracker', () => {
  it('opens no camera while it warms up', async () => {
    const { tracker, camera, workers } = bench();
    const warm = tracker.warmUp();
    workers[0]?.ready();
    await warm;
    expect(camera.opened).toBe(0);
    expect(workers).toHaveLength(1);
  });

  it('gives the very picture in which the face was found', async () => {
    const { tracker, camera, workers } = await running();
    await camera.show(100);
    await camera.show(133);
    workers[0]?.answer(0);
    const frame = tracker.takeFrame();
    expect(frame?.image).toBe(workers[0]?.frames[0]?.image);
    expect(frame?.anchors.capturedAtMs).toBe(100);
    expect(frame?.anchors.faces).toHaveLength(1);
    expect(tracker.takeFrame()).toBeNull();
    expect(tracker.metrics()).toMatchObject({ framesOffered: 2, framesInferred: 1, delegate: 'CPU' });
  });

  it('asks for the intrinsics of this very camera, as it is zoomed now', async () => {
    const asked: unknown[] = [];
    const { tracker, camera, workers } = await running((widthPx, heightPx, facts) => {
      asked.push([widthPx, heightPx, facts.label, facts.zoom]);
      return { ...defaultIntrinsics(widthPx, heightPx), source: 'calibration' };
    });
    camera.label = 'Boutique cam';
    tracker.stop();
    await tracker.start();
    camera.zoom = 2;
    await camera.show(100);
    workers[0]?.answer(0);
    expect(asked).toEqual([[1280, 720, 'Boutique cam', 2]]);
    expect(tracker.takeFrame()?.intrinsics.source).toBe('calibration');
  });

  it('closes every picture nobody took', async () => {
    const { tracker, camera, workers } = await running();
    for (let frame = 0; frame < 10; frame += 1) {
      await camera.show(100 + frame * 33);
      if (frame % 3 === 0) workers[0]?.answer(workers[0].frames.length - 1);
    }
    workers[0]?.answer(workers[0].frames.length - 1);
    tracker.stop();
    // What is in flight is the worker's until it answers.
    workers[0]?.answer(workers[0].frames.length - 1);
    expect(camera.bitmapsOpen).toBe(0);
    expect(tracker.takeFrame()).toBeNull();
  });

  it("never shows the last client's picture after a new start", async () => {
    const { tracker, camera, workers } = await running();
    await camera.show(100);
    tracker.stop();
    await tracker.start();
    workers[0]?.answer(0);
    expect(tracker.takeFrame()).toBeNull();
    expect(camera.bitmapsOpen).toBe(0);
  });

  it('shows the picture without a face until the worker is ready', async () => {
    const { tracker, camera } = bench();
    await tracker.start();
    await camera.show(100);
    const frame = tracker.takeFrame();
    expect(frame?.image).not.toBeNull();
    expect(frame?.anchors.faces).toEqual([]);
  });

  it('replaces a worker that fell silent, and tracks on', async () => {
    const { tracker, camera, clock, workers, heard } = await running();
    await camera.show(100);
    clock.advance(4_000);
    expect(heard).toEqual(['hung 1']);
    expect(workers[0]?.terminated).toBe(true);
    workers[1]?.ready();
    await camera.show(4_200);
    workers[1]?.answer(0);
    expect(tracker.takeFrame()?.anchors.faces).toHaveLength(1);
    expect(tracker.metrics().restarts).toBe(1);
  });

  it('leaves a slow worker alone as long as its heart beats', async () => {
    const { clock, workers, heard } = await running();
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1_000);
      workers[0]?.say({ kind: 'heartbeat', requestsRefused: 2 });
    }
    expect(heard).toEqual([]);
  });

  it('gives a starting worker more time than a running one', () => {
    const { tracker, clock, heard } = bench();
    void tracker.warmUp();
    clock.advance(19_000);
    expect(heard).toEqual([]);
    clock.advance(1_000);
    expect(heard).toEqual(['hung 1']);
  });

  it('goes on with the waiting picture when the graph was poisoned by the last one', async () => {
    const { camera, workers, heard } = await running();
    await camera.show(100);
    await camera.show(133);
    workers[0]?.say({ kind: 'recreated', frameId: 1, message: 'timestamp' });
    expect(heard).toEqual(['poisoned 1']);
    expect(workers[0]?.frames).toHaveLength(2);
  });

  it('gives up on a worker that crashes again and again, and tries anew when asked', async () => {
    const { tracker, workers, heard } = bench();
    const warm = tracker.warmUp();
    for (let crash = 0; crash < 4; crash += 1) workers[crash]?.crash();
    await warm;
    expect(heard).toEqual(['crashed 1', 'crashed 2', 'crashed 3', 'tracker-failed']);
    expect(workers).toHaveLength(4);
    void tracker.warmUp();
    expect(workers).toHaveLength(5);
  });

  it('does not listen to a worker it gave up', async () => {
    const { tracker, camera, clock, workers } = await running();
    await camera.show(100);
    clock.advance(4_000);
    workers[0]?.answer(0);
    expect(tracker.takeFrame()).toBeNull();
    expect(camera.bitmapsOpen).toBe(0);
  });

  it('says that the model is missing and still shows the picture', async () => {
    const { tracker, camera, workers, heard } = bench();
    const warm = tracker.warmUp();
    workers[0]?.say({ kind: 'failed', problem: 'model-missing', message: '404' });
    await warm;
    await tracker.start();
    expect(workers).toHaveLength(2);
    workers[1]?.say({ kind: 'failed', problem: 'model-missing', message: '404' });
    await camera.show(100);
    expect(tracker.takeFrame()?.image).not.toBeNull();
    expect(heard).toEqual(['model-missing', 'model-missing']);
  });

  it('stops and says so when the camera is unplugged, and may be started again', async () => {
    const { tracker, camera, workers, heard } = await running();
    await camera.show(100);
    workers[0]?.answer(0);
    camera.unplug();
    expect(heard).toEqual(['found 1', 'lost 1', 'camera-unplugged']);
    expect(tracker.takeFrame()).toBeNull();
    await tracker.start();
    await camera.show(5_000);
    expect(workers[0]?.frames).toHaveLength(2);
  });

  it('closes a camera that opened after the stop', async () => {
    const { tracker, camera, workers } = bench();
    const starting = tracker.start();
    workers[0]?.ready();
    tracker.stop();
    await starting;
    expect(camera.opened).toBe(1);
    expect(camera.tracksStopped).toBe(1);
  });

  it('shows the picture all the same where the page may start no worker', async () => {
    const camera = new FakeCamera();
    const heard: string[] = [];
    const tracker = createCameraTracker({
      assets: { wasmBaseUrl: 'https://x/wasm/', models: { face: { url: 'https://x/m', sha256: '00' } } },
      clock: new ManualClock(),
      mediaDevices: camera.mediaDevices,
      createVideo: () => camera.video(),
      createBitmap: () => camera.bitmap(),
      createWorker: () => {
        throw new DOMException('blocked by policy', 'SecurityError');
      },
    });
    tracker.events.on('problem', ({ problem }) => heard.push(problem));
    await tracker.warmUp();
    expect(heard).toEqual(['tracker-failed']);
    await tracker.start();
    await camera.show(100);
    expect(tracker.takeFrame()?.image).not.toBeNull();
  });

  it('ends its worker when it is disposed of', async () => {
    const { tracker, clock, workers, heard } = await running();
    tracker.dispose();
    clock.advance(60_000);
    expect(workers).toHaveLength(1);
    expect(workers[0]?.terminated).toBe(true);
    expect(heard).toEqual([]);
  });
});
