import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { wristBreadthMm, wristDepthMm } from './canonical-hand.ts';
import { projectPoint } from './intrinsics.ts';
import type { Pose, Vec3 } from './pose.ts';
import {
  addVectors,
  crossVectors,
  dotVectors,
  lengthOf,
  multiplyQuaternions,
  quaternionFromRotationVector,
  rotateVector,
  scaleVector,
} from './pose-algebra.ts';
import type { WristOutline } from './wrist-outline.ts';

/** Edges less clear than this are left alone. */
const leastTrust = 0.25;
/** Share of the way to the newest breadth that one frame with clear edges takes: a wrist does not change. */
const breadthWeight = 0.1;
/** Share of the way to the newest place across the arm, and to its newest bend: an edge lost for a frame moves nothing. */
const placeWeight = 0.35;
/** A wrist is taken for no farther off a hand's build than this. */
const leastShare = 0.75;
const mostShare = 1.35;
/** A hand bends sideways no farther than this. */
const mostTurnRad = 0.7;

/** What the picture's edges say of one hand's wrist: how broad it is for a hand of its size, where its middle lies, and how the arm goes on. */
export class WristFit {
  #seen = 0;
  #share = 1;
  /** Across the arm on the picture, and about the line of sight: from where the hand puts the wrist. */
  #offMm = 0;
  #turnRad = 0;
  #turns = 0;

  /** Breadth and depth of the wrist over those of the canonical hand at this scale; 1 until its edges were seen. */
  get share(): number {
    return this.#share;
  }

  /** The hand has gone: the next one may lie otherwise in its wrist. */
  forgetPlace(): void {
    this.#offMm = this.#turnRad = this.#turns = 0;
  }

  /** The watch's frame (camera frame) set into the arm's middle and turned along it; as it is where no edges were ever clear. */
  lay(frame: Pose, outline: WristOutline | null, intrinsics: CameraIntrinsics, scale: number): Pose {
    const { rotation, translationMm } = frame;
    const depthMm = -translationMm[2];
    if (!(depthMm > 1)) return frame;
    const along = rotateVector(rotation, [0, 1, 0]);
    // Square to the arm and to the line of sight: across the arm as the picture shows it.
    const across = crossVectors(along, translationMm);
    const square = lengthOf(across);
    if (!(square > 0.2 * lengthOf(translationMm))) return frame;
    const side = scaleVector(across, 1 / square);
    const shown: Shown = {
      halfMm: (scale * this.#breadthSeen(rotation, side)) / 2,
      depthMm,
      at: projectPoint(intrinsics, translationMm),
      side: directionOn(intrinsics, translationMm, side),
      along: directionOn(intrinsics, translationMm, along),
    };
    if (outline !== null && outline.trust >= leastTrust) this.#note(outline, shown, intrinsics);
    const sight = scaleVector(translationMm, -1 / lengthOf(translationMm));
    const turn = quaternionFromRotationVector(scaleVector(sight, this.#turnRad));
    return {
      rotation: multiplyQuaternions(turn, rotation),
      translationMm: addVectors(translationMm, scaleVector(side, this.#offMm)),
    };
  }

  /** How broad the canonical wrist, an ellipse, looks from this side. */
  #breadthSeen(rotation: Pose['rotation'], side: Vec3): number {
    return Math.hypot(
      wristBreadthMm * dotVectors(side, rotateVector(rotation, [1, 0, 0])),
      wristDepthMm * dotVectors(side, rotateVector(rotation, [0, 0, 1])),
    );
  }

  #note({ uPx, vPx, halfPx, along }: WristOutline, shown: Shown, { fxPx }: CameraIntrinsics): void {
    const seenMm = (halfPx * shown.depthMm) / fxPx;
    const share = Math.min(mostShare, Math.max(leastShare, seenMm / shown.halfMm));
    this.#seen += 1;
    this.#share += Math.max(breadthWeight, 1 / this.#seen) * (share - this.#share);
    const [u, v] = shown.at;
    const offPx = (uPx - u) * shown.side[0] + (vPx - v) * shown.side[1];
    const weight = this.#turns === 0 ? 1 : placeWeight;
    this.#offMm += weight * ((offPx * shown.depthMm) / fxPx - this.#offMm);
    this.#turns += 1;
    if (along === null) return;
    // On the picture y points down, so that a turn to the left in space is one to the right there.
    const [au, av] = shown.along;
    const turned = -Math.atan2(au * along[1] - av * along[0], au * along[0] + av * along[1]);
    this.#turnRad += weight * (Math.min(mostTurnRad, Math.max(-mostTurnRad, turned)) - this.#turnRad);
  }
}

/** How the hand's own wrist is shown. */
interface Shown {
  readonly halfMm: number;
  readonly depthMm: number;
  readonly at: readonly [u: number, v: number];
  /** Unit vectors on the picture. */
  readonly side: readonly [u: number, v: number];
  readonly along: readonly [u: number, v: number];
}

function directionOn(intrinsics: CameraIntrinsics, fromMm: Vec3, direction: Vec3): readonly [number, number] {
  const [u0, v0] = projectPoint(intrinsics, fromMm);
  const [u1, v1] = projectPoint(intrinsics, addVectors(fromMm, scaleVector(direction, 5)));
  const length = Math.hypot(u1 - u0, v1 - v0);
  return length > 0 ? [(u1 - u0) / length, (v1 - v0) / length] : [0, 0];
}
