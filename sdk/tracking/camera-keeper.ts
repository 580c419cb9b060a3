import type { CameraFacts } from '../calibration/camera-facts.ts';
import { unknownCamera } from '../calibration/camera-facts.ts';
import type { CancelTimer, Clock } from '../core/clock.ts';
import type { CameraSourceOptions, OpenCamera } from './camera-source.ts';
import { openCamera } from './camera-source.ts';
import type { CaptureTimeline } from './capture-timeline.ts';
import type { PictureSigns } from './picture-watch.ts';
import type { CameraProblem } from './tracker.ts';

/** Why a camera was opened anew without anybody asking. */
export type CameraRecovery = 'camera-lost' | 'camera-stalled' | 'picture-frozen';

/** What the keeper needs of the page; the parts that a browser lacks are left out. */
export interface CameraHost extends Pick<CameraSourceOptions, 'createVideo' | 'createBitmap'> {
  readonly mediaDevices:
    | (Pick<MediaDevices, 'getUserMedia'> &
        Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>)
    | undefined;
  /** The state of the permission to use the camera; null where the browser does not tell. */
  readonly cameraPermission: () => Promise<PermissionStatus | null>;
  readonly isHidden: () => boolean;
}

/** What the keeper tells. */
export interface CameraListener {
  readonly timeline: CaptureTimeline;
  readonly onPicture: CameraSourceOptions['onPicture'];
  /** `again`: after it was open before, or after a problem. */
  readonly onOpened: (again: boolean) => void;
  readonly onProblem: (problem: CameraProblem, message: string) => void;
  readonly onRecovery: (cause: CameraRecovery) => void;
}

const checkMs = 500;
/** Checks are counted, not milliseconds: a computer that wakes from sleep does not find its camera guilty. */
const checksWithoutPicture = 10;
/** Where opening it anew brought no picture, a slow camera would never come to its first one: it is given longer each time. */
const mostChecksWithoutPicture = 80;
/** Looks at the pixels, one in twelve pictures: about eight seconds at 30 pictures a second. */
const stillLooks = 20;
const retryFirstMs = 1_000;
const retryLongestMs = 30_000;

/**
 * Keeps the camera open for as long as it is wanted: opens it again when it stalls, when its picture is frozen, when it was
 * plugged in again, when the permission was given back. Says once what is wrong, and once that it is right again.
 */
export class CameraKeeper {
  readonly #host: CameraHost;
  readonly #clock: Clock;
  readonly #listener: CameraListener;
  #camera: OpenCamera | null = null;
  /** Counts starts and stops, so that a camera that opens after a stop is closed again. */
  #run = 0;
  #isWanted = false;
  #opening = false;
  #wasOpen = false;
  #problem: CameraProblem | null = null;
  #cancelCheck: CancelTimer = () => undefined;
  #cancelRetry: CancelTimer = () => undefined;
  #stopListening: () => void = () => undefined;
  #checksWithoutPicture = 0;
  #checksUntilStalled = checksWithoutPicture;
  #stillLooks = 0;
  /** After one try a still picture is believed: somebody shows a photograph, or a film that stands. */
  #believesStill = false;
  #retryMs = retryFirstMs;

  constructor(host: CameraHost, clock: Clock, listener: CameraListener) {
    this.#host = host;
    this.#clock = clock;
    this.#listener = listener;
  }

  get isOpen(): boolean {
    return this.#camera !== null;
  }

  /** What the browser tells of the open camera; nothing while none is open. */
  facts(): CameraFacts {
    return this.#camera?.facts() ?? unknownCamera;
  }

  /** Opens the camera and keeps it; settles when it is open or is known not to open now. */
  async start(): Promise<void> {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#run += 1;
    this.#retryMs = retryFirstMs;
    this.#believesStill = false;
    this.#checksUntilStalled = checksWithoutPicture;
    this.#wasOpen = false;
    this.#listen(this.#run);
    this.#check();
    await this.#open();
  }

  /** Closes the camera; it stays closed. */
  stop(): void {
    this.#run += 1;
    this.#isWanted = false;
    this.#problem = null;
    this.#cancelCheck();
    this.#cancelRetry();
    this.#stopListening();
    this.#close();
  }

  /** What a picture's pixels said of the camera. */
  noteSigns({ still }: PictureSigns): void {
    if (!still) {
      this.#stillLooks = 0;
      this.#believesStill = false;
      return;
    }
    this.#stillLooks += 1;
    if (this.#stillLooks < stillLooks || this.#believesStill) return;
    this.#believesStill = true;
    this.#reopen('picture-frozen');
  }

  async #open(): Promise<void> {
    if (this.#opening || this.#camera !== null) return;
    this.#opening = true;
    const run = this.#run;
    const opened = await openCamera({
      mediaDevices: this.#host.mediaDevices,
      createVideo: this.#host.createVideo,
      createBitmap: this.#host.createBitmap,
      onPicture: (image, capturedAtMs) => {
        this.#checksWithoutPicture = 0;
        this.#checksUntilStalled = checksWithoutPicture;
        this.#listener.onPicture(image, capturedAtMs);
      },
      onUnplugged: () => void this.#noteLost(run),
      timeline: this.#listener.timeline,
    });
    this.#opening = false;
    if (run !== this.#run) {
      if (opened.ok) opened.value.close();
      if (this.#isWanted) await this.#open();
      return;
    }
    if (!opened.ok) {
      this.#tell(opened.error.problem, opened.error.message);
      this.#retryLater();
      return;
    }
    const again = this.#wasOpen || this.#problem !== null;
    this.#camera = opened.value;
    this.#wasOpen = true;
    this.#checksWithoutPicture = 0;
    this.#stillLooks = 0;
    this.#problem = null;
    this.#retryMs = retryFirstMs;
    this.#listener.onOpened(again);
  }

  #close(): void {
    this.#camera?.close();
    this.#camera = null;
  }

  async #noteLost(run: number): Promise<void> {
    if (run !== this.#run) return;
    this.#camera = null;
    this.#listener.onRecovery('camera-lost');
    const permission = await this.#host.cameraPermission().catch(() => null);
    if (run !== this.#run) return;
    if (permission?.state === 'denied')
      this.#tell('camera-denied', 'The permission to use the camera was withdrawn.');
    else this.#tell('camera-unplugged', 'The camera was unplugged or taken away.');
    this.#retryLater();
  }

  #reopen(cause: CameraRecovery): void {
    this.#listener.onRecovery(cause);
    this.#close();
    void this.#open();
  }

  #check(): void {
    this.#cancelCheck = this.#clock.after(checkMs, () => {
      // A hidden page gets no pictures, and is owed none.
      if (this.#camera !== null && !this.#host.isHidden()) {
        this.#checksWithoutPicture += 1;
        if (this.#checksWithoutPicture >= this.#checksUntilStalled) {
          this.#checksWithoutPicture = 0;
          this.#checksUntilStalled = Math.min(mostChecksWithoutPicture, 2 * this.#checksUntilStalled);
          this.#reopen('camera-stalled');
        }
      }
      this.#check();
    });
  }

  /** A refusal is not asked again by the clock: the browser would show its question over and over. */
  #retryLater(): void {
    if (this.#problem === 'camera-denied' || this.#host.mediaDevices === undefined) return;
    this.#cancelRetry();
    this.#cancelRetry = this.#clock.after(this.#retryMs, () => void this.#open());
    this.#retryMs = Math.min(retryLongestMs, this.#retryMs * 2);
  }

  #tell(problem: CameraProblem, message: string): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#listener.onProblem(problem, message);
  }

  #listen(run: number): void {
    const { mediaDevices } = this.#host;
    const tryAgain = (): void => {
      if (run !== this.#run || this.#camera !== null) return;
      this.#retryMs = retryFirstMs;
      void this.#open();
    };
    mediaDevices?.addEventListener?.('devicechange', tryAgain);
    let permission: PermissionStatus | null = null;
    const onPermission = (): void => {
      if (permission?.state === 'granted') tryAgain();
    };
    const watchPermission = async (): Promise<void> => {
      permission = await this.#host.cameraPermission().catch(() => null);
      if (run === this.#run) permission?.addEventListener('change', onPermission);
    };
    void watchPermission();
    this.#stopListening = () => {
      mediaDevices?.removeEventListener?.('devicechange', tryAgain);
      permission?.removeEventListener('change', onPermission);
    };
  }
}
