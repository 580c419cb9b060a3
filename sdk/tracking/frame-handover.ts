import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';

/** A camera frame on its way to the worker. */
export interface CameraFrame {
  /** Grows from frame to frame over the tracker's life. */
  readonly frameId: number;
  readonly capturedAtMs: number;
  readonly image: ImageBitmap;
  readonly intrinsics: CameraIntrinsics;
}

/**
 * Hands frames to a slow worker: one in flight, and the newest replaces the one that waits. Owns the waiting frame and
 * closes it when it is replaced or cleared; what was sent belongs to the receiver.
 */
export class FrameHandover {
  readonly #send: (frame: CameraFrame) => void;
  /** Null when nothing is in flight. */
  #inFlight: number | null = null;
  #waiting: CameraFrame | null = null;
  #offered = 0;
  #replaced = 0;

  constructor(send: (frame: CameraFrame) => void) {
    this.#send = send;
  }

  /** How many frames were offered. */
  get offered(): number {
    return this.#offered;
  }

  /** How many frames were closed unseen because a newer one came. */
  get replaced(): number {
    return this.#replaced;
  }

  /** Takes a frame over. */
  offer(frame: CameraFrame): void {
    this.#offered += 1;
    if (this.#inFlight === null) {
      this.#inFlight = frame.frameId;
      this.#send(frame);
      return;
    }
    if (this.#waiting !== null) {
      this.#replaced += 1;
      this.#waiting.image.close();
    }
    this.#waiting = frame;
  }

  /** A frame has come back, or is known to be lost: the waiting one goes. Frames from before a `clear` change nothing. */
  settle(frameId: number): void {
    if (frameId !== this.#inFlight) return;
    const next = this.#waiting;
    this.#waiting = null;
    this.#inFlight = next?.frameId ?? null;
    if (next !== null) this.#send(next);
  }

  /** Forgets the frame in flight and closes the waiting one. */
  clear(): void {
    this.#inFlight = null;
    this.#waiting?.image.close();
    this.#waiting = null;
  }
}
