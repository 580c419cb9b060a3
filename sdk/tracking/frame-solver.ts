import { solveBodyPose } from '../geometry/body-pose.ts';
import { isWholeBody } from '../geometry/body-landmarks.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import { faceModelOf } from '../geometry/face-pose.ts';
import type { NetworkSlips } from '../geometry/network-slips.ts';
import { lostAfterMs } from './absence.ts';
import { FaceSolver } from './face-solver.ts';
import { HandSolver } from './hand-solver.ts';
import type { LandmarkFrame, TrackedBody } from './landmark-frame.ts';
import type { SolvedBody, SolvedFrame } from './solved-frame.ts';
import { TrackMemory } from './track-memory.ts';

/**
 * Works out of a frame's landmarks where faces, hands and the body are: all of the arithmetic that takes long, so that it may run where
 * no display waits for it. The pose pipeline goes on from what it gives.
 */
export class FrameSolver {
  readonly #faces: TrackMemory<FaceSolver>;
  readonly #hands = new TrackMemory(() => new HandSolver());

  /** `slips`: how the landmarks err that will come. */
  constructor(canonicalFace: CanonicalFace, slips: NetworkSlips) {
    const model = faceModelOf(canonicalFace, slips);
    this.#faces = new TrackMemory(() => new FaceSolver(model));
  }

  /** One frame with its solutions; frames come in the order of their capture. */
  solve<Frame extends Pick<LandmarkFrame, 'capturedAtMs' | 'faces' | 'hands' | 'body'>>(
    frame: Frame,
    intrinsics: CameraIntrinsics,
  ): Omit<Frame, 'faces' | 'hands' | 'body'> & Pick<SolvedFrame, 'faces' | 'hands' | 'body'> {
    this.#faces.begin(frame.capturedAtMs, frame.faces);
    this.#hands.begin(frame.capturedAtMs, frame.hands);
    return {
      ...frame,
      faces: frame.faces.map((face) => ({
        ...face,
        solution: this.#faces.meet(face.trackId, (solver) => solver.solve(face.landmarks, intrinsics)),
      })),
      hands: frame.hands.map((hand) => ({
        ...hand,
        solution: this.#hands.meet(hand.trackId, (solver, awayMs) => {
          if (awayMs > lostAfterMs) solver.forgetPosture();
          return solver.solve(hand, intrinsics);
        }),
      })),
      body: solvedBody(frame.body, intrinsics),
    };
  }

  /** Fewer people may be followed: whoever is not in the next frame is forgotten at once. */
  forgetUnseen(): void {
    this.#faces.forgetUnseen();
  }

  /** Forgets everybody. */
  reset(): void {
    this.#faces.reset();
    this.#hands.reset();
  }
}

/** A body with where its points are. */
export function solvedBody(body: TrackedBody | null, intrinsics: CameraIntrinsics): SolvedBody | null {
  if (body === null) return null;
  const { landmarks, worldMm } = body;
  const solution = isWholeBody(landmarks, worldMm) ? solveBodyPose(landmarks, worldMm, intrinsics) : null;
  return { ...body, solution };
}
