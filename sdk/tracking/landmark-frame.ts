import type { Side } from '../anchors/hand-anchors.ts';
import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import type { HandOutline } from '../geometry/finger-outline.ts';
import type { WristOutline } from '../geometry/wrist-outline.ts';
import type { Quad } from '../geometry/homography.ts';
import type { LinearMean } from '../geometry/light-estimate.ts';
import type { ShadingSamples } from '../geometry/face-shading.ts';
import type { CardPlace } from './tracker.ts';

/** One face that the tracker follows. */
export interface TrackedFace {
  /** The same number for the same face from frame to frame; a count, never used again. */
  readonly trackId: number;
  readonly landmarks: FaceLandmarks;
}

/** One hand that the tracker follows. */
export interface TrackedHand {
  readonly trackId: number;
  /** The wearer's own side, as the network tells it on an unmirrored picture. */
  readonly side: Side;
  /** How sure the network is of the side, 0 to 1. */
  readonly sideScore: number;
  /** 21 × (x, y, z): x and y from 0 to 1 across and down the unmirrored picture, z on the scale of x, smaller is nearer. */
  readonly landmarks: Float32Array;
  /** 21 × (x, y, z) in millimetres of an average hand around its own middle; x right, y down, z away from the camera. */
  readonly worldMm: Float32Array;
  /** The fingers' edges on the picture, thumb first; absent where nobody looked for them. */
  readonly outline?: HandOutline;
  /** What the picture shows of the wrist; null where it does not stand out, absent where nobody looked for it. */
  readonly wristOutline?: WristOutline | null;
}

/** One body that the tracker follows. */
export interface TrackedBody {
  readonly trackId: number;
  /** 33 × (x, y, z, visibility): as a hand's, and from 0 to 1 whether the point is seen. */
  readonly landmarks: Float32Array;
  /** 33 × (x, y, z) in millimetres of an average body around the middle of its hips; axes as a hand's. */
  readonly worldMm: Float32Array;
}

/** A card that is held where it was asked for. */
export interface SeenCard {
  readonly place: CardPlace;
  /** The face or the hand that it is held against. */
  readonly trackId: number;
  /** In pixels, in the order of `cardCornersMm`. */
  readonly corners: Quad;
}

/** What the tracker saw on one camera frame. Lives in memory only; nothing of it goes into `protocol/`. */
export interface LandmarkFrame {
  readonly frameId: number;
  /** Monotonic capture time in milliseconds; grows from frame to frame. */
  readonly capturedAtMs: number;
  /** The person served first, then others who consented. */
  readonly faces: readonly TrackedFace[];
  readonly hands: readonly TrackedHand[];
  readonly body: TrackedBody | null;
  /** How the first face is lit; null on most frames, without a picture and without a face. */
  readonly shading: ShadingSamples | null;
  /** The mean light of a hand's back or palm; null on most frames, without a hand, and where a face tells more. */
  readonly handLight: LinearMean | null;
  /** Standard deviation of the camera's noise in display values 0 to 1; null on most frames. */
  readonly noise: number | null;
  /**
   * A card that is held against the first face's forehead, or in the palm of one of the hands; null where none is seen or none was
   * asked for.
   */
  readonly card: SeenCard | null;
}

/** The landmarks of a frame on which nothing was seen. */
export const nothingSeen = {
  faces: [],
  hands: [],
  body: null,
  shading: null,
  handLight: null,
  noise: null,
  card: null,
} as const satisfies Omit<LandmarkFrame, 'frameId' | 'capturedAtMs'>;
