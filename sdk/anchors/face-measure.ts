import { nearPupillaryDistanceMm } from '../geometry/iris-scale.ts';
import type { FaceAnchors, MeasureMm, MetricScale } from './anchor-frame.ts';

/**
 * What the mirror knows of the size of one face. It lives in memory, dies with the visit, and leaves the device only number
 * by number, each by the client's own touch.
 */
export interface FaceMeasure {
  /** How the size is known; every other figure's interval contains this one's. */
  readonly scale: MetricScale;
  /** Between the middles of the pupils while looking far; null until it is known. */
  readonly pupillaryDistanceFar: MeasureMm | null;
  /** The same while reading at 40 cm, as a near addition is centred for; null until it is known. */
  readonly pupillaryDistanceNear: MeasureMm | null;
  /** Breadth of the face between the roots of the ears; null until it is known. */
  readonly faceWidth: MeasureMm | null;
}

/** The usual working distance of a near addition. */
const readingDistanceMm = 400;
/** 95 % half-interval of how far before its centre of rotation an eye has its pupil. */
const eyeRotationPlusMinusMm = 2;
/** Below this no figure shown in whole or half millimetres changes. */
const noticeableMm = 0.2;

/** The measures that a frame's face carries. */
export function faceMeasureOf({ scale, pupillaryDistance, faceWidth }: FaceAnchors): FaceMeasure {
  return {
    scale,
    pupillaryDistanceFar: pupillaryDistance,
    pupillaryDistanceNear: pupillaryDistance && whileReading(pupillaryDistance),
    faceWidth,
  };
}

function whileReading({ valueMm, plusMinusMm }: MeasureMm): MeasureMm {
  const nearMm = nearPupillaryDistanceMm(valueMm, readingDistanceMm);
  const turnMm = (valueMm * eyeRotationPlusMinusMm) / readingDistanceMm;
  return { valueMm: nearMm, plusMinusMm: Math.hypot((plusMinusMm * nearMm) / valueMm, turnMm) };
}

/** Whether a person would see the difference. */
export function differsNoticeably(one: FaceMeasure, other: FaceMeasure): boolean {
  return (
    one.scale.source !== other.scale.source ||
    isOther(one.pupillaryDistanceFar, other.pupillaryDistanceFar) ||
    isOther(one.faceWidth, other.faceWidth)
  );
}

function isOther(one: MeasureMm | null, other: MeasureMm | null): boolean {
  if (one === null || other === null) return one !== other;
  return (
    Math.abs(one.valueMm - other.valueMm) > noticeableMm ||
    Math.abs(one.plusMinusMm - other.plusMinusMm) > noticeableMm
  );
}
