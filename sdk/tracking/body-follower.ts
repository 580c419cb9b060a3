import type { FaceAnchors, MeasureMm, MetricScale } from '../anchors/anchor-frame.ts';
import type { BodyAnchors } from '../anchors/body-anchors.ts';
import { forearmOf, heightOf, torsoOf, torsoPlaces } from '../anchors/body-points.ts';
import { NeckPlace } from '../anchors/neck-place.ts';
import { bodyPoint, visibilityOf } from '../geometry/body-landmarks.ts';
import type { Pose, Vec3 } from '../geometry/pose.ts';
import {
  lengthOf,
  mixVectors,
  scaleVector,
  subtractVectors,
  transformPoint,
} from '../geometry/pose-algebra.ts';
import { isForgotten, lostAfterMs } from './absence.ts';
import { PoseFilter } from './pose-filter.ts';
import type { SolvedBody } from './solved-frame.ts';

/** Reprojection error over the shoulders' width at which confidence begins to fall, and at which it is gone. */
const soundError = 0.06;
const uselessError = 0.2;
/** Share of the way to the newest scale that one frame takes. */
const scaleWeight = 0.1;
/** Adults' sizes, one standard deviation over both sexes (stature 1,690 ± 100 mm, ANSUR II); 95 % of them. */
const assumedPlusMinus = 1.96 * 0.06;
/** The network puts a head's depth so far off, as a share of its distance (95 %). */
const depthPlusMinus = 0.05;
/** What standing and the network's ankles leave unsure of a height, as a share of it (95 %). */
const heightPlusMinus = 0.03;

/** Follows the body of the person served: torso, shoulders and forearms, and how tall they are. */
export class BodyFollower {
  #identity = 0;
  #trackId: number | null = null;
  #lastSeenMs = Number.NEGATIVE_INFINITY;
  #lastFrameMs = Number.NEGATIVE_INFINITY;
  #scale: number | null = null;
  #samples = 0;
  /** Between the shoulder joints, at the network's scale. */
  #shoulderWidth: number | null = null;
  readonly #neck = new NeckPlace();
  #torso = new PoseFilter('torso');
  #forearms = { left: new PoseFilter('wrist'), right: new PoseFilter('wrist') };

  /** The anchors of one frame's body; null when there is none. `face` is the same person's, where it is tracked. */
  follow(body: SolvedBody | null, timeMs: number, face: FaceAnchors | null): BodyAnchors | null {
    const lastFrameMs = this.#lastFrameMs;
    this.#lastFrameMs = timeMs;
    const pose = body?.solution ?? null;
    if (body === null || pose === null || pose.relativeError > uselessError) return null;
    this.#meet(body.trackId, timeMs, lastFrameMs);
    const scale = this.#settledScale(pose.points, face);
    const points = pose.points.map((point) => scaleVector(point, scale.scale));
    const seen = (...names: (keyof typeof bodyPoint)[]): number =>
      Math.min(...names.map((name) => visibilityOf(body.landmarks, bodyPoint[name])));
    const measured = torsoOf(points, seen('leftHip', 'rightHip'));
    if (measured === null) return null;
    const torso = this.#torso.filter(timeMs, measured);
    const widthMm = this.#settledWidth(points) * scale.scale;
    const fit = Math.min(1, (uselessError - pose.relativeError) / (uselessError - soundError));
    const shoulders = fit * seen('leftShoulder', 'rightShoulder');
    const at = (place: Vec3): Pose => ({
      rotation: torso.rotation,
      translationMm: transformPoint(torso, place),
    });
    const places = torsoPlaces(widthMm);
    return {
      identity: this.#identity,
      confidence: {
        torso: shoulders,
        neckBase: shoulders,
        leftShoulder: fit * seen('leftShoulder'),
        rightShoulder: fit * seen('rightShoulder'),
        leftForearm: fit * seen('leftElbow', 'leftWrist'),
        rightForearm: fit * seen('rightElbow', 'rightWrist'),
      },
      cameraFromAnchor: {
        torso,
        neckBase: {
          rotation: torso.rotation,
          translationMm: this.#neck.locate(torso, transformPoint(torso, places.neckBase), face),
        },
        leftShoulder: at(places.leftShoulder),
        rightShoulder: at(places.rightShoulder),
        leftForearm: this.#forearm('left', points, timeMs, torso),
        rightForearm: this.#forearm('right', points, timeMs, torso),
      },
      scale,
      shoulderWidth: measure(widthMm, scale),
      height: seen('nose', 'leftAnkle', 'rightAnkle') > 0.6 ? heightMeasure(points, scale) : null,
    };
  }

  /** Forgets the person and everything measured from them. */
  reset(): void {
    this.#trackId = null;
    this.#lastSeenMs = Number.NEGATIVE_INFINITY;
    this.#scale = null;
    this.#samples = 0;
    this.#shoulderWidth = null;
    this.#neck.reset();
    this.#forgetMotion();
  }

  #meet(trackId: number, timeMs: number, lastFrameMs: number): void {
    const lastSeenMs = this.#lastSeenMs;
    if (trackId !== this.#trackId || isForgotten({ lastSeenMs, lastFrameMs, timeMs })) {
      this.reset();
      this.#identity += 1;
      this.#trackId = trackId;
    } else if (timeMs - lastSeenMs > lostAfterMs) {
      this.#forgetMotion();
    }
    this.#lastSeenMs = timeMs;
  }

  #forgetMotion(): void {
    this.#torso.reset();
    this.#forearms.left.reset();
    this.#forearms.right.reset();
  }

  #forearm(side: 'left' | 'right', points: readonly Vec3[], timeMs: number, torso: Pose): Pose {
    const [elbow, wrist] =
      side === 'left'
        ? [points[bodyPoint.leftElbow], points[bodyPoint.leftWrist]]
        : [points[bodyPoint.rightElbow], points[bodyPoint.rightWrist]];
    const measured = elbow && wrist ? forearmOf(elbow, wrist, torso.rotation) : null;
    return measured === null ? torso : this.#forearms[side].filter(timeMs, measured);
  }

  /**
   * A body's size from the face of the same person: both are seen at one distance, and the face's is known in true
   * millimetres. The pit of the neck lies under the head, so the ears stand for both.
   */
  #settledScale(points: readonly Vec3[], face: FaceAnchors | null): MetricScale {
    const [left, right] = [points[bodyPoint.leftEar], points[bodyPoint.rightEar]];
    if (face === null || face.scale.source === 'assumed' || !left || !right) {
      const source = this.#samples > 0 ? 'face' : 'assumed';
      const plusMinus =
        source === 'face' ? Math.hypot(assumedPlusMinus / 2, depthPlusMinus) : assumedPlusMinus;
      return { scale: this.#scale ?? 1, plusMinus, source, samples: this.#samples };
    }
    const { leftEar, rightEar } = face.cameraFromAnchor;
    const trueMm = lengthOf(mixVectors(leftEar.translationMm, rightEar.translationMm, 0.5));
    const newest = trueMm / lengthOf(mixVectors(left, right, 0.5));
    this.#scale = this.#scale === null ? newest : this.#scale + scaleWeight * (newest - this.#scale);
    this.#samples += 1;
    const plusMinus = this.#scale * Math.hypot(face.scale.plusMinus / face.scale.scale, depthPlusMinus);
    return { scale: this.#scale, plusMinus, source: 'face', samples: this.#samples };
  }

  #settledWidth(points: readonly Vec3[]): number {
    const [left, right] = [points[bodyPoint.leftShoulder], points[bodyPoint.rightShoulder]];
    const widthMm = left && right ? lengthOf(subtractVectors(left, right)) / (this.#scale ?? 1) : 0;
    this.#shoulderWidth =
      this.#shoulderWidth === null
        ? widthMm
        : this.#shoulderWidth + scaleWeight * (widthMm - this.#shoulderWidth);
    return this.#shoulderWidth;
  }
}

function measure(valueMm: number, scale: MetricScale): MeasureMm | null {
  if (scale.source === 'assumed') return null;
  return { valueMm, plusMinusMm: (valueMm * scale.plusMinus) / scale.scale };
}

function heightMeasure(points: readonly Vec3[], scale: MetricScale): MeasureMm | null {
  const valueMm = heightOf(points);
  if (valueMm === null || scale.source === 'assumed') return null;
  return { valueMm, plusMinusMm: valueMm * Math.hypot(scale.plusMinus / scale.scale, heightPlusMinus) };
}
