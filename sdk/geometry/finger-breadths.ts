import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { canonicalHand, fingerCount } from './canonical-hand.ts';
import type { HandOutline } from './finger-outline.ts';
import { backProject, projectPoint } from './intrinsics.ts';
import { directionOnPicture } from './picture-direction.ts';
import type { Pose } from './pose.ts';
import { rotateVector } from './pose-algebra.ts';
import { leastEdgeTrust, SettledShare } from './settled-share.ts';

/**
 * How far a finger may be off a hand's build: finger breadths of hands of one length spread by 6 to 7 % (ANSUR II), and what is farther off
 * than two and a half of that was the edge of a finger beside it.
 */
const leastShare = 0.84;
const mostShare = 1.18;

/**
 * What the picture's edges say of one hand's fingers: in each frame, where the middle of the finger lies across its axis; over
 * all frames, how broad it is for a hand of its size.
 */
export class FingerBreadths {
  readonly #shares = Array.from({ length: fingerCount }, () => new SettledShare(leastShare, mostShare));

  /** Breadth of a finger (0 is the thumb) over that of the canonical hand at this scale; 1 until its edges were seen. */
  shareOf(finger: number): number {
    return this.#shares[finger]?.value ?? 1;
  }

  /** The ring frames (thumb first, camera frame) moved across into the middle between the edges, where these are clear. */
  centre(
    rings: readonly Pose[],
    outline: HandOutline | null,
    intrinsics: CameraIntrinsics,
    scale: number,
  ): readonly Pose[] {
    if (outline === null) return rings;
    return rings.map((ring, finger) => {
      const { rotation, translationMm } = ring;
      const edges = outline[finger] ?? null;
      if (edges === null || edges.trust < leastEdgeTrust) return ring;
      const along = directionOnPicture(intrinsics, translationMm, rotateVector(rotation, [0, 1, 0]));
      if (along === null) return ring;
      const depthMm = -translationMm[2];
      const radiusMm = (((edges.highPx - edges.lowPx) / 2) * depthMm) / intrinsics.fxPx;
      this.#shares[finger]?.note(radiusMm / (((canonicalHand[finger]?.ringBreadthMm ?? 1) / 2) * scale));
      const offPx = (edges.highPx + edges.lowPx) / 2;
      const [uPx, vPx] = projectPoint(intrinsics, translationMm);
      // Across is `(−along.v, along.u)`, as `OutlineProbe` has it.
      const moved = backProject(intrinsics, uPx - offPx * along.v, vPx + offPx * along.u, depthMm);
      return { rotation, translationMm: moved };
    });
  }
}
