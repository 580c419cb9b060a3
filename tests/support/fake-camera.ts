import type { CameraSourceOptions } from '../../sdk/tracking/camera-source.ts';

type VideoFrameCallback = (nowMs: number, metadata: { readonly captureTime: number }) => void;

/** A camera made of nothing, for tests: pictures come when told to, and every bitmap is counted. */
export class FakeCamera {
  refuseWith: Error | null = null;
  refusePlay: Error | null = null;
  bitmapFails = false;
  tracksStopped = 0;
  unplugged = 0;
  bitmapsOpen = 0;
  opened = 0;
  label = '';
  zoom: number | null = null;
  readonly pictures: number[] = [];
  readonly #ended = new Set<() => void>();
  #callback: VideoFrameCallback | null = null;

  /** What `openCamera` needs; pictures are noted by their capture time. */
  options(): CameraSourceOptions {
    return {
      mediaDevices: this.mediaDevices,
      createVideo: () => this.video(),
      createBitmap: () => this.bitmap(),
      onPicture: (image, capturedAtMs) => {
        this.pictures.push(capturedAtMs);
        image.close();
      },
      onUnplugged: () => {
        this.unplugged += 1;
      },
    };
  }

  get mediaDevices(): Pick<MediaDevices, 'getUserMedia'> {
    return {
      getUserMedia: () => {
        if (this.refuseWith !== null) return Promise.reject(this.refuseWith);
        this.opened += 1;
        const track = {
          label: this.label,
          getSettings: () => (this.zoom === null ? {} : { zoom: this.zoom }),
          stop: () => {
            this.tracksStopped += 1;
          },
          addEventListener: (_: string, listener: () => void) => this.#ended.add(listener),
          removeEventListener: (_: string, listener: () => void) => this.#ended.delete(listener),
        };
        return Promise.resolve({ getTracks: () => [track] } as unknown as MediaStream);
      },
    };
  }

  video(): HTMLVideoElement {
    return {
      play: () => (this.refusePlay === null ? Promise.resolve() : Promise.reject(this.refusePlay)),
      requestVideoFrameCallback: (callback: VideoFrameCallback) => {
        this.#callback = callback;
        return 1;
      },
      cancelVideoFrameCallback: () => {
        this.#callback = null;
      },
    } as unknown as HTMLVideoElement;
  }

  bitmap(): Promise<ImageBitmap> {
    if (this.bitmapFails) return Promise.reject(new DOMException('gone', 'InvalidStateError'));
    this.bitmapsOpen += 1;
    let isOpen = true;
    return Promise.resolve({
      width: 1280,
      height: 720,
      close: () => {
        if (isOpen) this.bitmapsOpen -= 1;
        isOpen = false;
      },
    });
  }

  /** Shows one picture; false when nobody looks any more. */
  async show(capturedAtMs: number): Promise<boolean> {
    const callback = this.#callback;
    this.#callback = null;
    if (callback === null) return false;
    callback(capturedAtMs, { captureTime: capturedAtMs });
    // Enough turns of the microtask queue for a bitmap to be made and taken over.
    for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
    return true;
  }

  unplug(): void {
    for (const listener of Array.from(this.#ended)) listener();
  }
}
