import type { Clock } from '../core/clock.ts';
import { Emitter } from '../core/emitter.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import { faceLandmarkerSlips } from '../geometry/face-landmarker-slips.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import { neutralLight } from '../geometry/light-estimate.ts';
import type { CameraSourceOptions, OpenCamera } from './camera-source.ts';
import { openCamera } from './camera-source.ts';
import type { CameraFrame } from './frame-handover.ts';
import { FrameHandover } from './frame-handover.ts';
import { createOwnTrackerWorker } from './own-worker.ts';
import { nothingSeen } from './landmark-frame.ts';
import { PosePipeline } from './pose-pipeline.ts';
import { RunningMedian } from './running-median.ts';
import type {
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
  readonly mediaDevices?: Pick<MediaDevices, 'getUserMedia'>;
  readonly createWorker?: () => WorkerLike;
  readonly createVideo?: CameraSourceOptions['createVideo'];
  readonly createBitmap?: CameraSourceOptions['createBitmap'];
  /** The camera's calibration for a picture of this size; a usual field of view unless told. */
  readonly intrinsicsFor?: (widthPx: number, heightPx: number) => CameraIntrinsics;
  /** `probe` measures both and takes the better. */
  readonly delegate?: Delegate | 'probe';
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
  #camera: OpenCamera | null = null;
  /** Counts starts and stops, so that a camera that opens after a stop is closed again. */
  #run = 0;
  #lastFrameId = 0;
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
    this.#handover = new FrameHandover((frame) => this.#link.send(frame));
    this.#link = new TrackerLink({
      assets: options.assets,
      delegate: options.delegate ?? 'probe',
      clock: options.clock,
      createWorker: options.createWorker ?? createOwnTrackerWorker,
      listener: {
        onReady: (canonicalFace, delegate) => this.#noteReady(canonicalFace, delegate),
        onHeartbeat: (requestsRefused) => {
          this.#requestsRefused = this.#refusedByEarlierWorkers + requestsRefused;
        },
        onResult: (result) => this.#noteResult(result),
        onRestart: (reason) => this.#noteRestart(reason),
        onRecreated: (frameId) => this.#noteRecreated(frameId),
        onFailure: (problem, message) => this.#noteFailure(problem, message),
      },
    });
  }

  warmUp(): Promise<void> {
    // Taken first: a start that fails at once settles this promise and puts another in its place.
    const { promise } = this.#settled;
    if (!this.#link.isRunning) this.#link.start();
    return promise;
  }

  async start(): Promise<void> {
    if (this.#camera !== null) return;
    void this.warmUp();
    this.#run += 1;
    const run = this.#run;
    const opened = await openCamera({
      mediaDevices: this.#options.mediaDevices ?? globalThis.navigator.mediaDevices,
      createVideo: this.#options.createVideo ?? (() => document.createElement('video')),
      createBitmap: this.#options.createBitmap ?? ((video) => createImageBitmap(video)),
      onPicture: (image, capturedAtMs) => this.#notePicture(image, capturedAtMs),
      onUnplugged: () => {
        this.stop();
        this.events.emit('problem', {
          problem: 'camera-unplugged',
          message: 'The camera was unplugged or taken away.',
        });
      },
    });
    if (!opened.ok) this.events.emit('problem', opened.error);
    else if (run === this.#run) this.#camera = opened.value;
    else opened.value.close();
  }

  stop(): void {
    this.#run += 1;
    this.#lastStoppedFrameId = this.#lastFrameId;
    this.#camera?.close();
    this.#camera = null;
    this.#handover.clear();
    this.#pipeline?.reset();
    this.#show(null);
  }

  setNeeds(parts: readonly TrackedPart[]): void {
    this.#link.setNeeds(parts);
  }

  takeFrame(): TrackedFrame | null {
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
      medianInferenceMs: this.#inferenceMs.value,
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
    this.stop();
    this.#link.dispose();
    this.#settled.resolve();
    this.events.clear();
  }

  #notePicture(image: ImageBitmap, capturedAtMs: number): void {
    this.#lastFrameId += 1;
    const frame = { frameId: this.#lastFrameId, capturedAtMs, image };
    if (this.#link.isRunning) this.#handover.offer(frame);
    else this.#showUntracked(frame);
  }

  #noteReady(canonicalFace: CanonicalFace, delegate: Delegate): void {
    this.#canonicalFace = canonicalFace;
    this.#pipeline ??= new PosePipeline(canonicalFace, faceLandmarkerSlips(), this.events);
    this.#delegate = delegate;
    this.#settled.resolve();
  }

  #noteResult(result: TrackerResult): void {
    this.#framesInferred += 1;
    this.#inferenceMs.add(result.inferenceMs);
    this.#handover.settle(result.frameId);
    if (result.frameId <= this.#lastStoppedFrameId || this.#pipeline === null) {
      result.image.close();
      return;
    }
    const intrinsics = this.#intrinsicsOf(result.image);
    this.#show({ image: result.image, intrinsics, anchors: this.#pipeline.process(result, intrinsics) });
  }

  #noteRestart(reason: 'hung' | 'crashed'): void {
    this.#refusedByEarlierWorkers = this.#requestsRefused;
    this.#handover.clear();
    this.#countRestart(reason);
  }

  #noteRecreated(frameId: number): void {
    this.#handover.settle(frameId);
    this.#countRestart('poisoned');
  }

  #countRestart(reason: 'hung' | 'poisoned' | 'crashed'): void {
    this.#restarts += 1;
    this.events.emit('restarted', { reason, count: this.#restarts });
  }

  #noteFailure(problem: TrackingProblem, message: string): void {
    this.#handover.clear();
    this.#pipeline?.reset();
    this.#settled.resolve();
    this.#settled = Promise.withResolvers<void>();
    this.events.emit('problem', { problem, message });
  }

  #showUntracked({ frameId, capturedAtMs, image }: CameraFrame): void {
    const intrinsics = this.#intrinsicsOf(image);
    const anchors = this.#pipeline?.process({ frameId, capturedAtMs, ...nothingSeen }, intrinsics);
    this.#show({
      image,
      intrinsics,
      anchors: anchors ?? { frameId, capturedAtMs, faces: [], hands: [], body: null, light: neutralLight },
    });
  }

  /** Makes a frame the newest; the one nobody took is closed. */
  #show(frame: TrackedFrame | null): void {
    this.#latest?.image?.close();
    this.#latest = frame;
  }

  #intrinsicsOf(image: ImageBitmap): CameraIntrinsics {
    return (this.#options.intrinsicsFor ?? defaultIntrinsics)(image.width, image.height);
  }
}
