import { describe, expect, it } from 'vitest';
import { FakeCamera } from '../../tests/support/fake-camera.ts';
import { paperFace } from '../../tests/support/paper-face.ts';
import type { IntrinsicsFor } from '../calibration/camera-intrinsics-source.ts';
import { ManualClock } from '../core/clock.ts';
import { cardSightsNeeded } from '../geometry/card-scale.ts';
import { projectCard } from '../geometry/card.ts';
import { faceLandmarkerSlips } from '../geometry/face-landmarker-slips.ts';
import { projectFace } from '../geometry/face-projection.ts';
import type { Quad } from '../geometry/homography.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import type { CameraTracker } from './camera-tracker.ts';
import { createCameraTracker } from './camera-tracker.ts';
import { FrameSolver } from './frame-solver.ts';
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

const slips = faceLandmarkerSlips();

/** A worker that does what a test tells it. */
class FakeWorker implements WorkerLike {
  readonly frames: Extract<WorkerRequest, { kind: 'frame' }>[] = [];
  readonly heard: WorkerRequest[] = [];
  readonly #solver = new FrameSolver(face, slips);
  terminated = false;
  #onMessage: (event: MessageEvent<WorkerReply>) => void = () => undefined;
  #onError: (event: Event) => void = () => undefined;

  postMessage(message: WorkerRequest): void {
    this.heard.push(message);
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
  answer(index: number, seesFace = true, inferenceMs = 30, card: Quad | null = null, people = 1): void {
    const { frameId, capturedAtMs, image, intrinsics } = this.frames[index]!;
    const seen = {
      ...nothingSeen,
      capturedAtMs,
      faces: Array.from({ length: seesFace && landmarks !== null ? people : 0 }, (_, person) => ({
        trackId: person + 1,
        landmarks: landmarks?.slice() ?? new Float32Array(),
      })),
    };
    this.say({
      kind: 'result',
      frameId,
      image,
      intrinsics,
      ...this.#solver.solve(seen, intrinsics),
      card: card && { place: 'forehead', trackId: 1, corners: card },
      signs: null,
      inferenceMs,
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

const asset = (name: string) => ({ url: `https://x/${name}`, sha256: '00' });

function bench(intrinsicsFor: IntrinsicsFor = defaultIntrinsics): Bench {
  const camera = new FakeCamera();
  const clock = new ManualClock();
  const workers: FakeWorker[] = [];
  const tracker = createCameraTracker({
    assets: { wasmBaseUrl: 'https://x/wasm/', models: { face: asset('m'), hair: asset('h') } },
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

/** Enough turns of the microtask queue for a camera to be opened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
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

  it('never shows an older picture after a newer one', async () => {
    const { tracker, camera, workers } = await running();
    let answered = 0;
    const times: number[] = [];
    const take = () => {
      const frame = tracker.takeFrame();
      if (frame !== null) times.push(frame.anchors.capturedAtMs);
      frame?.image?.close();
    };
    // Nobody is there: pictures are shown at once while the network works on an older one, and then somebody comes.
    for (let picture = 0; picture < 400; picture += 1) {
      await camera.show(100 + picture * 33);
      take();
      const waiting = workers[0]?.frames.length ?? 0;
      if (picture % 2 === 1)
        for (; answered < waiting; answered += 1) workers[0]?.answer(answered, picture > 300);
      take();
    }
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.length).toBeGreaterThan(150);
    expect(camera.bitmapsOpen).toBeLessThanOrEqual(2);
  });

  it('closes the picture at which a listener failed', async () => {
    const { tracker, camera, workers } = await running();
    tracker.events.on('tracking-found', () => {
      throw new Error('a listener');
    });
    await camera.show(100);
    expect(() => workers[0]?.answer(0)).toThrow('a listener');
    expect(camera.bitmapsOpen).toBe(0);
    await camera.show(133);
    workers[0]?.answer(1);
    const frame = tracker.takeFrame();
    expect(frame?.anchors.faces).toHaveLength(1);
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

  it('has the worker forget whom it learnt when a visit ends, after the last picture of it', async () => {
    const { tracker, camera, workers } = await running();
    await camera.show(100);
    tracker.stop();
    expect(workers[0]?.heard.map(({ kind }) => kind).slice(-2)).toEqual(['frame', 'forget']);
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
    workers[0]?.answer(0, false);
    await camera.show(133);
    clock.advance(1_500);
    expect(heard).toEqual(['hung 1']);
    expect(workers[0]?.terminated).toBe(true);
    workers[1]?.ready();
    await camera.show(1_700);
    workers[1]?.answer(0);
    expect(tracker.takeFrame()?.anchors.faces).toHaveLength(1);
    expect(tracker.metrics()).toMatchObject({ restarts: 1, recoveries: { hung: 1 } });
  });

  it('has more patience with a machine whose pictures take long', async () => {
    const { tracker, camera, clock, workers, heard } = await running();
    await camera.show(100);
    workers[0]?.answer(0, true, 600);
    await camera.show(800);
    clock.advance(3_000);
    expect(heard).toEqual(['found 1']);
    clock.advance(800);
    expect(heard).toContain('hung 1');
    tracker.dispose();
  });

  it('gives a worker that loads a model the time of one that starts', async () => {
    const { clock, workers, heard } = await running();
    workers[0]?.say({ kind: 'loading' });
    clock.advance(10_000);
    expect(heard).toEqual([]);
    workers[0]?.say({ kind: 'loaded' });
    clock.advance(1_500);
    expect(heard).toEqual(['hung 1']);
  });

  it.each([300, 2_500, 5_000])('finds whoever comes, though each picture takes it %s ms', async (runMs) => {
    const { tracker, camera, workers, heard } = await running();
    const worker = workers[0]!;
    let answered = 0;
    let answersAtMs = Number.POSITIVE_INFINITY;
    // A picture is answered a run after it was begun; nobody is there for the first ten seconds.
    for (let atMs = 100; atMs < 10_000 + 8 * runMs; atMs += 33) {
      await camera.show(atMs);
      if (answered < worker.frames.length && answersAtMs === Number.POSITIVE_INFINITY)
        answersAtMs = atMs + runMs;
      if (atMs >= answersAtMs) {
        worker.answer(answered, (worker.frames[answered]?.capturedAtMs ?? 0) > 10_000, runMs);
        answered += 1;
        answersAtMs = answered < worker.frames.length ? atMs + runMs : Number.POSITIVE_INFINITY;
      }
      tracker.takeFrame()?.image?.close();
    }
    expect(heard).toEqual(['found 1']);
  });

  it('tells that hair is still to be seen while somebody looks at it, and nothing of it otherwise', async () => {
    const { tracker, camera, workers } = await running();
    const hairOn = async (atMs: number): Promise<unknown> => {
      await camera.show(atMs);
      workers[0]?.answer(workers[0].frames.length - 1);
      return tracker.takeFrame()?.anchors.hair;
    };
    expect(await hairOn(100)).toBeUndefined();
    tracker.setNeeds(['face', 'hair']);
    expect(await hairOn(200)).toBeNull();
    tracker.setNeeds(['face']);
    expect(await hairOn(300)).toBeUndefined();
    tracker.setNeeds(['face', 'hair']);
    workers[0]?.say({ kind: 'part-missing', part: 'hair', message: 'no model' });
    expect(await hairOn(400)).toBeUndefined();
  });

  it('tells every worker that follows what the piece needs and how many people agreed', async () => {
    const { tracker, workers } = await running();
    tracker.setNeeds(['face', 'hand']);
    tracker.allowPeople(7);
    workers[0]?.crash();
    expect(workers[1]?.heard).toMatchObject([
      { kind: 'start' },
      { kind: 'needs', parts: ['face', 'hand'] },
      { kind: 'people', people: 4 },
    ]);
  });

  it('seeks a card until it has measured by it, also through a restart, and tells what it sees of it', async () => {
    const { tracker, camera, workers } = await running();
    const told: string[] = [];
    tracker.events.on('card', ({ sight, progress }) => told.push(`${sight} ${progress.toFixed(2)}`));
    const sources: string[] = [];
    tracker.events.on('measured', ({ measure }) => sources.push(measure.scale.source));
    tracker.seekCard('forehead');
    workers[0]?.crash();
    expect(workers[1]?.heard).toContainEqual({ kind: 'card', place: 'forehead' });
    workers[1]?.ready();
    const intrinsics = defaultIntrinsics(1280, 720);
    const flat = { rotation: [0, 0, 0, 1] as const };
    const [before, against] = [-300, -535].map((z) =>
      projectCard(intrinsics, { ...flat, translationMm: [0, 60, z] }),
    );
    const cards = [null, before, ...Array.from({ length: cardSightsNeeded }, () => against)];
    for (const [index, card] of cards.entries()) {
      await camera.show(100 + 100 * index);
      workers[1]?.answer(index, true, 30, card ?? null);
      tracker.takeFrame();
    }
    expect(told[0]).toBe('away 0.00');
    expect(told[1]).toMatch(/^held 0\.08/);
    expect(told.at(-1)).toBe('measured 1.00');
    expect(told).toHaveLength(1 + cardSightsNeeded);
    expect(workers[1]?.heard.at(-1)).toEqual({ kind: 'card', place: null });
    for (let index = cards.length; index < cards.length + 12; index += 1) {
      await camera.show(100 + 100 * index);
      workers[1]?.answer(index);
    }
    expect(sources).toEqual(['card']);
    tracker.seekCard('forehead');
    tracker.stop();
    expect(workers[1]?.heard.at(-1)).toEqual({ kind: 'card', place: null });
    tracker.dispose();
  });

  it('seeks a card that was asked for before the worker was ready', async () => {
    const { tracker, camera, workers } = bench();
    const told: string[] = [];
    tracker.events.on('card', ({ sight }) => told.push(sight));
    const warm = tracker.warmUp();
    tracker.seekCard('forehead');
    workers[0]?.ready();
    await warm;
    await tracker.start();
    await camera.show(100);
    const against = { rotation: [0, 0, 0, 1] as const, translationMm: [0, 60, -535] as const };
    workers[0]?.answer(0, true, 30, projectCard(defaultIntrinsics(1280, 720), against));
    expect(told).toEqual(['held']);
    tracker.dispose();
  });

  it('replaces a worker whose memory grew, between two visits before it must', async () => {
    const { tracker, workers, heard } = await running();
    const beat = (wasmBytes: number) =>
      workers.at(-1)?.say({ kind: 'heartbeat', requestsRefused: 0, wasmBytes });
    const mebi = 2 ** 20;
    beat(100 * mebi);
    beat(700 * mebi);
    expect(heard).toEqual([]);
    tracker.stop();
    expect(heard).toEqual(['memory 1']);
    workers[1]?.ready();
    await tracker.start();
    beat(100 * mebi);
    beat(1_100 * mebi);
    expect(heard).toEqual(['memory 1', 'memory 2']);
    expect(tracker.metrics().recoveries.memory).toBe(2);
  });

  it('looks less often while nobody is there, and shows the camera as lively as before', async () => {
    const { tracker, camera, workers } = await running();
    let [shown, answered] = [0, 0];
    for (let picture = 0; picture < 300; picture += 1) {
      await camera.show(100 + picture * 33);
      for (; answered < (workers[0]?.frames.length ?? 0); answered += 1) workers[0]?.answer(answered, false);
      const frame = tracker.takeFrame();
      if (frame !== null) shown += 1;
      frame?.image?.close();
    }
    expect(shown).toBeGreaterThan(280);
    expect(tracker.metrics().framesInferred).toBeLessThan(230);
    expect(tracker.metrics().inferencePeriodMs).toBeGreaterThan(60);
    expect(camera.bitmapsOpen).toBe(0);
  });

  it('is not stopped by a camera whose clock was set back', async () => {
    const { tracker, camera, workers } = await running();
    await camera.show(900_000);
    workers[0]?.answer(0);
    await camera.show(100);
    workers[0]?.answer(1);
    await camera.show(133);
    expect(workers[0]?.frames.map(({ capturedAtMs }) => capturedAtMs)).toEqual([900_000, 900_033, 900_066]);
    expect(tracker.metrics().recoveries['clock-jump']).toBe(1);
  });

  it('leaves a slow worker alone as long as its heart beats', async () => {
    const { clock, workers, heard } = await running();
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1_000);
      workers[0]?.say({ kind: 'heartbeat', requestsRefused: 2, wasmBytes: 1_000 });
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
    workers[0]?.answer(0, false);
    tracker.takeFrame()?.image?.close();
    await camera.show(133);
    clock.advance(1_500);
    workers[0]?.answer(1);
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

  it('says so when the camera is unplugged, and goes on by itself when it is there again', async () => {
    const { tracker, camera, clock, workers, heard } = await running();
    await camera.show(100);
    workers[0]?.answer(0);
    camera.unplug();
    await settled();
    expect(heard).toEqual(['found 1', 'lost 1', 'camera-unplugged']);
    expect(tracker.takeFrame()).toBeNull();
    clock.advance(1_000);
    await settled();
    await camera.show(5_000);
    expect(workers[0]?.frames).toHaveLength(2);
    expect(tracker.metrics().recoveries['camera-lost']).toBe(1);
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

  it('forgets at once whoever may no longer be followed', async () => {
    const { tracker, camera, workers, heard } = await running();
    tracker.allowPeople(2);
    await camera.show(100);
    workers[0]?.answer(0, true, 30, null, 2);
    tracker.allowPeople(1);
    await camera.show(133);
    workers[0]?.answer(1);
    expect(heard).toEqual(['found 1', 'found 2', 'lost 2']);
  });

  it('loses nobody when the machine stalls, and everybody when they were away', async () => {
    const { tracker, camera, workers, heard } = await running();
    const see = async (timeMs: number, seesFace = true) => {
      await camera.show(timeMs);
      workers[0]?.answer((workers[0]?.frames.length ?? 1) - 1, seesFace);
      tracker.takeFrame()?.image?.close();
    };
    await see(100);
    await see(5_100);
    expect(heard).toEqual(['found 1']);
    await see(5_200, false);
    await see(6_500, false);
    await see(7_700);
    expect(heard).toEqual(['found 1', 'lost 1', 'found 2']);
    await see(20_000);
    expect(heard.at(-1)).toBe('found 3');
  });

  it('allows the next visit one person', async () => {
    const { tracker, workers } = await running();
    tracker.allowPeople(3);
    tracker.stop();
    expect(workers[0]?.heard.at(-1)).toEqual({ kind: 'people', people: 1 });
  });

  it('says when it is ready, and by which delegate', async () => {
    const { tracker, workers } = bench();
    const told: string[] = [];
    tracker.events.on('ready', ({ delegate }) => told.push(delegate));
    const warm = tracker.warmUp();
    expect(told).toEqual([]);
    workers[0]?.ready();
    await warm;
    expect(told).toEqual(['CPU']);
  });

  it('cannot be started again once it is disposed of', async () => {
    const { tracker, workers, camera } = await running();
    tracker.dispose();
    await expect(tracker.start()).rejects.toMatchObject({ code: 'tracker-disposed' });
    await expect(tracker.warmUp()).rejects.toMatchObject({ code: 'tracker-disposed' });
    expect([workers.length, camera.opened]).toEqual([1, 1]);
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
