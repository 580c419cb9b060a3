import type { MetricScale } from '../anchors/anchor-frame.ts';
import { ringRadiusMm } from '../anchors/finger-anchors.ts';
import type { HandFrames } from '../anchors/hand-anchor-frames.ts';
import { handAnchorsOf, handFrames } from '../anchors/hand-anchor-frames.ts';
import type { HandAnchors } from '../anchors/hand-anchors.ts';
import { handConfidence } from '../anchors/hand-confidence.ts';
import { handPointsOf, jointAt } from '../anchors/hand-points.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import { fingerCount, handLandmark } from '../geometry/canonical-hand.ts';
import { FingerBreadths } from '../geometry/finger-breadths.ts';
import { WristFit } from '../geometry/wrist-fit.ts';
import type { Vec3 } from '../geometry/pose.ts';
import type { Quad } from '../geometry/homography.ts';
import { PalmMeasurer } from './palm-measurer.ts';
import { PoseFilter } from './pose-filter.ts';
import type { SolvedHand } from './solved-frame.ts';

/** Share of the way to the newest scale that one frame takes, so that a piece never jumps in size. */
const scaleWeight = 0.15;

/** What else is known when a hand is looked at. */
export interface HandContext {
  /** The hand's size: assumed, from the face of the same person, or exact. */
  readonly scale: MetricScale;
  /** Unit vectors from elbow to wrist, camera frame, where a body is tracked. */
  readonly forearms: Readonly<Record<HandAnchors['side'], Vec3 | null>>;
  /** What was seen of a card in this hand's palm; null while none is sought. */
  readonly sought: { readonly corners: Quad | null } | null;
}

/** Turns one hand, as it was solved, into anchors, frame after frame: posture → metric scale → edges → filter → anchors. */
export class HandFollower {
  readonly identity: number;
  readonly #ringFilters = Array.from({ length: fingerCount }, () => new PoseFilter('finger'));
  readonly #wristFilter = new PoseFilter('wrist');
  readonly #breadths = new FingerBreadths();
  readonly #wristFit = new WristFit();
  /** What a card in the palm tells of this hand. */
  readonly palm = new PalmMeasurer();
  #side: HandAnchors['side'] | null = null;
  #scale: number | null = null;

  constructor(identity: number) {
    this.identity = identity;
  }

  /** The anchors of one frame; null when there is no hand on it. Frames come in the order of their capture. */
  follow(
    { solution, outline: edges, wristOutline }: Pick<SolvedHand, 'solution' | 'outline' | 'wristOutline'>,
    timeMs: number,
    intrinsics: CameraIntrinsics,
    context: HandContext,
  ): HandAnchors | null {
    if (solution === null) return null;
    const outline = edges ?? null;
    const { side, pose } = solution;
    if (side !== this.#side) this.forgetMotion();
    this.#side = side;
    const scale = this.#settledScale(context.scale);
    const hand = handPointsOf(pose, side, scale.scale);
    const measured = handFrames(hand, context.forearms[side]);
    if (measured === null) return null;
    const { sought } = context;
    if (sought !== null) this.palm.look(sought.corners, hand, measured.rings, outline, intrinsics);
    const centred = this.#breadths.centre(measured.rings, outline, intrinsics, scale.scale);
    const wrist = this.#wristFit.lay(measured.wrist, {
      jointMm: jointAt(hand.jointsMm, handLandmark.wrist),
      outline: wristOutline ?? null,
      intrinsics,
      scale: scale.scale,
      timeMs,
    });
    return handAnchorsOf({
      identity: this.identity,
      confidence: handConfidence(pose),
      hand,
      measured,
      shown: this.#filtered(timeMs, { rings: centred, wrist }),
      radiiMm: Array.from(
        { length: fingerCount },
        (_, finger) => ringRadiusMm(finger, scale.scale) * this.#breadths.shareOf(finger),
      ),
      wristShare: this.#wristFit.share,
      scale,
    });
  }

  /** After an absence: the next poses pass as they are, without gliding from where the hand was lost. */
  forgetMotion(): void {
    for (const filter of this.#ringFilters) filter.reset();
    this.#wristFilter.reset();
    this.#wristFit.forgetPlace();
  }

  #filtered(timeMs: number, frames: HandFrames): HandFrames {
    return {
      rings: frames.rings.map((ring, finger) => this.#ringFilters[finger]?.filter(timeMs, ring) ?? ring),
      wrist: this.#wristFilter.filter(timeMs, frames.wrist),
    };
  }

  #settledScale(newest: MetricScale): MetricScale {
    this.#scale =
      this.#scale === null ? newest.scale : this.#scale + scaleWeight * (newest.scale - this.#scale);
    return { ...newest, scale: this.#scale };
  }
}
