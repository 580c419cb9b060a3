import { handConfidence } from '../anchors/hand-confidence.ts';
import type { Side } from '../anchors/hand-anchors.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import { isWholeHand, leftHandSight } from '../geometry/hand-landmarks.ts';
import { solveHandPose } from '../geometry/hand-pose.ts';
import type { HandPosture } from '../geometry/hand-problem.ts';
import { SideJudge } from './handedness.ts';
import type { TrackedHand } from './landmark-frame.ts';
import type { HandSolution } from './solved-frame.ts';

/** Works out which hand one is and how it is held, picture after picture: the last posture is where the next search starts. */
export class HandSolver {
  readonly #judge = new SideJudge();
  #side: Side | null = null;
  #near: HandPosture | null = null;

  /** Null when the landmarks describe no hand. */
  solve(
    { side: label, sideScore, landmarks, worldMm }: TrackedHand,
    intrinsics: CameraIntrinsics,
  ): HandSolution | null {
    if (!isWholeHand(landmarks, worldMm)) return null;
    const side = this.#judge.judge(label, sideScore, worldMm);
    if (side !== this.#side) this.forgetPosture();
    this.#side = side;
    const sight = leftHandSight(landmarks, worldMm, side === 'left', intrinsics);
    const pose = solveHandPose(sight, intrinsics, this.#near);
    if (pose === null || handConfidence(pose) <= 0) return null;
    this.#near = pose.posture;
    return { side, pose };
  }

  /** After an absence the hand is held otherwise. */
  forgetPosture(): void {
    this.#near = null;
  }
}
