import type { AnchorFrame, FaceAnchors, MeasureMm, MetricScale } from '../anchors/anchor-frame.ts';
import { faceAnchorPoses } from '../anchors/face-anchors.ts';
import { FaceShape } from '../anchors/face-shape.ts';
import type { HeadPoints } from '../anchors/head-points.ts';
import { headPointsOf } from '../anchors/head-points.ts';
import type { Emitter } from '../core/emitter.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import { isWholeFace } from '../geometry/face-landmarks.ts';
import type { FaceModel, FacePose } from '../geometry/face-pose.ts';
import { solveFacePose, steadyFitWeights } from '../geometry/face-pose.ts';
import { observeEyes } from '../geometry/iris-observation.ts';
import { IrisScaleEstimator, farPupillaryDistanceMm } from '../geometry/iris-scale.ts';
import type { FaceLight } from '../geometry/light-estimate.ts';
import { faceLightFrom, mixLight, neutralLight } from '../geometry/light-estimate.ts';
import { lengthOf, scaleVector, subtractVectors } from '../geometry/pose-algebra.ts';
import type { LandmarkFrame } from './landmark-frame.ts';
import { PoseFilter } from './pose-filter.ts';
import type { TrackerEvents } from './tracker.ts';

/** A face gone for less than this was hidden by a hand or a blink of the tracker; it is not announced as lost. */
const lostAfterMs = 400;
/** A face gone for longer than this may be another person's: nothing known of the last one is kept. */
const forgottenAfterMs = 2_000;
/** Reprojection error over face height at which confidence begins to fall, and at which it is gone. */
const soundError = 0.03;
const uselessError = 0.08;
/** Share of the way to the newest light that one frame takes: half a second at 30 frames a second. */
const lightWeight = 0.07;
/** Share of the way to the newest scale that one frame takes, so that a piece never jumps in size. */
const scaleWeight = 0.15;
/** Share of the way to the newest distance of the pupils that one frame takes. */
const pdWeight = 0.1;
/** Until the iris was seen: adult heads differ by about 5 % (one standard deviation) from the canonical one. */
const assumedPlusMinus = 0.1;

/**
 * Turns landmarks into anchors: intrinsics → pose → metric scale → filter → anchors. One pipeline follows one person at a
 * time; it tells `events` when a face is found and lost, and keeps nothing of a face that stayed away.
 */
export class PosePipeline {
  readonly #model: FaceModel;
  readonly #events: Emitter<TrackerEvents>;
  readonly #filter = new PoseFilter();
  readonly #iris = new IrisScaleEstimator();
  readonly #shape: FaceShape;
  #identity = 0;
  #present = false;
  #lastSeenMs: number | null = null;
  #scale = 1;
  /** At the canonical scale. */
  #farPdMm: number | null = null;
  #light: FaceLight = neutralLight;

  constructor(canonicalFace: CanonicalFace, events: Emitter<TrackerEvents>) {
    this.#model = { verticesMm: canonicalFace.verticesMm, fitWeights: steadyFitWeights(canonicalFace) };
    this.#events = events;
    this.#shape = new FaceShape(canonicalFace.verticesMm);
  }

  /** The anchors of one frame; frames come in the order of their capture. */
  process(frame: LandmarkFrame, intrinsics: CameraIntrinsics): AnchorFrame {
    const face =
      frame.landmarks === null ? null : this.#locate(frame.landmarks, frame.capturedAtMs, intrinsics);
    if (face === null) this.#noteAbsence(frame.capturedAtMs);
    else if (frame.skin !== null) {
      this.#light = mixLight(this.#light, faceLightFrom(frame.skin), lightWeight);
    }
    return {
      frameId: frame.frameId,
      capturedAtMs: frame.capturedAtMs,
      faces: face === null ? [] : [face],
      light: this.#light,
    };
  }

  /** Forgets the person and everything measured from them. */
  reset(): void {
    if (this.#present) this.#lose();
    this.#forget();
  }

  #locate(landmarks: FaceLandmarks, timeMs: number, intrinsics: CameraIntrinsics): FaceAnchors | null {
    if (!isWholeFace(landmarks)) return null;
    const pose = solveFacePose(this.#model, landmarks, intrinsics);
    if (pose === null || pose.relativeError > uselessError) return null;
    this.#notePresence(timeMs);
    this.#measure(landmarks, intrinsics, pose);
    const filtered = this.#filter.filter(timeMs, pose.cameraFromFace);
    const scale = this.#settledScale();
    const headMeshMm = this.#shape.verticesMm.map((value) => value * scale.scale);
    const points = headPointsOf(headMeshMm, scale.scale);
    return {
      identity: this.#identity,
      confidence: Math.min(1, (uselessError - pose.relativeError) / (uselessError - soundError)),
      cameraFromAnchor: faceAnchorPoses(
        { rotation: filtered.rotation, translationMm: scaleVector(filtered.translationMm, scale.scale) },
        points,
      ),
      headMeshMm,
      scale,
      pupillaryDistance: measured(this.#farPdMm, scale),
      faceWidth: measured(faceWidthOf(points) / scale.scale, scale),
    };
  }

  #measure(landmarks: FaceLandmarks, intrinsics: CameraIntrinsics, pose: FacePose): void {
    this.#shape.observe(landmarks, intrinsics, pose.cameraFromFace);
    const eyes = observeEyes(this.#model.verticesMm, landmarks, intrinsics, pose.cameraFromFace);
    if (!this.#iris.observe(eyes)) return;
    const trueDistanceMm = eyes.distanceCanonicalMm * this.#scale;
    const farPd = farPupillaryDistanceMm(eyes.nearPdCanonicalMm, trueDistanceMm);
    this.#farPdMm = this.#farPdMm === null ? farPd : this.#farPdMm + pdWeight * (farPd - this.#farPdMm);
  }

  #settledScale(): MetricScale {
    const estimate = this.#iris.estimate();
    if (estimate === null) {
      return {
        scale: this.#scale,
        plusMinus: assumedPlusMinus,
        source: 'assumed',
        samples: this.#iris.samples,
      };
    }
    this.#scale += scaleWeight * (estimate.scale - this.#scale);
    return { scale: this.#scale, plusMinus: estimate.plusMinus, source: 'iris', samples: estimate.samples };
  }

  #notePresence(timeMs: number): void {
    if (this.#lastSeenMs !== null && timeMs - this.#lastSeenMs > forgottenAfterMs) this.#forget();
    this.#lastSeenMs = timeMs;
    if (this.#present) return;
    if (this.#identity === 0 || this.#shape.frames === 0) this.#identity += 1;
    this.#present = true;
    this.#filter.reset();
    this.#events.emit('tracking-found', { identity: this.#identity });
  }

  #noteAbsence(timeMs: number): void {
    if (this.#lastSeenMs === null) return;
    const goneMs = timeMs - this.#lastSeenMs;
    if (this.#present && goneMs > lostAfterMs) this.#lose();
    if (goneMs > forgottenAfterMs) this.#forget();
  }

  #lose(): void {
    this.#present = false;
    this.#events.emit('tracking-lost', { identity: this.#identity });
  }

  #forget(): void {
    this.#lastSeenMs = null;
    this.#iris.reset();
    this.#shape.reset();
    this.#filter.reset();
    this.#scale = 1;
    this.#farPdMm = null;
    this.#light = neutralLight;
  }
}

function faceWidthOf(points: HeadPoints): number {
  return lengthOf(subtractVectors(points.leftEar, points.rightEar));
}

/** A length on the canonical face, at the person's scale; null while the scale is only assumed. */
function measured(canonicalMm: number | null, scale: MetricScale): MeasureMm | null {
  if (canonicalMm === null || scale.source === 'assumed') return null;
  return { valueMm: canonicalMm * scale.scale, plusMinusMm: canonicalMm * scale.plusMinus };
}
