import type { CameraIntrinsics } from './camera-intrinsics.ts';
import type { FaceLandmarks } from './face-landmarks.ts';
import type { NetworkSlips } from './network-slips.ts';
import type { Pose } from './pose.ts';
import type { ShapeModes } from './shape-modes.ts';

/** What earlier frames told about a face's shape: a quadratic in the weights of the shape modes. */
export interface ShapeKnowledge {
  /** Modes × modes. */
  readonly information: Float64Array;
  /** Information times the weights it speaks for. */
  readonly vector: Float64Array;
}

/** Landmarks to fit and what is known beforehand. */
export interface FaceFitProblem {
  /** 468 × (x, y, z), canonical millimetres. */
  readonly verticesMm: ArrayLike<number>;
  readonly shapeModes: ShapeModes;
  readonly slips: NetworkSlips;
  readonly landmarks: FaceLandmarks;
  readonly intrinsics: CameraIntrinsics;
  readonly initialCameraFromFace: Pose;
  readonly known: ShapeKnowledge | null;
}

/** Turn (3), shift across (2), nearness in percent, origin of the landmarks' depth. */
export const poseParameters = 7;
