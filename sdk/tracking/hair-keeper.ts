import type { FaceAnchors } from '../anchors/anchor-frame.ts';
import type { HairMask, HairShares } from '../anchors/hair-mask.ts';
import { hairOnHead } from '../anchors/hair-mask.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';

/** Keeps the newest hair of the person served first, for as long as they are. */
export class HairKeeper {
  #newest: {
    readonly frameId: number;
    readonly face: FaceAnchors;
    readonly intrinsics: CameraIntrinsics;
  } | null = null;
  #hair: HairMask | null = null;
  /** Whether anybody looks at hair at all. */
  isLooking = false;

  /** The hair of the first face of this frame, as it was seen last; null until it is, undefined where nobody looks. */
  follow(
    frameId: number,
    face: FaceAnchors | null,
    intrinsics: CameraIntrinsics,
  ): HairMask | null | undefined {
    this.#newest = face && { frameId, face, intrinsics };
    if (face !== null && face.identity !== this.#hair?.identity) this.#hair = null;
    if (!this.isLooking) this.#hair = null;
    return this.isLooking ? face && this.#hair : undefined;
  }

  /** Hair was found on a frame, which is the newest one: it is told right after the frame itself. */
  take(frameId: number, hair: HairShares): void {
    if (this.#newest?.frameId !== frameId) return;
    this.#hair = hairOnHead(hair, this.#newest.face, this.#newest.intrinsics);
  }

  reset(): void {
    this.#newest = null;
    this.#hair = null;
  }
}
