import type { HairShares } from '../anchors/hair-mask.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import type { PicturePoint } from './picture-region.ts';
import type { PictureSigns } from './picture-watch.ts';
import type { SolvedFrame } from './solved-frame.ts';
import type { CardPlace, TrackedPart, TrackingProblem } from './tracker.ts';

/** One model file: its absolute address and the checksum without which it is not used. */
export interface ModelAsset {
  readonly url: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Where the tracker's own files are; absolute addresses. */
export interface TrackerAssets {
  /** The folder of the `vision_wasm_module_internal` files. */
  readonly wasmBaseUrl: string;
  /** The face's model brings the canonical face along and is always read; the others when a piece needs them. */
  readonly models: Readonly<Record<'face', ModelAsset> & Partial<Record<TrackedPart, ModelAsset>>>;
}

/** Which processor runs the graph. */
export type Delegate = 'CPU' | 'GPU';

/** What the page tells the worker. A frame's image is the worker's from then on. */
export type WorkerRequest =
  | { readonly kind: 'start'; readonly assets: TrackerAssets; readonly delegate: Delegate | 'probe' }
  /** Which parts the next frames are searched for; a part whose model is not there is left out. */
  | { readonly kind: 'needs'; readonly parts: readonly TrackedPart[] }
  /** How many people's faces may be followed: everybody beyond the first has agreed for themselves. */
  | { readonly kind: 'people'; readonly people: number }
  /** Where to look for a card: before the first face, in a hand's palm, or nowhere. */
  | { readonly kind: 'card'; readonly place: CardPlace | null }
  /** Whoever is at this point of the picture is served first. */
  | { readonly kind: 'choose'; readonly point: PicturePoint }
  | {
      readonly kind: 'frame';
      readonly frameId: number;
      readonly capturedAtMs: number;
      readonly image: ImageBitmap;
      /** The camera of this picture. */
      readonly intrinsics: CameraIntrinsics;
    }
  /** Everything learnt of the faces and hands so far is forgotten. */
  | { readonly kind: 'forget' };

/** What the worker tells the page. A result's image is the page's from then on. */
export type WorkerReply =
  | {
      readonly kind: 'heartbeat';
      /** How often the library tried to reach an address that is not the tracker's. */
      readonly requestsRefused: number;
      /** What the library's wasm holds. */
      readonly wasmBytes: number;
    }
  /** Graphs are being made, which holds the worker's thread for a while; `loaded` when that is over. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded' }
  /** A part cannot be followed: its model is not to be had. The others go on. */
  | { readonly kind: 'part-missing'; readonly part: TrackedPart; readonly message: string }
  | { readonly kind: 'ready'; readonly delegate: Delegate; readonly canonicalFace: CanonicalFace }
  | { readonly kind: 'failed'; readonly problem: TrackingProblem; readonly message: string }
  | (SolvedFrame & {
      readonly kind: 'result';
      readonly image: ImageBitmap;
      /** As they came with the picture. */
      readonly intrinsics: CameraIntrinsics;
      /** What the picture's pixels say of the camera; null on most pictures. */
      readonly signs: PictureSigns | null;
      readonly inferenceMs: number;
    })
  /** The hair on the frame whose result came just before. */
  | {
      readonly kind: 'hair';
      readonly frameId: number;
      readonly hair: HairShares & { readonly tookMs: number };
    }
  /** A graph failed, on this frame if there is one, and all were made anew; the frame's image is closed. */
  | { readonly kind: 'recreated'; readonly frameId: number | null; readonly message: string };
