import type { CameraFacts } from '../calibration/camera-facts.ts';
import { cameraFactsOf, unknownCamera } from '../calibration/camera-facts.ts';
import type { Result } from '../core/result.ts';
import { err, ok } from '../core/result.ts';
import { messageOf } from '../core/vitrine-error.ts';
import { CaptureTimeline } from './capture-timeline.ts';
import type { CameraProblem } from './tracker.ts';

/** Why the camera gives no picture. */
export interface CameraRefusal {
  readonly problem: CameraProblem;
  readonly message: string;
}

/** What a camera source needs of the page. */
export interface CameraSourceOptions {
  /** Undefined where the page is not in a secure context. */
  readonly mediaDevices: Pick<MediaDevices, 'getUserMedia'> | undefined;
  /** Makes the element that plays the stream; it is never shown. */
  readonly createVideo: () => HTMLVideoElement;
  readonly createBitmap: (video: HTMLVideoElement) => Promise<ImageBitmap>;
  /** Takes each new picture over; the image is the listener's to close. */
  readonly onPicture: (image: ImageBitmap, capturedAtMs: number) => void;
  /** The camera was pulled out or taken away; the source is closed already. */
  readonly onUnplugged: () => void;
  /** Makes the camera's times grow, over all cameras that are opened one after the other. */
  readonly timeline?: CaptureTimeline;
}

/** An open camera. */
export interface OpenCamera {
  /** Stops the camera's light and every callback. */
  close(): void;
  /** What the browser tells of this camera now; its zoom may change while it runs. */
  facts(): CameraFacts;
}

const idealWidthPx = 1280;
const idealHeightPx = 720;

/**
 * Opens the client-facing camera, ideally at 1280×720 (a camera on its side gives 720×1280, which is fine), and gives its
 * pictures as they come, each with its capture time. Call only after the client's consent.
 */
export async function openCamera(options: CameraSourceOptions): Promise<Result<OpenCamera, CameraRefusal>> {
  const { mediaDevices, createVideo } = options;
  if (mediaDevices === undefined) {
    return err({
      problem: 'camera-missing',
      message: 'This page may not use a camera: it needs https or localhost.',
    });
  }
  let stream: MediaStream;
  try {
    stream = await mediaDevices.getUserMedia({
      audio: false,
      video: {
        facingMode: 'user',
        width: { ideal: idealWidthPx },
        height: { ideal: idealHeightPx },
        frameRate: { ideal: 30 },
      },
    });
  } catch (cause) {
    return err({ problem: problemOf(cause), message: messageOf(cause) });
  }
  const video = createVideo();
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  try {
    await video.play();
  } catch (cause) {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
    return err({ problem: 'camera-busy', message: messageOf(cause) });
  }
  return ok(follow(video, stream, options));
}

function follow(video: HTMLVideoElement, stream: MediaStream, options: CameraSourceOptions): OpenCamera {
  let isOpen = true;
  const timeline = options.timeline ?? new CaptureTimeline();
  let callback = 0;

  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    video.cancelVideoFrameCallback(callback);
    for (const track of stream.getTracks()) {
      track.removeEventListener('ended', onEnded);
      track.stop();
    }
    video.srcObject = null;
  };
  const onEnded = (): void => {
    close();
    options.onUnplugged();
  };

  const take = async (capturedAtMs: number): Promise<void> => {
    // A picture can vanish between its callback and here, when the camera changes its size or goes.
    const image = await options.createBitmap(video).catch(() => null);
    if (image === null) return;
    if (!isOpen) {
      image.close();
      return;
    }
    options.onPicture(image, capturedAtMs);
  };
  const advance = async (capturedAtMs: number): Promise<void> => {
    // A picture shown twice keeps its capture time.
    const timeMs = timeline.next(capturedAtMs);
    if (timeMs !== null) await take(timeMs);
    if (isOpen) callback = video.requestVideoFrameCallback(onVideoFrame);
  };
  const onVideoFrame = (nowMs: number, metadata: VideoFrameCallbackMetadata): void => {
    void advance(metadata.captureTime ?? nowMs);
  };

  for (const track of stream.getTracks()) track.addEventListener('ended', onEnded);
  callback = video.requestVideoFrameCallback(onVideoFrame);
  const [track] = stream.getTracks();
  return { close, facts: () => (track === undefined ? unknownCamera : cameraFactsOf(track)) };
}

/** Names by which `getUserMedia` rejects. Source: W3C Media Capture and Streams, section "getUserMedia". */
function problemOf(cause: unknown): CameraProblem {
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
