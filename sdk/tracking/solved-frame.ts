import type { Side } from '../anchors/hand-anchors.ts';
import type { BodyPose } from '../geometry/body-pose.ts';
import type { FacePose } from '../geometry/face-pose.ts';
import type { HandPose } from '../geometry/hand-pose.ts';
import type { LandmarkFrame, TrackedBody, TrackedFace, TrackedHand } from './landmark-frame.ts';

/** Where a face is on one picture, unfiltered, and its shape as far as the pictures up to this one tell it; canonical millimetres. */
export interface FaceSolution {
  readonly pose: Pick<FacePose, 'cameraFromFace' | 'relativeError' | 'viewAngleRad'>;
  /** 468 × (x, y, z) in the head frame. */
  readonly meshMm: Float32Array;
}

/** Which hand it is, by everything seen of it so far, and how it is held on one picture; canonical millimetres. */
export interface HandSolution {
  readonly side: Side;
  readonly pose: HandPose;
}

/** A face and where it is; null where its landmarks describe none. */
export interface SolvedFace extends TrackedFace {
  readonly solution: FaceSolution | null;
}

/** A hand and how it is held; null where its landmarks describe none. */
export interface SolvedHand extends TrackedHand {
  readonly solution: HandSolution | null;
}

/** A body and where its points are; null where its landmarks describe none. */
export interface SolvedBody extends TrackedBody {
  readonly solution: BodyPose | null;
}

/**
 * What was seen on one picture, with everything that takes long to find out worked out: it travels from the worker to the page.
 * Lives in memory only; nothing of it goes into `protocol/`.
 */
export interface SolvedFrame extends Omit<LandmarkFrame, 'faces' | 'hands' | 'body'> {
  readonly faces: readonly SolvedFace[];
  readonly hands: readonly SolvedHand[];
  readonly body: SolvedBody | null;
}
