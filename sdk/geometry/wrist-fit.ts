import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { wristBreadthSeen } from './canonical-hand.ts';
import { backProject } from './intrinsics.ts';
import { directionOnPicture } from './picture-direction.ts';
import type { Pose, Vec3 } from './pose.ts';
import {
  addVectors,
  crossVectors,
  dotVectors,
  lengthOf,
  mixVectors,
  multiplyQuaternions,
  quaternionFromRotationVector,
  rotateVector,
  scaleVector,
  shortestTurnRad,
  subtractVectors,
} from './pose-algebra.ts';
import { leastEdgeTrust, SettledShare } from './settled-share.ts';
import type { WristOutline } from './wrist-outline.ts';

/** How far a wrist may be off a hand's build. */
const leastShare = 0.75;
const mostShare = 1.35;
/** Time constant with which place and direction go to what is seen, in capture time: one odd frame moves them by a third at most. */
const settlingMs = 80;
/** So long they stay as they were seen last, and so long they take to become the hand's own again. */
const heldMs = 500;
const fadingMs = 800;
/** No hand bends sideways in its wrist farther than this, and what was seen then was no arm. */
const mostTurnRad = 0.85;
/** Sine of the angle to the line of sight below which an arm is seen end on: a watch has faded there. */
const leastSquare = 0.2;

/** What one frame tells of a wrist beside the hand's own pose. */
export interface SeenWrist {
  /** The wrist's joint, camera frame. */
  readonly jointMm: Vec3;
  /** Null where nothing was seen of the arm. */
  readonly outline: WristOutline | null;
  readonly intrinsics: CameraIntrinsics;
  /** True millimetres per millimetre of the canonical hand. */
  readonly scale: number;
  /** Capture time. */
  readonly timeMs: number;
}

/** What the picture's edges say of one hand's wrist: how broad it is for a hand of its size, where its middle lies, and which way the arm goes on. */
export class WristFit {
  readonly #share = new SettledShare(leastShare, mostShare);
  /** From the wrist's joint to the arm's middle at the watch's place: it stays as the hand bends. Null until it was seen. */
  #offMm: Vec3 | null = null;
  /** The arm's direction on the picture, radians from u to v; null until it was seen. */
  #angleRad: number | null = null;
  #placeAtMs = 0;
  #angleAtMs = 0;

  /** Breadth and depth of the wrist over those of the canonical hand at this scale; 1 until its edges were seen. */
  get share(): number {
    return this.#share.value;
  }

  /** The hand has gone: the next picture is taken whole. */
  forgetPlace(): void {
    this.#offMm = this.#angleRad = null;
  }

  /**
   * The watch's frame (camera frame) set into the arm's middle and turned along it, about the line of sight; the hand's own where nothing
   * clear was seen for a while, and where the arm points at the camera.
   */
  lay(frame: Pose, seen: SeenWrist): Pose {
    const { jointMm, outline, intrinsics, timeMs } = seen;
    const along = directionOnPicture(intrinsics, frame.translationMm, alongOf(frame));
    if (along === null || squareTo(frame) < leastSquare) return frame;
    const isClear = outline !== null && outline.trust >= leastEdgeTrust;
    if (isClear) {
      const placeMm = backProject(intrinsics, outline.uPx, outline.vPx, -frame.translationMm[2]);
      this.#notePlace(subtractVectors(placeMm, jointMm), timeMs);
      if (outline.along !== null) this.#noteAngle(Math.atan2(outline.along[1], outline.along[0]), timeMs);
    }
    const laid = this.#turned(this.#moved(frame, jointMm, timeMs), Math.atan2(along.v, along.u), timeMs);
    if (isClear) this.#noteBreadth(laid, outline.halfPx, seen);
    return laid;
  }

  #moved(frame: Pose, jointMm: Vec3, timeMs: number): Pose {
    if (this.#offMm === null) return frame;
    const share = shareAfter(timeMs - this.#placeAtMs);
    const placeMm = addVectors(jointMm, this.#offMm);
    return { ...frame, translationMm: mixVectors(frame.translationMm, placeMm, share) };
  }

  #turned(frame: Pose, angleRad: number, timeMs: number): Pose {
    if (this.#angleRad === null) return frame;
    const turned = shortestTurnRad(this.#angleRad - angleRad);
    if (Math.abs(turned) > mostTurnRad) return frame;
    // On the picture v points down: a turn to the left in space is one to the right there.
    const turnRad = -turned * shareAfter(timeMs - this.#angleAtMs);
    const towardsCamera = scaleVector(frame.translationMm, -1 / lengthOf(frame.translationMm));
    const turn = quaternionFromRotationVector(scaleVector(towardsCamera, turnRad));
    return { ...frame, rotation: multiplyQuaternions(turn, frame.rotation) };
  }

  #notePlace(offMm: Vec3, timeMs: number): void {
    const weight = weightAfter(timeMs - this.#placeAtMs);
    this.#offMm = this.#offMm === null ? offMm : mixVectors(this.#offMm, offMm, weight);
    this.#placeAtMs = timeMs;
  }

  #noteAngle(angleRad: number, timeMs: number): void {
    const before = this.#angleRad;
    const weight = weightAfter(timeMs - this.#angleAtMs);
    this.#angleRad = before === null ? angleRad : before + weight * shortestTurnRad(angleRad - before);
    this.#angleAtMs = timeMs;
  }

  /** Square to the arm and to the line of sight, a wrist is as broad as the picture shows it. */
  #noteBreadth(laid: Pose, halfPx: number, { intrinsics, scale }: SeenWrist): void {
    const across = crossVectors(alongOf(laid), laid.translationMm);
    const side = scaleVector(across, 1 / lengthOf(across));
    const shown = directionOnPicture(intrinsics, laid.translationMm, side);
    if (shown === null) return;
    const shareOf = (axis: Vec3): number => dotVectors(side, rotateVector(laid.rotation, axis));
    const halfMm = (scale * wristBreadthSeen(shareOf([1, 0, 0]), shareOf([0, 0, 1]))) / 2;
    this.#share.note(halfPx / shown.pxPerMm / halfMm);
  }
}

function alongOf({ rotation }: Pose): Vec3 {
  return rotateVector(rotation, [0, 1, 0]);
}

/** Sine of the angle between the arm and the line of sight. */
function squareTo(frame: Pose): number {
  return lengthOf(crossVectors(alongOf(frame), frame.translationMm)) / lengthOf(frame.translationMm);
}

function weightAfter(elapsedMs: number): number {
  return 1 - Math.exp(-Math.max(0, elapsedMs) / settlingMs);
}

/** How much of what was seen so long ago still counts. */
function shareAfter(elapsedMs: number): number {
  return Math.min(1, Math.max(0, 1 - (elapsedMs - heldMs) / fadingMs));
}
