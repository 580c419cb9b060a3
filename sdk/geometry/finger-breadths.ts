import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { canonicalHand, fingerCount } from './canonical-hand.ts';
import type { HandOutline } from './finger-outline.ts';
import { backProject, projectPoint } from './intrinsics.ts';
import type { Pose, Vec3 } from './pose.ts';
import { addVectors, rotateVector } from './pose-algebra.ts';

/** Edges less clear than this are left alone. */
const leastTrust = 0.25;
/** Share of the way to the newest breadth that one frame with clear edges takes; a finger does not change. */
const breadthWeight = 0.1;
/** A finger's breadth is taken for no farther off a hand's build than this. */
const leastShare = 0.75;
const mostShare = 1.3;

/**
 * What the picture's edges say of one hand's fingers: in each frame, where the middle of the finger lies across its axis; over
 * all frames, how broad it is for a hand of its size.
 */
export class FingerBreadths {
  readonly #shares = new Float64Array(fingerCount).fill(1);
  readonly #seen = new Uint32Array(fingerCount);

  /** Breadth of a finger (0 is the thumb) over that of the canonical hand at this scale; 1 until its edges were seen. */
  shareOf(finger: number): number {
    return this.#shares[finger] ?? 1;
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
      const edges = outline[finger] ?? null;
      const depthMm = -ring.translationMm[2];
      if (edges === null || edges.trust < leastTrust || !(depthMm > 1)) return ring;
      const across = acrossOnPicture(ring, intrinsics);
      if (across === null) return ring;
      const radiusMm = (((edges.highPx - edges.lowPx) / 2) * depthMm) / intrinsics.fxPx;
      this.#note(finger, radiusMm / (((canonicalHand[finger]?.ringBreadthMm ?? 1) / 2) * scale));
      const offPx = (edges.highPx + edges.lowPx) / 2;
      const [uPx, vPx] = projectPoint(intrinsics, ring.translationMm);
      const moved = backProject(intrinsics, uPx + offPx * across[0], vPx + offPx * across[1], depthMm);
      return { rotation: ring.rotation, translationMm: moved };
    });
  }

  #note(finger: number, share: number): void {
    const seen = (this.#seen[finger] ?? 0) + 1;
    this.#seen[finger] = seen;
    const within = Math.min(mostShare, Math.max(leastShare, share));
    const before = this.#shares[finger] ?? 1;
    this.#shares[finger] = before + Math.max(breadthWeight, 1 / seen) * (within - before);
  }
}

/** The direction across the finger on the picture, as `OutlineProbe` has it: `(−along.v, along.u)`. */
function acrossOnPicture(
  { rotation, translationMm }: Pose,
  intrinsics: CameraIntrinsics,
): readonly [number, number] | null {
  const tip: Vec3 = addVectors(translationMm, rotateVector(rotation, [0, 5, 0]));
  if (!(tip[2] < -1)) return null;
  const [u0, v0] = projectPoint(intrinsics, translationMm);
  const [u1, v1] = projectPoint(intrinsics, tip);
  const length = Math.hypot(u1 - u0, v1 - v0);
  return length > 0 ? [-(v1 - v0) / length, (u1 - u0) / length] : null;
}
