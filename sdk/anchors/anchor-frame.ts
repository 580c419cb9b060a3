import type { Pose } from '../geometry/pose.ts';
import type { BodyAnchors } from './body-anchors.ts';
import type { HairMask } from './hair-mask.ts';
import type { HandAnchors } from './hand-anchors.ts';

/**
 * The named places where products attach. Sides are the wearer's own. `head` is the canonical face frame scaled to
 * millimetres: +x towards the wearer's left, +y up, +z out of the face; its origin lies within the head, about where the lines between
 * the ears and through the middle of the face cross. Every face anchor shares its orientation.
 * `noseBridge` lies on the skin of the nose's bridge, where spectacles rest; `leftEar` and `rightEar` are where a temple
 * meets the top of the ear's root; the lobes are where an earring's post goes through.
 */
export type FaceAnchorName = 'head' | 'noseBridge' | 'leftEar' | 'rightEar' | 'leftEarlobe' | 'rightEarlobe';

/** A length with its 95 % half-interval, both in millimetres. */
export interface MeasureMm {
  readonly valueMm: number;
  readonly plusMinusMm: number;
}

/** How the size of a face, a hand or a body in millimetres is known. */
export interface MetricScale {
  /** Millimetres per millimetre of the canonical shape: 1.05 is a face (hand, body) 5 % larger than the canonical one. */
  readonly scale: number;
  /** 95 % half-interval of `scale`. */
  readonly plusMinus: number;
  /**
   * `card`: from a card of known size held against the forehead; `iris`: from what is known of heads and the
   * visible irises; `face`: a hand or a body, from the face of the same person, whose size is
   * known; `assumed`: the canonical size until enough was seen.
   */
  readonly source: 'card' | 'iris' | 'face' | 'assumed';
  /** How many frames passed the gates. */
  readonly samples: number;
}

/** One person's face in one frame. */
export interface FaceAnchors {
  /**
   * Stable while the person stays, and for two seconds away; no biometric, just a count. Counts of faces, hands and bodies are not
   * related.
   */
  readonly identity: number;
  /** 0 to 1. Below 0.5 a product fades. */
  readonly confidence: number;
  readonly cameraFromAnchor: Readonly<Record<FaceAnchorName, Pose>>;
  /**
   * The face's own shape in the head frame: 468 × (x, y, z) in millimetres, in the order of the canonical mesh; empty for
   * the mannequin of a still tracker, which has no mesh.
   */
  readonly headMeshMm: Float32Array;
  /**
   * The skin as it is on this very picture, in the head frame and the order of `headMeshMm`: `headMeshMm` keeps a face's shape and knows no
   * expression, this opens the mouth and closes the lids. Absent where no landmarks were found on a picture.
   */
  readonly skinMm?: Float32Array;
  readonly scale: MetricScale;
  /** Distance between the pupils, gaze far; null until it is known. */
  readonly pupillaryDistance: MeasureMm | null;
  /** Breadth of the face between the roots of the ears; null until the scale is known. */
  readonly faceWidth: MeasureMm | null;
}

/** Light on the wearer, measured from the picture. */
export interface LightEstimate {
  /** Colour of the light relative to neutral white, linear RGB, green = 1. */
  readonly tint: readonly [r: number, g: number, b: number];
  /** Linear luminance of the skin relative to a well-exposed face; 1 is well exposed. */
  readonly exposure: number;
  /**
   * Light from all directions as radiance in spherical harmonics up to band 2, camera frame, linear: 9 × (r, g, b) in the
   * order of three.js's `SphericalHarmonics3` (which a `LightProbe` takes), 1 from everywhere being neutral light in which a
   * face is well exposed. Null until the shading of a face was seen.
   */
  readonly harmonics: Float32Array | null;
  /** Standard deviation of the camera's noise in display values 0 to 1; null until it was measured. */
  readonly noise: number | null;
  /** What the light was measured on. A hand alone tells colour and exposure, and no `harmonics`. */
  readonly source: 'face' | 'hand' | 'none';
}

/**
 * What one camera frame tells about where products attach. Every pose is camera-from-anchor: millimetres, the camera at the origin
 * looking down −z, +y up. Nothing in it can be serialised into `protocol/`.
 */
export interface AnchorFrame {
  readonly frameId: number;
  /** Monotonic capture time in milliseconds. */
  readonly capturedAtMs: number;
  /** The person the mirror serves first, then others who consented. */
  readonly faces: readonly FaceAnchors[];
  /** At most one left and one right hand: those that were found, which with one person in the picture are theirs. */
  readonly hands: readonly HandAnchors[];
  readonly body: BodyAnchors | null;
  readonly light: LightEstimate;
  /** The first face's hair as it was seen last; one object until it is seen again. Null until it is; absent where nobody looks. */
  readonly hair?: HairMask | null;
}
