import type { Pose } from '../geometry/pose.ts';
import type { MeasureMm, MetricScale } from './anchor-frame.ts';

/**
 * The named places on a body. `torso` follows the shoulders, never the head: origin between the shoulder joints, +x towards
 * the wearer's left shoulder, +y up, +z out of the chest. `neckBase` shares its orientation and lies in the pit of the
 * neck, where a pendant's chain leaves the neck. `leftShoulder` and `rightShoulder` lie on top of the shoulder, where a
 * bag's strap rests. A forearm's frame lies in its middle: +y towards the hand, +z out of the body's side of it that faces
 * up when the forearm is held level.
 */
export type BodyAnchorName =
  'torso' | 'neckBase' | 'leftShoulder' | 'rightShoulder' | 'leftForearm' | 'rightForearm';

/** One person's body in one frame. */
export interface BodyAnchors {
  /** Stable while the body stays in the picture; no biometric, just a count. */
  readonly identity: number;
  /** 0 to 1 for each place: below 0.5 a product at it fades. */
  readonly confidence: Readonly<Record<BodyAnchorName, number>>;
  readonly cameraFromAnchor: Readonly<Record<BodyAnchorName, Pose>>;
  readonly scale: MetricScale;
  /** Between the shoulder joints; null until the scale is known. */
  readonly shoulderWidth: MeasureMm | null;
  /** Crown to sole; null unless enough of the body was seen. */
  readonly height: MeasureMm | null;
}
