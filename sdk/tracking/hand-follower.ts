import type { MetricScale } from '../anchors/anchor-frame.ts';
import { ringRadiusMm } from '../anchors/finger-anchors.ts';
import type { HandFrames } from '../anchors/hand-anchor-frames.ts';
import { handAnchorsOf, handFrames } from '../anchors/hand-anchor-frames.ts';
import type { HandAnchors } from '../anchors/hand-anchors.ts';
import { handPointsOf } from '../anchors/hand-points.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import { fingerCount } from '../geometry/canonical-hand.ts';
import { FingerBreadths } from '../geometry/finger-breadths.ts';
import { isWholeHand, leftHandSight } from '../geometry/hand-landmarks.ts';
import { solveHandPose } from '../geometry/hand-pose.ts';
import type { HandPosture } from '../geometry/hand-problem.ts';
import type { Vec3 } from '../geometry/pose.ts';
import type { Quad } from '../geometry/homography.ts';
import { SideJudge } from './handedness.ts';
import type { TrackedHand } from './landmark-frame.ts';
import { PalmMeasurer } from './palm-measurer.ts';
import { PoseFilter } from './pose-filter.ts';

/** Reprojection error over the palm's length at which confidence begins to fall, and at which it is gone. */
const soundError = 0.09;
const uselessError = 0.25;
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

/** Turns the landmarks of one hand into anchors, frame after frame: side → posture → metric scale → edges → filter → anchors. */
export class HandFollower {
  readonly identity: number;
  readonly #judge = new SideJudge();
  readonly #ringFilters = Array.from({ length: fingerCount }, () => new PoseFilter('finger'));
  readonly #wristFilter = new PoseFilter('wrist');
  readonly #breadths = new FingerBreadths();
  /** What a card in the palm tells of this hand. */
  readonly palm = new PalmMeasurer();
  #near: HandPosture | null = null;
  #side: HandAnchors['side'] | null = null;
  #scale: number | null = null;

  constructor(identity: number) {
    this.identity = identity;
  }

  /** The anchors of one frame; null when its landmarks describe no hand. Frames come in the order of their capture. */
  follow(
    seen: TrackedHand,
    timeMs: number,
    intrinsics: CameraIntrinsics,
    context: HandContext,
  ): HandAnchors | null {
    const { landmarks, worldMm } = seen;
    if (!isWholeHand(landmarks, worldMm)) return null;
    const side = this.#judge.judge(seen.side, seen.sideScore, worldMm);
    if (side !== this.#side) this.forgetMotion();
    this.#side = side;
    const sight = leftHandSight(landmarks, worldMm, side === 'left', intrinsics);
    const pose = solveHandPose(sight, intrinsics, this.#near);
    if (pose === null || pose.relativeError > uselessError) return null;
    this.#near = pose.posture;
    const scale = this.#settledScale(context.scale);
    const hand = handPointsOf(pose, side, scale.scale);
    const measured = handFrames(hand, context.forearms[side]);
    if (measured === null) return null;
    const { sought } = context;
    if (sought !== null)
      this.palm.look(sought.corners, hand, measured.rings, seen.outline ?? null, intrinsics);
    const centred = this.#breadths.centre(measured.rings, seen.outline ?? null, intrinsics, scale.scale);
    return handAnchorsOf({
      identity: this.identity,
      confidence: Math.min(1, (uselessError - pose.relativeError) / (uselessError - soundError)),
      hand,
      measured,
      shown: this.#filtered(timeMs, { rings: centred, wrist: measured.wrist }),
      radiiMm: Array.from(
        { length: fingerCount },
        (_, finger) => ringRadiusMm(finger, scale.scale) * this.#breadths.shareOf(finger),
      ),
      scale,
    });
  }

  /** After an absence: the next poses pass as they are, without gliding from where the hand was lost. */
  forgetMotion(): void {
    this.#near = null;
    for (const filter of this.#ringFilters) filter.reset();
    this.#wristFilter.reset();
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
