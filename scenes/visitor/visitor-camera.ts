import type { IntrinsicsFor } from '../../sdk/calibration/camera-intrinsics-source.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import { loadModel } from '../models/load-model.ts';
import { GpuFence } from '../root/gpu-fence.ts';
import { visitorLooks } from './skin-tones.ts';
import type { VisitorRequest } from './visitor-request.ts';
import { VisitorScene } from './visitor-scene.ts';

/** A camera before which the kit's own visitor stands. */
export interface VisitorCamera {
  /** Give it to a tracker in the place of `navigator.mediaDevices`. */
  readonly mediaDevices: Pick<MediaDevices, 'getUserMedia'>;
  /** Exact: the camera is drawn, so its focal length is known. */
  readonly intrinsicsFor: IntrinsicsFor;
  /** The browser has nothing to permit. */
  readonly cameraPermission: () => Promise<null>;
}

/** What a visitor's camera is made of. */
export interface VisitorCameraOptions extends VisitorRequest {
  /** Where the forged visitor is: `collections/shared/visitor.glb` of this server. */
  readonly modelUrl: string;
  readonly clock: Clock;
  readonly widthPx?: number;
  readonly heightPx?: number;
}

const verticalFovRad = (50 * Math.PI) / 180;
/** A hand is marched ray by ray: without a GPU a larger picture of one takes longer than a camera may stand still. */
const usualSize = { widthPx: 960, heightPx: 540 } as const;
const sizeWithHand = { widthPx: 640, heightPx: 360 } as const;
const framePeriodMs = 1000 / 30;
const fencePollMs = 4;
/** So many times as long as a picture took to draw, nothing is drawn; but a camera never stands still for long. */
const restPerDrawing = 2;
const longestRestMs = 1_000;
/** The second picture of a hand held still is drawn by other shaders than the first, and all later ones like it. */
const picturesUntilBuilt = 2;

/** The drawn camera's intrinsics at a picture's size: 50° high, square pixels, no distortion. */
export function visitorIntrinsics(widthPx: number, heightPx: number): CameraIntrinsics {
  const fPx = heightPx / 2 / Math.tan(verticalFovRad / 2);
  return {
    widthPx,
    heightPx,
    fxPx: fPx,
    fyPx: fPx,
    cxPx: widthPx / 2,
    cyPx: heightPx / 2,
    source: 'calibration',
  };
}

/**
 * A camera for demos, documentation, tests and benches: nobody is filmed. `getUserMedia` answers with a stream of drawn
 * pictures, 30 a second or as many as this machine draws; stopping its track stops the drawing and frees what it took.
 * It rejects with what `fetch` or the model's reading throws.
 */
export function createVisitorCamera(options: VisitorCameraOptions): VisitorCamera {
  return {
    intrinsicsFor: visitorIntrinsics,
    mediaDevices: { getUserMedia: () => startFilming(options) },
    cameraPermission: async () => null,
  };
}

async function startFilming(options: VisitorCameraOptions): Promise<MediaStream> {
  const { modelUrl, look, motion, card, hand, clock } = options;
  const usual = hand === null ? usualSize : sizeWithHand;
  const { widthPx = usual.widthPx, heightPx = usual.heightPx } = options;
  const response = await fetch(modelUrl);
  if (!response.ok) throw new Error(`${modelUrl} could not be read (HTTP ${response.status}).`);
  const model = await loadModel(new Uint8Array(await response.arrayBuffer()));
  const scene = new VisitorScene(model.prototype, visitorLooks[look], widthPx, heightPx);
  scene.head.holdCard(card);
  const intrinsics = visitorIntrinsics(widthPx, heightPx);
  const drawn = new GpuFence(scene.renderer.getContext());
  const startedAtMs = clock.monotonicMs();
  const stream = scene.renderer.domElement.captureStream(0);
  const [track] = stream.getVideoTracks();
  const dispose = (): void => {
    scene.dispose();
    model.dispose();
  };
  if (!(track instanceof CanvasCaptureMediaStreamTrack)) {
    dispose();
    throw new Error('This browser films no canvas.');
  }
  /** Settles when the picture is there, with the time it took. */
  const drawOne = async (): Promise<number> => {
    const beganAtMs = clock.monotonicMs();
    scene.holdHand(hand?.(beganAtMs - startedAtMs) ?? null);
    scene.draw(motion(beganAtMs - startedAtMs), intrinsics);
    track.requestFrame();
    drawn.raise();
    while (!drawn.isPassed) await pause(clock, fencePollMs);
    return clock.monotonicMs() - beganAtMs;
  };
  // A stopped track tells nobody: it is asked.
  const film = async (): Promise<void> => {
    while (track.readyState !== 'ended') {
      const tookMs = await drawOne();
      // The mirror's own drawing comes first: where this machine draws slowly, the visitor moves in fewer pictures.
      const restMs = Math.min(longestRestMs, restPerDrawing * tookMs);
      await pause(clock, Math.max(1, framePeriodMs - tookMs, restMs));
    }
    dispose();
  };
  // A camera is open when its pictures come: shaders are built for the first ones, which takes a machine without a GPU seconds.
  for (let picture = 0; picture < picturesUntilBuilt; picture += 1) await drawOne();
  void film();
  return stream;
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}
