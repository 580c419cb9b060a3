import type { Pose } from '../geometry/pose.ts';
import type { MetricScale } from './anchor-frame.ts';

/** A side of the wearer's own body; a mirror changes nothing of it. */
export type Side = 'left' | 'right';

/** The fingers, thumb first. */
export const fingerNames = ['thumb', 'index', 'middle', 'ring', 'little'] as const;
export type FingerName = (typeof fingerNames)[number];

/**
 * Where a ring sits on a finger. `cameraFromRing`: origin on the finger's axis at the ring's place, +y along the finger
 * towards its tip, +z out of the back of the finger (where a ring shows its stone), +x completing a right-handed frame.
 */
export interface FingerAnchor {
  readonly cameraFromRing: Pose;
  /** Half the finger's breadth at the ring's place, millimetres; for drawing only, far too uncertain to choose a ring's size by. */
  readonly radiusMm: number;
  /** 0 to 1. Below 0.5 a ring fades: the finger is bent away, hidden, or seen end on. */
  readonly confidence: number;
}

/**
 * Where a watch or a bracelet sits. `cameraFromWrist`: origin on the forearm's axis at the watch's place, +y towards the
 * hand, +z out of the back of the wrist (where a watch shows its dial), +x completing a right-handed frame.
 */
export interface WristAnchor {
  readonly cameraFromWrist: Pose;
  /** Across the wrist (along ±x), and through it (along ±z), millimetres. */
  readonly breadthMm: number;
  readonly depthMm: number;
  /** 0 to 1. Below 0.5 a watch fades: the forearm is hidden, or seen end on. */
  readonly confidence: number;
}

/** One hand in one frame. */
export interface HandAnchors {
  /** Stable while the hand stays in the picture; no biometric, just a count. */
  readonly identity: number;
  readonly side: Side;
  /** 0 to 1. Below 0.5 a product fades. */
  readonly confidence: number;
  readonly fingers: Readonly<Record<FingerName, FingerAnchor>>;
  readonly wrist: WristAnchor;
  /** 21 × (x, y, z) in millimetres in the camera's frame: the joints in the hand landmarker's order. For occluders. */
  readonly jointsMm: Float32Array;
  readonly scale: MetricScale;
}
