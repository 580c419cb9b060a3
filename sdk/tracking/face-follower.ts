import type { FaceAnchors, MeasureMm, MetricScale } from '../anchors/anchor-frame.ts';
import { faceAnchorPoses } from '../anchors/face-anchors.ts';
import { faceConfidence } from '../anchors/face-confidence.ts';
import { faceSkin } from '../anchors/face-skin.ts';
import type { HeadPoints } from '../anchors/head-points.ts';
import { headPointsOf } from '../anchors/head-points.ts';
import { CardScaleEstimator, cardOnFace, cardSightsNeeded } from '../geometry/card-scale.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import type { Quad } from '../geometry/homography.ts';
import { observeEyes } from '../geometry/iris-observation.ts';
import type { ScaleEstimate } from '../geometry/iris-scale.ts';
import {
  areEyesReadable,
  headSizeSd,
  IrisScaleEstimator,
  farPupillaryDistanceMm,
} from '../geometry/iris-scale.ts';
import type { Pose } from '../geometry/pose.ts';
import { lengthOf, scaleVector, subtractVectors } from '../geometry/pose-algebra.ts';
import { trimmedMean } from '../geometry/trimmed-mean.ts';
import type { CardSight } from './tracker.ts';
import { PoseFilter } from './pose-filter.ts';
import type { FaceSolution } from './solved-frame.ts';

/** Share of the way to the newest scale that one frame takes, so that a piece never jumps in size. */
const scaleWeight = 0.15;
/** Share of the way to the newest distance of the pupils that one frame takes. */
const pdWeight = 0.1;
/** Frames of closing lids that are left out of the pupils' distance by a card. */
const trimmedPdsPerSide = 2;
/** How far the network's eyes and our ears are from where they are, as a share of a length between them (95 %). */
const eyesPlusMinus = 0.008;
const earsPlusMinus = 0.04;
/** Until the iris was seen. */
const assumedPlusMinus = 1.96 * headSizeSd;

/**
 * Turns one person's face, as it was solved, into anchors, frame after frame: pose → metric scale → filter → anchors. What it
 * learns of the person lives and dies with it.
 */
export class FaceFollower {
  readonly identity: number;
  readonly #canonicalMm: ArrayLike<number>;
  readonly #filter = new PoseFilter();
  readonly #iris = new IrisScaleEstimator();
  #scale = 1;
  /** At the canonical scale. */
  #farPdMm: number | null = null;
  readonly #cardSights = new CardScaleEstimator();
  #byCard: ScaleEstimate | null = null;
  #cardSight: CardSight = 'none';
  #pdSightsMm: number[] = [];
  /** True millimetres. */
  #pdByCardMm: number | null = null;

  /** `canonicalMm`: the vertices of the canonical face. */
  constructor(identity: number, canonicalMm: ArrayLike<number>) {
    this.identity = identity;
    this.#canonicalMm = canonicalMm;
  }

  /** What the newest frame showed of a card, since `beginCard`, and the share of the measurement by it that is done, 0 to 1. */
  get card(): { readonly sight: CardSight; readonly progress: number } {
    return {
      sight: this.#cardSight,
      progress: Math.min(1, this.#cardSights.sights / cardSightsNeeded),
    };
  }

  /** A measurement by a card begins; what an earlier one told stays until this one is complete. */
  beginCard(): void {
    this.#cardSights.reset();
    this.#pdSightsMm = [];
    this.#cardSight = 'none';
  }

  /** The anchors of one frame. Frames come in the order of their capture. `sought`: what was seen of a card, while one is sought. */
  follow(
    landmarks: FaceLandmarks,
    { pose, meshMm }: FaceSolution,
    timeMs: number,
    intrinsics: CameraIntrinsics,
    sought: { readonly corners: Quad | null } | null = null,
  ): FaceAnchors {
    const { cameraFromFace } = pose;
    if (sought !== null) this.#look(sought.corners, landmarks, intrinsics, cameraFromFace, meshMm);
    else if (this.#pdByCardMm === null) this.#measure(landmarks, intrinsics, cameraFromFace);
    const filtered = this.#filter.filter(timeMs, cameraFromFace);
    const known = this.#knownScale();
    this.#scale += scaleWeight * (known.scale - this.#scale);
    const scale = { ...known, scale: this.#scale };
    const headMeshMm = scaled(meshMm, scale.scale);
    const points = headPointsOf(headMeshMm, scale.scale);
    const cameraFromHead = {
      rotation: filtered.rotation,
      translationMm: scaleVector(filtered.translationMm, scale.scale),
    };
    return {
      identity: this.identity,
      confidence: faceConfidence(pose),
      cameraFromAnchor: faceAnchorPoses(cameraFromHead, points),
      headMeshMm,
      skinMm: faceSkin(headMeshMm, cameraFromHead, landmarks, intrinsics),
      scale,
      pupillaryDistance: measured(this.#canonicalPdMm(known), known, eyesPlusMinus),
      faceWidth: measured(faceWidthOf(points) / scale.scale, known, earsPlusMinus),
    };
  }

  /** After an absence: the next pose passes as it is, without gliding from where the face was lost. */
  forgetMotion(): void {
    this.#filter.reset();
  }

  #measure(landmarks: FaceLandmarks, intrinsics: CameraIntrinsics, cameraFromFace: Pose): void {
    const eyes = observeEyes(this.#canonicalMm, landmarks, intrinsics, cameraFromFace);
    if (!this.#iris.observe(eyes)) return;
    const trueDistanceMm = eyes.distanceCanonicalMm * this.#scale;
    const farPd = farPupillaryDistanceMm(eyes.nearPdCanonicalMm, trueDistanceMm);
    this.#farPdMm = this.#farPdMm === null ? farPd : this.#farPdMm + pdWeight * (farPd - this.#farPdMm);
  }

  /**
   * A card over the brows moves the landmarks and with them the size that the face is taken for. On one frame that cancels: eyes and
   * card are seen at one distance. So the pupils' distance is measured on the very frames that show the card, and stays.
   */
  #look(
    card: Quad | null,
    landmarks: FaceLandmarks,
    intrinsics: CameraIntrinsics,
    cameraFromFace: Pose,
    meshMm: Float32Array,
  ): void {
    const seen = card && cardOnFace(card, intrinsics, meshMm, cameraFromFace);
    if (seen?.kind !== 'held') {
      this.#cardSight = seen?.why ?? 'none';
      return;
    }
    this.#cardSights.observe(seen);
    const eyes = observeEyes(this.#canonicalMm, landmarks, intrinsics, cameraFromFace);
    if (areEyesReadable(eyes)) {
      const { nearPdCanonicalMm, distanceCanonicalMm } = eyes;
      this.#pdSightsMm.push(
        farPupillaryDistanceMm(nearPdCanonicalMm * seen.scale, distanceCanonicalMm * seen.scale),
      );
    }
    const estimate = this.#cardSights.estimate();
    if (estimate !== null) {
      this.#byCard = estimate;
      this.#pdByCardMm = trimmedMean(this.#pdSightsMm, trimmedPdsPerSide)?.mean ?? null;
    }
    this.#cardSight = estimate === null ? 'held' : 'measured';
  }

  #canonicalPdMm({ scale }: MetricScale): number | null {
    return this.#pdByCardMm === null ? this.#farPdMm : this.#pdByCardMm / scale;
  }

  #knownScale(): MetricScale {
    if (this.#byCard !== null) return { ...this.#byCard, source: 'card' };
    const estimate = this.#iris.estimate();
    if (estimate !== null) return { ...estimate, source: 'iris' };
    return {
      scale: this.#scale,
      plusMinus: assumedPlusMinus,
      source: 'assumed',
      samples: this.#iris.samples,
    };
  }
}

function scaled(meshMm: Float32Array, scale: number): Float32Array {
  const into = new Float32Array(meshMm.length);
  for (let at = 0; at < into.length; at += 1) into[at] = (meshMm[at] ?? 0) * scale;
  return into;
}

function faceWidthOf(points: HeadPoints): number {
  return lengthOf(subtractVectors(points.leftEar, points.rightEar));
}

/** A length on the canonical face, at the person's scale; null while the scale is only assumed. `ownPlusMinus`: what it is unsure of itself, as a share (95 %). */
function measured(
  canonicalMm: number | null,
  { scale, plusMinus, source }: MetricScale,
  ownPlusMinus: number,
): MeasureMm | null {
  if (canonicalMm === null || source === 'assumed') return null;
  return {
    valueMm: canonicalMm * scale,
    plusMinusMm: canonicalMm * Math.hypot(plusMinus, scale * ownPlusMinus),
  };
}
