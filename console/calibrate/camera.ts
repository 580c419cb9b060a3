import type { CameraFacts } from '../../sdk/calibration/camera-facts.ts';
import { cameraFactsOf } from '../../sdk/calibration/camera-facts.ts';
import type { LumaPicture } from '../../sdk/calibration/luma-picture.ts';
import { lumaOf } from '../../sdk/calibration/luma-picture.ts';
import type { Result } from '../../sdk/core/result.ts';
import { err, ok } from '../../sdk/core/result.ts';

/** Why the page gets no picture, each with its own words. */
export type CameraTrouble = 'camera-missing' | 'camera-denied' | 'camera-busy';

/** The open camera of the page. */
export interface PageCamera {
  readonly widthPx: number;
  readonly heightPx: number;
  facts(): CameraFacts;
  /** Lets the element show what the camera sees. */
  showIn(video: HTMLVideoElement): void;
  /** Puts the camera out. */
  close(): void;
}

/** Hears of every picture, in grey. Nothing of it is kept here. */
export interface CameraListener {
  onPicture(picture: LumaPicture): void;
  onUnplugged(): void;
}

/** Pictures are looked at no more often than this: a card that is held still needs no more. */
const lookEveryMs = 70;

/** Opens the camera as the mirror opens it, so that what is measured here is what is used there. Only after a click that said so. */
export async function openPageCamera(listener: CameraListener): Promise<Result<PageCamera, CameraTrouble>> {
  const devices: MediaDevices | undefined = globalThis.navigator.mediaDevices;
  if (devices === undefined) return err('camera-missing');
  let stream: MediaStream;
  try {
    stream = await devices.getUserMedia({
      audio: false,
      video: {
        facingMode: 'user',
        width: { ideal: 1280 },
        height: { ideal: 720 },
        frameRate: { ideal: 30 },
      },
    });
  } catch (cause) {
    return err(troubleOf(cause));
  }
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  try {
    await video.play();
  } catch {
    for (const track of stream.getTracks()) track.stop();
    return err('camera-busy');
  }
  return ok(watch(video, stream, listener));
}

function watch(video: HTMLVideoElement, stream: MediaStream, listener: CameraListener): PageCamera {
  const { videoWidth: widthPx, videoHeight: heightPx } = video;
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const [track] = stream.getVideoTracks();
  let isOpen = true;
  let lastLookMs = Number.NEGATIVE_INFINITY;
  let callback = 0;
  const onFrame = (nowMs: number): void => {
    if (!isOpen) return;
    callback = video.requestVideoFrameCallback(onFrame);
    if (context === null || nowMs - lastLookMs < lookEveryMs) return;
    lastLookMs = nowMs;
    context.drawImage(video, 0, 0, widthPx, heightPx);
    listener.onPicture(lumaOf(context.getImageData(0, 0, widthPx, heightPx).data, widthPx, heightPx));
  };
  const close = (): void => {
    isOpen = false;
    video.cancelVideoFrameCallback(callback);
    for (const each of stream.getTracks()) each.stop();
    video.srcObject = null;
  };
  track?.addEventListener('ended', () => {
    if (!isOpen) return;
    close();
    listener.onUnplugged();
  });
  callback = video.requestVideoFrameCallback(onFrame);
  return {
    widthPx,
    heightPx,
    facts: () => cameraFactsOf(track ?? { label: '' }),
    showIn: (shown) => {
      shown.srcObject = stream;
      // A picture that does not start here still is looked at; the next one starts it.
      void shown.play().catch(() => undefined);
    },
    close,
  };
}

function troubleOf(cause: unknown): CameraTrouble {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'camera-denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'camera-busy';
    default:
      return 'camera-missing';
  }
}
