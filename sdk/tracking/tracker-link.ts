import type { CancelTimer, Clock } from '../core/clock.ts';
import { messageOf } from '../core/vitrine-error.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import type { CameraFrame } from './frame-handover.ts';
import type { PicturePoint } from './picture-region.ts';
import type { CardPlace, RestartReason, TrackedPart, TrackingProblem } from './tracker.ts';
import type { Delegate, TrackerAssets, WorkerReply, WorkerRequest } from './worker-messages.ts';

/** The part of a `Worker` that the link uses. */
export interface WorkerLike {
  postMessage(message: WorkerRequest, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<WorkerReply>) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void;
  terminate(): void;
}

/** What came of one frame. */
export type TrackerResult = Extract<WorkerReply, { kind: 'result' }>;

/** What the link tells its owner. */
export interface TrackerLinkListener {
  onReady(canonicalFace: CanonicalFace, delegate: Delegate): void;
  onHeartbeat(requestsRefused: number, wasmBytes: number): void;
  /** The image belongs to the listener. */
  onResult(result: TrackerResult): void;
  /** The worker was given up, with the frame in flight; another is starting. */
  onRestart(reason: Exclude<RestartReason, 'poisoned'>): void;
  /** The worker made its graphs anew, after this frame if there is one, whose image is closed. */
  onRecreated(frameId: number | null): void;
  onHair(hair: Extract<WorkerReply, { kind: 'hair' }>): void;
  onPartMissing(part: TrackedPart, message: string): void;
  /** There will be no tracking until `start` is called again. */
  onFailure(problem: TrackingProblem, message: string): void;
}

/** What a link needs. */
export interface TrackerLinkOptions {
  readonly assets: TrackerAssets;
  readonly delegate: Delegate | 'probe';
  readonly clock: Clock;
  readonly createWorker: () => WorkerLike;
  readonly listener: TrackerLinkListener;
}

const checkPeriodMs = 250;
/**
 * The worker beats twice a second unless it computes, so a second and a half without a word is more than a slow picture; a
 * machine that is slower than that is given six times what its slowest picture of late took. Checks are counted rather than
 * milliseconds, so that a computer that wakes from sleep, or a page that comes back from the background, does not find its
 * worker guilty.
 */
const silentChecksWhenRunning = 6;
const slowestPictures = 6;
/** Compiling wasm and shaders on a slow machine holds the worker's thread for seconds. */
const silentChecksWhenStarting = 80;
/** How fast the memory of a slow picture fades, a picture. */
const slownessFade = 0.9;
/** More restarts than this in a row without a single result, and another one will not help. */
const maxFruitlessRestarts = 3;

type LinkState = 'idle' | 'starting' | 'running' | 'failed';

/** Owns the tracker's worker: starts it, listens to its heart, and starts another when it hangs or crashes. */
export class TrackerLink {
  readonly #options: TrackerLinkOptions;
  #state: LinkState = 'idle';
  #worker: WorkerLike | null = null;
  #needs: readonly TrackedPart[] = ['face'];
  #cancelCheck: CancelTimer = () => undefined;
  #people = 1;
  #cardPlace: CardPlace | null = null;
  #silentChecks = 0;
  /** Whether the worker makes graphs just now. */
  #isLoading = false;
  #hasSent = false;
  /** What the slowest picture of late took; null until the first one came back, which nobody knows how to wait for. */
  #slowestMs: number | null = null;
  #fruitlessRestarts = 0;

  constructor(options: TrackerLinkOptions) {
    this.#options = options;
  }

  /** Whether frames may be sent. */
  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** Starts the worker, unless it runs already; after a failure, tries anew. */
  start(): void {
    if (this.#state === 'starting' || this.#state === 'running') return;
    this.#fruitlessRestarts = 0;
    this.#spawn();
  }

  /** Sends a frame; its image belongs to the worker from now on. Only while `isRunning`. */
  send(frame: CameraFrame): void {
    this.#hasSent = true;
    this.#worker?.postMessage({ kind: 'frame', ...frame }, [frame.image]);
  }

  /** What the next frames are searched for; said again to every worker that follows. */
  setNeeds(parts: readonly TrackedPart[]): void {
    this.#needs = parts;
    this.#worker?.postMessage({ kind: 'needs', parts }, []);
  }

  /** How many people may be followed; said again to every worker that follows. */
  setPeople(people: number): void {
    this.#people = people;
    this.#worker?.postMessage({ kind: 'people', people }, []);
  }

  /** Where to look for a card; said again to every worker that follows. */
  seekCard(place: CardPlace | null): void {
    this.#cardPlace = place;
    this.#worker?.postMessage({ kind: 'card', place }, []);
  }

  /** Serves whoever is at this point of the picture first. */
  choose(point: PicturePoint): void {
    this.#worker?.postMessage({ kind: 'choose', point }, []);
  }

  /** Has the worker forget what it learnt of the faces and hands so far; a new worker knows nothing. */
  forget(): void {
    this.#worker?.postMessage({ kind: 'forget' }, []);
  }

  /** Starts another worker in place of one that holds too much memory. */
  recycle(): void {
    if (this.#state === 'running') this.#restart('memory');
  }

  /** Ends the worker and its watch. */
  dispose(): void {
    this.#discard();
    this.#state = 'idle';
  }

  #spawn(): void {
    const { createWorker, assets, delegate } = this.#options;
    this.#state = 'starting';
    this.#silentChecks = 0;
    this.#isLoading = false;
    this.#slowestMs = null;
    this.#hasSent = false;
    let worker: WorkerLike;
    try {
      worker = createWorker();
    } catch (cause) {
      // A host page's policy may forbid workers: the picture goes on without tracking.
      this.#fail('tracker-failed', `The tracker's worker could not be started: ${messageOf(cause)}`);
      return;
    }
    this.#worker = worker;
    // A worker that was given up may still have messages under way; they must not speak for its successor.
    worker.addEventListener('message', (event) => {
      if (this.#worker === worker) this.#hear(event.data);
      else closeImageOf(event.data);
    });
    const onCrash = (): void => {
      if (this.#worker === worker) this.#restart('crashed');
    };
    worker.addEventListener('error', onCrash);
    worker.addEventListener('messageerror', onCrash);
    worker.postMessage({ kind: 'start', assets, delegate }, []);
    // A new worker follows the face of one person unless it is told otherwise.
    if (this.#needs.length !== 1 || this.#needs[0] !== 'face') this.setNeeds(this.#needs);
    if (this.#people !== 1) this.setPeople(this.#people);
    if (this.#cardPlace !== null) this.seekCard(this.#cardPlace);
    this.#watch();
  }

  #discard(): void {
    this.#cancelCheck();
    const worker = this.#worker;
    this.#worker = null;
    worker?.terminate();
  }

  #hear(message: WorkerReply): void {
    this.#silentChecks = 0;
    const { listener } = this.#options;
    switch (message.kind) {
      case 'heartbeat':
        listener.onHeartbeat(message.requestsRefused, message.wasmBytes);
        break;
      case 'loading':
        this.#isLoading = true;
        break;
      case 'loaded':
        this.#isLoading = false;
        break;
      case 'part-missing':
        listener.onPartMissing(message.part, message.message);
        break;
      case 'ready':
        this.#state = 'running';
        listener.onReady(message.canonicalFace, message.delegate);
        break;
      case 'result':
        this.#fruitlessRestarts = 0;
        this.#slowestMs = Math.max(message.inferenceMs, (this.#slowestMs ?? 0) * slownessFade);
        listener.onResult(message);
        break;
      case 'hair':
        listener.onHair(message);
        break;
      case 'recreated':
        this.#isLoading = false;
        if (this.#isWorthwhile('poisoned')) listener.onRecreated(message.frameId);
        break;
      case 'failed':
        this.#fail(message.problem, message.message);
        break;
    }
  }

  #watch(): void {
    this.#cancelCheck = this.#options.clock.after(checkPeriodMs, () => {
      this.#silentChecks += 1;
      if (this.#silentChecks >= this.#patience()) this.#restart('hung');
      else this.#watch();
    });
  }

  /** So many silent checks are no reason for worry. */
  #patience(): number {
    if (this.#state === 'starting' || this.#isLoading || this.#isFirstUnderWay()) {
      return silentChecksWhenStarting;
    }
    const slowest = Math.ceil((slowestPictures * (this.#slowestMs ?? 0)) / checkPeriodMs);
    return Math.min(silentChecksWhenStarting, Math.max(silentChecksWhenRunning, slowest));
  }

  #isFirstUnderWay(): boolean {
    return this.#hasSent && this.#slowestMs === null;
  }

  #restart(reason: Exclude<RestartReason, 'poisoned'>): void {
    this.#discard();
    if (!this.#isWorthwhile(reason)) return;
    this.#options.listener.onRestart(reason);
    this.#spawn();
  }

  /** Whether another restart may help; gives up when too many came without a result between them. */
  #isWorthwhile(reason: RestartReason): boolean {
    this.#fruitlessRestarts += 1;
    if (this.#fruitlessRestarts <= maxFruitlessRestarts) return true;
    this.#fail(
      'tracker-failed',
      `The tracker stopped ${this.#fruitlessRestarts} times in a row (${reason}).`,
    );
    return false;
  }

  #fail(problem: TrackingProblem, message: string): void {
    this.#discard();
    this.#state = 'failed';
    this.#options.listener.onFailure(problem, message);
  }
}

function closeImageOf(message: WorkerReply): void {
  if (message.kind === 'result') message.image.close();
}
