import { HairGauge } from './hair-gauge.ts';
import type { IntrinsicsFor } from '../calibration/camera-intrinsics-source.ts';
import type { Clock } from '../core/clock.ts';
import { Emitter } from '../core/emitter.ts';
import { VitrineError } from '../core/vitrine-error.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import type { CameraHost } from './camera-keeper.ts';
import { CameraKeeper } from './camera-keeper.ts';
import type { CameraSourceOptions } from './camera-source.ts';
import { CaptureTimeline } from './capture-timeline.ts';
import { FrameHandover } from './frame-handover.ts';
import { InferenceGovernor } from './inference-governor.ts';
import { createOwnTrackerWorker } from './own-worker.ts';
import { pageCameraHost } from './page-camera-host.ts';
import { ShownFrames } from './shown-frames.ts';
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
import { TrackerTally } from './tracker-tally.ts';
import { WasmGauge } from './wasm-gauge.ts';
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

function disposedError(): VitrineError<'tracker-disposed'> {
  return new VitrineError('tracker-disposed', 'The tracker was disposed.', 'Create another tracker.');
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
  readonly #hair: HairGauge;
  readonly #camera: CameraKeeper;
  readonly #timeline = new CaptureTimeline();
  readonly #governor = new InferenceGovernor();
  readonly #tally = new TrackerTally();
  readonly #wasm = new WasmGauge();
  readonly #shown = new ShownFrames(this.events);
  #isStarted = false;
  #isDisposed = false;
  #cardPlace: CardPlace | null = null;
  #people = 1;
  #lastFrameId = 0;
  #lastCapturedAtMs = 0;
  #canonicalFace: CanonicalFace | null = null;
  #delegate: Delegate | null = null;
  #settled = Promise.withResolvers<void>();

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
          this.#tally.noteRefused(requestsRefused);
          this.#wasm.note(wasmBytes);
          if (this.#wasm.isTooMuch('busy')) this.#link.recycle();
        },
        onResult: (result) => this.#noteResult(result),
        onRestart: (reason) => this.#noteRestart(reason),
        onRecreated: (frameId) => this.#noteRecreated(frameId),
        onFailure: (problem, message) => this.#noteFailure(problem, message),
        onHair: ({ frameId, hair: { tookMs, ...hair } }) => {
          this.#hair.noteLook(tookMs);
          this.#shown.takeHair(frameId, hair);
        },
        onPartMissing: (part, message) => this.#notePartMissing(part, message),
      },
    });
    this.events.on('card', ({ sight }) => {
      if (sight === 'measured') this.seekCard(null);
    });
    this.#camera = new CameraKeeper(pageCameraHost(options), options.clock, {
      timeline: this.#timeline,
      onPicture: (image, capturedAtMs) => this.#notePicture(image, capturedAtMs),
      onOpened: (again) => this.events.emit('camera-opened', { again }),
      onProblem: (problem, message) => this.#noteCameraProblem(problem, message),
      onRecovery: (cause) => this.#tally.noteRecovery(cause),
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
    if (this.#wasm.isTooMuch('idle')) this.#link.recycle();
  }

  setNeeds(parts: readonly TrackedPart[]): void {
    this.#link.setNeeds(this.#hair.need(parts));
    this.#shown.lookAtHair(this.#hair.isFollowed);
  }

  allowPeople(people: number): void {
    // What is no number is no consent.
    const allowed = Number.isFinite(people) ? Math.min(maxPeople, Math.max(1, Math.round(people))) : 1;
    if (allowed === this.#people) return;
    this.#link.setPeople(allowed);
    if (allowed < this.#people) this.#shown.forgetUnseen();
    this.#people = allowed;
  }

  choosePerson(uPx: number, vPx: number): void {
    this.#link.choose({ uPx, vPx });
  }

  seekCard(place: CardPlace | null): void {
    this.#cardPlace = place;
    this.#link.seekCard(place);
    this.#shown.seekCard(place);
  }

  takeFrame(): TrackedFrame | null {
    this.#governor.noteDisplay(this.#options.clock.monotonicMs());
    return this.#shown.take();
  }

  metrics(): TrackerMetrics {
    return {
      ...this.#tally.metrics(this.#timeline.jumps),
      framesOffered: this.#handover.offered,
      framesReplaced: this.#handover.replaced,
      inferencePeriodMs: this.#governor.periodMs(this.#lastCapturedAtMs),
      wasmBytes: this.#wasm.bytes,
      hair: this.#hair.metrics(),
      delegate: this.#delegate,
    };
  }

  canonicalFace(): CanonicalFace | null {
    return this.#canonicalFace;
  }

  requestsRefused(): number {
    return this.#tally.requestsRefused;
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
    const isDue = this.#link.isRunning && this.#governor.admit(capturedAtMs);
    if (this.#link.isRunning && !isDue && this.#governor.isAttended(capturedAtMs)) {
      image.close();
      return;
    }
    const frame = {
      frameId: this.#lastFrameId,
      capturedAtMs,
      image,
      intrinsics: this.#intrinsicsOf(image),
    };
    if (isDue) this.#handover.offer(frame);
    // Nobody is there to be placed wrongly: the mirror stays as lively as the camera.
    else this.#shown.showUnseen(frame);
  }

  #forgetFrames(): void {
    this.#handover.clear();
    this.#link.forget();
    this.#shown.forget(this.#lastFrameId);
  }

  #noteCameraProblem(problem: CameraProblem, message: string): void {
    this.#forgetFrames();
    this.events.emit('problem', { problem, message });
  }

  #noteReady(canonicalFace: CanonicalFace, delegate: Delegate): void {
    this.#canonicalFace = canonicalFace;
    this.#shown.begin(canonicalFace);
    this.#delegate = delegate;
    this.#settled.resolve();
    this.events.emit('ready', { delegate });
  }

  #noteResult(result: TrackerResult): void {
    this.#tally.noteRun(result.inferenceMs);
    const sawSomebody = result.faces.length + result.hands.length > 0 || result.body !== null;
    this.#governor.noteRun(this.#lastCapturedAtMs, result.inferenceMs, sawSomebody);
    if (result.signs !== null && this.#isStarted) this.#camera.noteSigns(result.signs);
    this.#handover.settle(result.frameId);
    this.#shown.showSeen(result, result);
  }

  #notePartMissing(part: TrackedPart, message: string): void {
    if (part !== 'hair') {
      this.events.emit('part-missing', { part, message });
      return;
    }
    this.#hair.noteMissing();
    this.#shown.lookAtHair(false);
  }

  #noteRestart(reason: Exclude<RestartReason, 'poisoned'>): void {
    this.#wasm.reset();
    this.#handover.clear();
    this.#countRestart(reason);
  }

  #noteRecreated(frameId: number | null): void {
    if (frameId !== null) this.#handover.settle(frameId);
    this.#countRestart('poisoned');
  }

  #countRestart(reason: RestartReason): void {
    this.events.emit('restarted', { reason, count: this.#tally.noteRestart(reason) });
  }

  #noteFailure(problem: TrackingProblem, message: string): void {
    this.#delegate = null;
    this.#handover.clear();
    this.#shown.forgetPeople();
    this.#settled.resolve();
    this.#settled = Promise.withResolvers<void>();
    this.events.emit('problem', { problem, message });
  }

  #intrinsicsOf(image: ImageBitmap): CameraIntrinsics {
    const { intrinsicsFor = defaultIntrinsics } = this.#options;
    try {
      return intrinsicsFor(image.width, image.height, this.#camera.facts());
    } catch (fault) {
      // The page's own: it must not cost the memory of a picture.
      image.close();
      throw fault;
    }
  }
}
