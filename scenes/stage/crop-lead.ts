import type { AnchorFrame, FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import { handOf } from '../categories/ring.ts';
import type { CoverCrop } from './projection.ts';

/** Which part of the client a look is looked at on; an arm is a wrist and what lies beside a watch on it, and what is carried hangs from a hand. */
export type LedPart = 'face' | 'mouth' | 'neck' | 'fingers' | 'wrist' | 'arm' | 'carried';

/** What lies beyond the joints: a finger's own breadth, and a little air. */
const marginMm = 16;
/** About a wrist, as a watch reaches; below it there is air, where controls begin to fade the picture. */
const wristMm = 46;
const belowWristMm = 68;
/** So much farther down a bracelet reaches that lies beside a watch. */
const besideWatchMm = 34;
/** So far a bag hangs below the hand that carries it. */
const carriedMm = 300;
/** From the bridge of the nose up over the head, and down to what lies on the chest. */
const aboveBridgeMm = 130;
const belowBridgeMm = 260;
/** From the bridge of the nose over the brows, and down over the chin. */
const aboveBrowsMm = 60;
const belowChinMm = 105;
/** How fast the crop goes to where it is wanted, and how long a hand that was lost keeps it there. */
const easeMs = 380;
const patienceMs = 1_500;
/** More than this between two frames is a pause, not a motion. */
const longestStepMs = 200;
/** Of what controls cover, the lowest part is covered wholly: there the crop may reach beyond the picture's lower edge. */
const opaqueShare = 0.7;

/**
 * A tall mirror shows the middle of a wide picture and has its controls over the lower part, and a hand that is held up beside the face
 * may lie outside of what is left, a pendant behind them. This leads the crop to what is looked at: by as little as shows it whole, never where
 * there is no picture to be seen, and slowly, as one steps aside before a mirror. To a chest, and to the mouth for a
 * colour, it leads upwards and downwards only; a face is where the client stands, and stays there.
 */
export class CropLead {
  /** On which part of the client something is looked at. */
  part: LedPart = 'face';
  /** What is to be seen, as a box on the picture. */
  readonly #box = { leftPx: 0, rightPx: 0, topPx: 0, bottomPx: 0 };
  readonly #shift = { xPx: 0, yPx: 0 };
  readonly #wanted = { xPx: 0, yPx: 0 };
  #seenAtMs = -Infinity;
  #beforeMs: number | null = null;

  /**
   * Moves `crop`, which lies in the middle of the picture that these anchors are of; `coveredShare` of the view's height is covered from
   * below. Allocates nothing.
   */
  lead(
    crop: CoverCrop,
    intrinsics: CameraIntrinsics,
    { faces, hands }: Pick<AnchorFrame, 'faces' | 'hands'>,
    coveredShare: number,
    atMs: number,
  ): void {
    const face = faces[0];
    const freePx = crop.heightPx * (1 - coveredShare);
    if (this.#measureHand(intrinsics, hands) || this.#measureFace(intrinsics, crop, face, freePx)) {
      const { leftPx, rightPx, topPx, bottomPx } = this.#box;
      this.#wanted.xPx = leastShift(leftPx, rightPx, crop.xPx, crop.widthPx);
      // Without controls the view is the picture's own.
      this.#wanted.yPx = coveredShare === 0 ? 0 : leastShift(topPx, bottomPx, crop.yPx, freePx);
      this.#seenAtMs = atMs;
    } else if (atMs - this.#seenAtMs > patienceMs) {
      this.#wanted.xPx = 0;
      this.#wanted.yPx = 0;
    }
    const stepMs = this.#beforeMs === null ? 0 : Math.min(longestStepMs, Math.max(0, atMs - this.#beforeMs));
    this.#beforeMs = atMs;
    const share = 1 - Math.exp(-stepMs / easeMs);
    this.#shift.xPx += share * (this.#wanted.xPx - this.#shift.xPx);
    this.#shift.yPx += share * (this.#wanted.yPx - this.#shift.yPx);
    const belowPx =
      intrinsics.heightPx - crop.yPx - crop.heightPx + crop.heightPx * coveredShare * opaqueShare;
    const besidePx = (intrinsics.widthPx - crop.widthPx) / 2;
    this.#shift.xPx = Math.min(besidePx, Math.max(-besidePx, this.#shift.xPx));
    this.#shift.yPx = Math.min(belowPx, Math.max(-crop.yPx, this.#shift.yPx));
    crop.xPx += this.#shift.xPx;
    crop.yPx += this.#shift.yPx;
  }

  /** Another picture: the crop stands in the middle at once. */
  reset(): void {
    this.#shift.xPx = this.#shift.yPx = 0;
    this.#wanted.xPx = this.#wanted.yPx = 0;
    this.#seenAtMs = -Infinity;
    this.#beforeMs = null;
  }

  /** Where on the picture the hand lies that wears things; false where there is none, or none is looked at. */
  #measureHand(intrinsics: CameraIntrinsics, hands: readonly HandAnchors[]): boolean {
    const hand = handOf(hands);
    if (hand === null || this.part === 'face' || this.part === 'mouth' || this.part === 'neck') return false;
    if (this.part === 'wrist' || this.part === 'arm') return this.#measureWrist(intrinsics, hand);
    const { fxPx, fyPx, cxPx, cyPx } = intrinsics;
    const belowMm = marginMm + (this.part === 'carried' ? carriedMm : 0);
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    const { jointsMm } = hand;
    for (let at = 0; at + 2 < jointsMm.length; at += 3) {
      const depth = -(jointsMm[at + 2] ?? 0);
      if (depth <= 0) continue;
      const [x, y] = [jointsMm[at] ?? 0, jointsMm[at + 1] ?? 0];
      left = Math.min(left, cxPx + (fxPx * (x - marginMm)) / depth);
      right = Math.max(right, cxPx + (fxPx * (x + marginMm)) / depth);
      top = Math.min(top, cyPx - (fyPx * (y + marginMm)) / depth);
      bottom = Math.max(bottom, cyPx - (fyPx * (y - belowMm)) / depth);
    }
    this.#box.leftPx = left;
    this.#box.rightPx = right;
    this.#box.topPx = top;
    this.#box.bottomPx = bottom;
    return right > left;
  }

  /** Where on the picture the wrist lies; a hand above it needs no room of its own. */
  #measureWrist({ fxPx, fyPx, cxPx, cyPx }: CameraIntrinsics, { wrist }: HandAnchors): boolean {
    const [x, y, z] = wrist.cameraFromWrist.translationMm;
    if (z >= 0) return false;
    this.#box.leftPx = cxPx - (fxPx * (x - wristMm)) / z;
    this.#box.rightPx = cxPx - (fxPx * (x + wristMm)) / z;
    this.#box.topPx = cyPx + (fyPx * (y + wristMm)) / z;
    const belowMm = belowWristMm + (this.part === 'arm' ? besideWatchMm : 0);
    this.#box.bottomPx = cyPx + (fyPx * (y - belowMm)) / z;
    return true;
  }

  /**
   * Where on the picture the face lies down to the chin, or with what lies on the chest below it; as broad as the crop, which is not led aside
   * for it. Of who stands so close that not all of it has room, what lies on the chest is shown. False where neither is looked at.
   */
  #measureFace(
    { fyPx, cyPx }: CameraIntrinsics,
    crop: CoverCrop,
    face: FaceAnchors | undefined,
    freePx: number,
  ): boolean {
    if (face === undefined || (this.part !== 'mouth' && this.part !== 'neck')) return false;
    const isMouth = this.part === 'mouth';
    const aboveMm = isMouth ? aboveBrowsMm : aboveBridgeMm;
    const belowMm = isMouth ? belowChinMm : belowBridgeMm;
    const [, y, z] = face.cameraFromAnchor.noseBridge.translationMm;
    if (z >= 0) return false;
    this.#box.leftPx = crop.xPx;
    this.#box.rightPx = crop.xPx + crop.widthPx;
    const bottomPx = cyPx + (fyPx * (y - belowMm)) / z;
    const topPx = cyPx + (fyPx * (y + aboveMm)) / z;
    this.#box.topPx = this.part === 'neck' ? Math.max(topPx, bottomPx - freePx) : topPx;
    this.#box.bottomPx = bottomPx;
    return true;
  }
}

/** The least shift of a window after which it holds what lies from `least` to `most`; what is longer than it is shown by its middle. */
function leastShift(least: number, most: number, from: number, length: number): number {
  const [low, high] = [most - from - length, least - from];
  return low > high ? (low + high) / 2 : Math.min(high, Math.max(low, 0));
}
