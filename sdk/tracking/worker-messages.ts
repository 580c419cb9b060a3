import type { CanonicalFace } from '../geometry/canonical-face.ts';
import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import type { LinearMean } from '../geometry/light-estimate.ts';
import type { TrackingProblem } from './tracker.ts';

/** Where the tracker's own files are; absolute addresses. */
export interface TrackerAssets {
  /** The folder of the `vision_wasm_module_internal` files. */
  readonly wasmBaseUrl: string;
  readonly modelUrl: string;
  /** Lower-case hex. */
  readonly modelSha256: string;
}

/** Which processor runs the graph. */
export type Delegate = 'CPU' | 'GPU';

/** What the page tells the worker. A frame's image is the worker's from then on. */
export type WorkerRequest =
  | { readonly kind: 'start'; readonly assets: TrackerAssets; readonly delegate: Delegate | 'probe' }
  | {
      readonly kind: 'frame';
      readonly frameId: number;
      readonly capturedAtMs: number;
      readonly image: ImageBitmap;
    };

/** What the worker tells the page. A result's image is the page's from then on. */
export type WorkerReply =
  | {
      readonly kind: 'heartbeat';
      /** How often the library tried to reach an address that is not the tracker's. */
      readonly requestsRefused: number;
    }
  | { readonly kind: 'ready'; readonly delegate: Delegate; readonly canonicalFace: CanonicalFace }
  | { readonly kind: 'failed'; readonly problem: TrackingProblem; readonly message: string }
  | {
      readonly kind: 'result';
      readonly frameId: number;
      readonly capturedAtMs: number;
      readonly image: ImageBitmap;
      readonly landmarks: FaceLandmarks | null;
      readonly skin: LinearMean | null;
      readonly inferenceMs: number;
    }
  /** The graph failed on this frame, was closed and made anew; its image is closed. */
  | { readonly kind: 'recreated'; readonly frameId: number; readonly message: string };
