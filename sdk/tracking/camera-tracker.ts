import type { AnchorFrame } from '../anchors/anchor-frame.ts';
import type { HairShares } from '../anchors/hair-mask.ts';
import { HairGauge } from './hair-gauge.ts';
import type { IntrinsicsFor } from '../calibration/camera-intrinsics-source.ts';
import type { Clock } from '../core/clock.ts';
import { Emitter } from '../core/emitter.ts';
import { VitrineError } from '../core/vitrine-error.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import { faceLandmarkerSlips } from '../geometry/face-landmarker-slips.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import type { CameraHost } from './camera-keeper.ts';
import { CameraKeeper } from './camera-keeper.ts';
import type { CameraSourceOptions } from './camera-source.ts';
import { CaptureTimeline } from './capture-timeline.ts';
import type { CameraFrame } from './frame-handover.ts';
import { FrameHandover } from './frame-handover.ts';
import { InferenceGovernor } from './inference-governor.ts';
import { createOwnTrackerWorker } from './own-worker.ts';
import { neutralEstimate } from './light-meter.ts';
import type { LandmarkFrame } from './landmark-frame.ts';
import { nothingSeen } from './landmark-frame.ts';
import { PosePipeline } from './pose-pipeline.ts';
import { noRecoveries } from './recoveries.ts';
import { RunningMedian } from './running-median.ts';
import type {
  CameraProblem,
  CardPlace,
  RestartReason,
  TrackedFrame,
  TrackedPart,
  Tracker,
  TrackerEvents,
  TrackerMetrics,
  TrackingProblem,
} from './tracker.ts';
import type { TrackerResult, WorkerLike } from './tracker-link.ts';
import { TrackerLink } from './tracker-link.ts';
import type { Delegate, TrackerAssets } from './worker-messages.ts';

/** What a camera tracker is made of. Everything with a default is there for tests and for embedding. */
export interface CameraTrackerOptions {
  /** Absolute addresses; nothing else is ever fetched. */
  readonly assets: TrackerAssets;
  readonly clock: Clock;
  readonly mediaDevices?: CameraHost['mediaDevices'];
  readonly cameraPermission?: CameraHost['cameraPermission'];
  readonly isHidden?: CameraHost['isHidden'];
  readonly createWorker?: () => WorkerLike;
  readonly createVideo?: CameraSourceOptions['createVideo'];
  readonly createBitmap?: CameraSourceOptions['createBitmap'];
  /** The intrinsics of a picture of this size from this camera; a usual field of view unless told. */
  readonly intrinsicsFor?: IntrinsicsFor;
  /** `probe` measures both and takes the better. */
  readonly delegate?: Delegate | 'probe';
}

/** A mirror follows so many people at the most. */
const maxPeople = 4;
/** What the hand's and the body's graphs add to the face's. */
const loadedModelsBytes = 400 * 2 ** 20;
/** The wasm's memory never shrinks: at so many times its first size the worker is replaced, between visits or at once. */
const idleGrowth = 2;
const busyGrowth = 6;

function disposedError(): VitrineError<'tracker-disposed'> {
  return new VitrineError('tracker-disposed', 'The tracker was disposed.', 'Create another tracker.');
}

function hostOf(options: CameraTrackerOptions): CameraHost {
  return {
    mediaDevices: options.mediaDevices ?? globalThis.navigator?.mediaDevices,
    createVideo: options.createVideo ?? (() => document.createElement('video')),
    createBitmap: options.createBitmap ?? ((video) => createImageBitmap(video)),
    cameraPermission:
      options.cameraPermission ??
      (async () => (await globalThis.navigator?.permissions?.query({ name: 'camera' })) ?? null),
    isHidden: options.isHidden ?? (() => globalThis.document?.visibilityState === 'hidden'),
  };
}

/** A tracker on a real camera. */
export interface CameraTracker extends Tracker {
  /** The mesh that `headMeshMm` is a shape of, its triangles included; null until the model has been read. */
  canonicalFace(): CanonicalFace | null;
  /** Requests that the tracker's library tried to make and the guard refused. */
  requestsRefused(): number;
}

/**
 * A tracker on the camera and a module worker. `warmUp` resolves when the worker is ready or has failed; `start` when the
 * camera is open or is known not to open. Neither rejects for what the `problem` event tells. Until the worker is ready,
 * and after it failed, frames come with their picture and no faces.
 */
export function createCameraTracker(options: CameraTrackerOptions): CameraTracker {
  return new WorkerTracker(options);
}

class WorkerTracker implements CameraTracker {
  readonly events = new Emitter<TrackerEvents>();
  readonly #options: CameraTrackerOptions;
  readonly #link: TrackerLink;
  readonly #handover: FrameHandover;
  readonly #inferenceMs = new RunningMedian(60);
  readonly #hair: HairGauge;
  readonly #camera: CameraKeeper;
  readonly #timeline = new CaptureTimeline();
  readonly #governor = new InferenceGovernor();
  readonly #recoveries = noRecoveries();
  /** What the wasm held when the worker was ready. */
  #wasmBytesAtFirst = 0;
  #wasmBytes = 0;
  #isStarted = false;
  #isDisposed = false;
  #cardPlace: CardPlace | null = null;
  #people = 1;
  #lastShownId = 0;
  #lastFrameId = 0;
  #lastCapturedAtMs = 0;
  /** Frames up to here are from before a stop: what still comes back of them is closed unseen. */
  #lastStoppedFrameId = 0;
  #latest: TrackedFrame | null = null;
  #pipeline: PosePipeline | null = null;
  #canonicalFace: CanonicalFace | null = null;
  #delegate: Delegate | null = null;
  #settled = Promise.withResolvers<void>();
  #framesInferred = 0;
  #restarts = 0;
  #requestsRefused = 0;
  #refusedByEarlierWorkers = 0;

  constructor(options: CameraTrackerOptions) {
    this.#options = options;
    this.#hair = new HairGauge(options.assets.models.hair === undefined);
    this.#handover = new FrameHandover((frame) => this.#link.send(frame));
    this.#link = new TrackerLink({
      assets: options.assets,
      delegate: options.delegate ?? 'probe',
      clock: options.clock,
      createWorker: options.createWorker ?? createOwnTrackerWorker,
      listener: {
        onReady: (canonicalFace, delegate) => this.#noteReady(canonicalFace, delegate),
        onHeartbeat: (requestsRefused, wasmBytes) => {
          this.#requestsRefused = this.#refusedByEarlierWorkers + requestsRefused;
          this.#noteMemory(wasmBytes);
        },
        onResult: (result) => this.#noteResult(result),
        onRestart: (reason) => this.#noteRestart(reason),
        onRecreated: (frameId) => this.#noteRecreated(frameId),
        onFailure: (problem, message) => this.#noteFailure(problem, message),
        onHair: ({ frameId, hair }) => this.#noteHair(frameId, hair),
        onPartMissing: (part, message) => this.#notePartMissing(part, message),
      },
    });
    this.events.on('card', ({ sight }) => {
      if (sight === 'measured') this.seekCard(null);
    });
    this.#camera = new CameraKeeper(hostOf(options), options.clock, {
      timeline: this.#timeline,
      onPicture: (image, capturedAtMs) => this.#notePicture(image, capturedAtMs),
      onOpened: (again) => this.events.emit('camera-opened', { again }),
      onProblem: (problem, message) => this.#noteCameraProblem(problem, message),
      onRecovery: (cause) => {
        this.#recoveries[cause] += 1;
      },
    });
  }

  warmUp(): Promise<void> {
    if (this.#isDisposed) return Promise.reject(disposedError());
    // Taken first: a start that fails at once settles this promise and puts another in its place.
    const { promise } = this.#settled;
    if (!this.#link.isRunning) this.#link.start();
    return promise;
  }

  async start(): Promise<void> {
    if (this.#isDisposed) throw disposedError();
    if (this.#isStarted) return;
    this.#isStarted = true;
    void this.warmUp();
    await this.#camera.start();
  }

  stop(): void {
    this.#isStarted = false;
    this.#camera.stop();
    this.#governor.reset();
    this.#forgetFrames();
    // Whoever comes next has agreed to nothing yet.
    if (this.#people > 1) this.allowPeople(1);
    if (this.#cardPlace !== null) this.seekCard(null);
    // Between two visits nobody waits for the worker that follows.
    if (this.#holdsTooMuch(idleGrowth)) this.#link.recycle();
  }

  setNeeds(parts: readonly TrackedPart[]): void {
    this.#link.setNeeds(this.#hair.need(parts));
  }

  allowPeople(people: number): void {
    // What is no number is no consent.
    const allowed = Number.isFinite(people) ? Math.min(maxPeople, Math.max(1, Math.round(people))) : 1;
    this.#link.setPeople(allowed);
    if (allowed < this.#people) this.#pipeline?.forgetUnseen();
    this.#people = allowed;
  }

  choosePerson(uPx: number, vPx: number): void {
    this.#link.choose({ uPx, vPx });
  }

  seekCard(place: CardPlace | null): void {
    this.#cardPlace = place;
    this.#link.seekCard(place);
    this.#pipeline?.seekCard(place);
  }

  takeFrame(): TrackedFrame | null {
    this.#governor.noteDisplay(this.#options.clock.monotonicMs());
    const frame = this.#latest;
    this.#latest = null;
    return frame;
  }

  metrics(): TrackerMetrics {
    return {
      framesOffered: this.#handover.offered,
      framesInferred: this.#framesInferred,
      framesReplaced: this.#handover.replaced,
      restarts: this.#restarts,
      recoveries: { ...this.#recoveries, 'clock-jump': this.#timeline.jumps },
      inferencePeriodMs: this.#governor.periodMs(this.#lastCapturedAtMs),
      wasmBytes: this.#wasmBytes,
      medianInferenceMs: this.#inferenceMs.value,
      hair: this.#hair.metrics(),
      delegate: this.#delegate,
    };
  }

  canonicalFace(): CanonicalFace | null {
    return this.#canonicalFace;
  }

  requestsRefused(): number {
    return this.#requestsRefused;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.stop();
    this.#link.dispose();
    this.#settled.resolve();
    this.events.clear();
  }

  #notePicture(image: ImageBitmap, capturedAtMs: number): void {
    this.#lastFrameId += 1;
    this.#lastCapturedAtMs = capturedAtMs;
    const frame = { frameId: this.#lastFrameId, capturedAtMs, image };
    if (!this.#link.isRunning) this.#showUntracked(frame);
    else if (this.#governor.admit(capturedAtMs)) this.#handover.offer(frame);
    else if (this.#governor.isAttended(capturedAtMs)) image.close();
    // Nobody is there to be placed wrongly: the mirror stays as lively as the camera.
    else this.#showUntracked(frame);
  }

  #forgetFrames(): void {
    this.#lastStoppedFrameId = this.#lastFrameId;
    this.#handover.clear();
    this.#pipeline?.reset();
    this.#show(null);
  }

  #noteCameraProblem(problem: CameraProblem, message: string): void {
    this.#forgetFrames();
    this.events.emit('problem', { problem, message });
  }

  #noteMemory(wasmBytes: number): void {
    if (this.#wasmBytesAtFirst === 0) this.#wasmBytesAtFirst = wasmBytes;
    this.#wasmBytes = wasmBytes;
    if (this.#holdsTooMuch(busyGrowth)) this.#link.recycle();
  }

  #holdsTooMuch(growth: number): boolean {
    return (
      this.#wasmBytesAtFirst > 0 && this.#wasmBytes > this.#wasmBytesAtFirst * growth + loadedModelsBytes
    );
  }

  #noteReady(canonicalFace: CanonicalFace, delegate: Delegate): void {
    this.#canonicalFace = canonicalFace;
    if (this.#pipeline === null) {
      this.#pipeline = new PosePipeline(canonicalFace, faceLandmarkerSlips(), this.events);
      this.#pipeline.seekCard(this.#cardPlace);
    }
    this.#delegate = delegate;
    this.#settled.resolve();
    this.events.emit('ready', { delegate });
  }

  #noteResult(result: TrackerResult): void {
    this.#framesInferred += 1;
    this.#inferenceMs.add(result.inferenceMs);
    const sawSomebody = result.faces.length + result.hands.length > 0 || result.body !== null;
    this.#governor.noteRun(result.capturedAtMs, result.inferenceMs, sawSomebody);
    if (result.signs !== null && this.#isStarted) this.#camera.noteSigns(result.signs);
    this.#handover.settle(result.frameId);
    if (result.frameId <= this.#lastStoppedFrameId || this.#pipeline === null) {
      result.image.close();
      return;
    }
    // A newer picture is shown already, as nobody was there; whoever came is found on the next one.
    if (result.frameId < this.#lastShownId) result.image.close();
    else this.#showWith(result.image, result);
  }

  #noteHair(frameId: number, { tookMs, ...hair }: HairShares & { readonly tookMs: number }): void {
    this.#hair.noteLook(tookMs);
    if (frameId > this.#lastStoppedFrameId) this.#pipeline?.takeHair(frameId, hair);
  }

  #notePartMissing(part: TrackedPart, message: string): void {
    if (part === 'hair') this.#hair.noteMissing();
    else this.events.emit('part-missing', { part, message });
  }

  #noteRestart(reason: Exclude<RestartReason, 'poisoned'>): void {
    this.#refusedByEarlierWorkers = this.#requestsRefused;
    [this.#wasmBytesAtFirst, this.#wasmBytes] = [0, 0];
    this.#handover.clear();
    this.#countRestart(reason);
  }

  #noteRecreated(frameId: number | null): void {
    if (frameId !== null) this.#handover.settle(frameId);
    this.#countRestart('poisoned');
  }

  #countRestart(reason: RestartReason): void {
    this.#restarts += 1;
    this.#recoveries[reason] += 1;
    this.events.emit('restarted', { reason, count: this.#restarts });
  }

  #noteFailure(problem: TrackingProblem, message: string): void {
    this.#delegate = null;
    this.#handover.clear();
    this.#pipeline?.reset();
    this.#settled.resolve();
    this.#settled = Promise.withResolvers<void>();
    this.events.emit('problem', { problem, message });
  }

  #showUntracked({ frameId, capturedAtMs, image }: CameraFrame): void {
    this.#showWith(image, { frameId, capturedAtMs, ...nothingSeen });
  }

  #showWith(image: ImageBitmap, seen: LandmarkFrame): void {
    const { frameId, capturedAtMs } = seen;
    const intrinsics = this.#intrinsicsOf(image);
    let anchors: AnchorFrame | undefined;
    try {
      anchors = this.#pipeline?.process(seen, intrinsics);
    } catch (fault) {
      // A listener's: it must not cost the memory of a picture.
      image.close();
      throw fault;
    }
    this.#show({
      image,
      intrinsics,
      anchors: anchors ?? { frameId, capturedAtMs, faces: [], hands: [], body: null, light: neutralEstimate },
    });
  }

  /** Makes a frame the newest; the one nobody took is closed. */
  #show(frame: TrackedFrame | null): void {
    this.#latest?.image?.close();
    this.#latest = frame;
    this.#lastShownId = frame?.anchors.frameId ?? this.#lastShownId;
  }

  #intrinsicsOf(image: ImageBitmap): CameraIntrinsics {
    const camera = this.#camera.facts();
    return (this.#options.intrinsicsFor ?? defaultIntrinsics)(image.width, image.height, camera);
  }
}
