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
  /** Breadth of the face between the roots of the ears; null until it is known. */
  readonly faceWidth: MeasureMm | null;
}

/** Below this no figure shown in whole or half millimetres changes. */
const noticeableMm = 0.2;

/** The measures that a frame's face carries. */
export function faceMeasureOf({ scale, pupillaryDistance, faceWidth }: FaceAnchors): FaceMeasure {
  return { scale, pupillaryDistanceFar: pupillaryDistance, faceWidth };
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
