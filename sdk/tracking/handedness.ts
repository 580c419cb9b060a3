import type { Side } from '../anchors/hand-anchors.ts';
import { leftness } from '../geometry/hand-landmarks.ts';

/**
 * The wearer's own side from the hand landmarker's label, on a picture that is not mirrored. Since tasks-vision 0.10.15 the
 * label is the true side on such a picture; earlier ones took every picture for a mirrored one
 * (google-ai-edge/mediapipe-samples issue 450; tried here with 1.1.0 on a photograph of a left hand and a film of a right
 * one). Null for any other label.
 */
export function sideOfLabel(categoryName: string): Side | null {
  if (categoryName === 'Left') return 'left';
  return categoryName === 'Right' ? 'right' : null;
}

/** How much one frame moves the running verdict: a slip of the network lasts a few frames. */
const frameWeight = 0.12;
/** How far the verdict must be on the other side before the hand changes it. */
const changeAt = 0.35;
/** A fist bends by about this much (`leftness`): the shape then counts fully. */
const fullyBent = 0.25;

/** Holds the side of one tracked hand: the network's label and the way its fingers bend, over many frames, with hysteresis. */
export class SideJudge {
  #verdict: number | null = null;
  #side: Side = 'left';

  /** The side after one more frame; the arguments as in `TrackedHand`. */
  judge(label: Side, score: number, worldMm: Float32Array): Side {
    const bySign = label === 'left' ? 1 : -1;
    const byLabel = bySign * Math.min(1, Math.max(0, 2 * score - 1));
    const byShape = Math.min(1, Math.max(-1, leftness(worldMm) / fullyBent));
    const frame = (byLabel + byShape) / 2;
    if (this.#verdict === null) {
      this.#verdict = frame;
      this.#side = frame === 0 ? label : frame > 0 ? 'left' : 'right';
      return this.#side;
    }
    this.#verdict += frameWeight * (frame - this.#verdict);
    if (this.#side === 'left' && this.#verdict < -changeAt) this.#side = 'right';
    else if (this.#side === 'right' && this.#verdict > changeAt) this.#side = 'left';
    return this.#side;
  }
}
