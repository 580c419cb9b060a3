import { ovalCircumference } from './oval.ts';
import type { LengthMm } from './ring-size.ts';

const normal95 = 1.96;

/**
 * Through a finger, from pad to back, over its breadth, at the ring's place: fingers are a little broader than deep. The
 * spread is taken for what adult fingers differ by; both are a model, not a measurement of ours.
 */
const depthShare = 0.95;
const depthShareSd = 0.04;

/** How a length on the picture becomes millimetres, at the finger's distance. */
export interface PictureScale {
  /** From a card that lies in the finger's plane, or from a pose whose size is known. */
  readonly mmPerPx: number;
  /** 95 % half-interval of `mmPerPx`. */
  readonly plusMinus: number;
}

/** One finger's breadth on the picture. */
export interface SeenBreadth {
  /** Between its edges, pixels, and the 95 % half-interval that the edges leave. */
  readonly breadthPx: number;
  readonly plusMinusPx: number;
  /** The angle about the finger's axis between its back (or its pad) and the camera: 0 shows the whole breadth. */
  readonly turnRad: number;
}

/** The scale of the picture at a distance from the camera that is known to `plusMinusMm` (95 %). */
export function scaleFromDepth(mmPerPx: number, distanceMm: number, plusMinusMm: number): PictureScale {
  return { mmPerPx, plusMinus: (mmPerPx * plusMinusMm) / distanceMm };
}

/** A finger's breadth in millimetres. An ellipse that is turned shows less than its breadth, and this gives it back. */
export function fingerBreadth(seen: SeenBreadth, scale: PictureScale): LengthMm {
  const shownShare = Math.hypot(Math.cos(seen.turnRad), depthShare * Math.sin(seen.turnRad));
  const valueMm = (seen.breadthPx * scale.mmPerPx) / shownShare;
  // What the ellipse's own uncertainty does to the share that is shown.
  const shape = (depthShare * Math.sin(seen.turnRad) ** 2 * normal95 * depthShareSd) / shownShare ** 2;
  return {
    valueMm,
    plusMinusMm:
      valueMm * Math.hypot(seen.plusMinusPx / seen.breadthPx, scale.plusMinus / scale.mmPerPx, shape),
  };
}

/**
 * The inner circumference of the ring that fits a finger: around the ellipse of its breadth and the depth fingers have,
 * with the uncertainty of both.
 */
export function ringCircumference(breadth: LengthMm): LengthMm {
  const around = (share: number): number => ovalCircumference(0.5, share / 2);
  const perBreadth = around(depthShare);
  const shapeMm = breadth.valueMm * (around(depthShare + normal95 * depthShareSd) - perBreadth);
  return {
    valueMm: breadth.valueMm * perBreadth,
    plusMinusMm: Math.hypot(breadth.plusMinusMm * perBreadth, shapeMm),
  };
}
