import type { CameraIntrinsics, IntrinsicsSource } from './camera-intrinsics.ts';
import type { Vec3 } from './pose.ts';

/**
 * What the field of view across the shorter side of the picture is taken for when nobody measured it: a 78° diagonal at
 * 16:9 (the most common USB cameras' datasheets), which is 43.3°. 4:3 modes of such cameras crop the long side, so the
 * shorter side keeps its angle.
 */
export const defaultShortSideFovRad = (43.3 * Math.PI) / 180;

/**
 * Square pixels, principal point in the middle, and the given field of view across the picture's height, in radians. `source` says how
 * that field of view is known; a guess unless told.
 */
export function intrinsicsFromVerticalFov(
  widthPx: number,
  heightPx: number,
  verticalFovRad: number,
  source: IntrinsicsSource = 'default',
): CameraIntrinsics {
  const focalPx = heightPx / 2 / Math.tan(verticalFovRad / 2);
  return { widthPx, heightPx, fxPx: focalPx, fyPx: focalPx, cxPx: widthPx / 2, cyPx: heightPx / 2, source };
}

/** Intrinsics of a camera nobody calibrated, landscape or portrait: `defaultShortSideFovRad` across the shorter side. */
export function defaultIntrinsics(widthPx: number, heightPx: number): CameraIntrinsics {
  const focalPx = Math.min(widthPx, heightPx) / 2 / Math.tan(defaultShortSideFovRad / 2);
  return {
    widthPx,
    heightPx,
    fxPx: focalPx,
    fyPx: focalPx,
    cxPx: widthPx / 2,
    cyPx: heightPx / 2,
    source: 'default',
  };
}

/** The angle of view across the picture's height, in radians. */
export function verticalFovRad(intrinsics: CameraIntrinsics): number {
  return (
    Math.atan(intrinsics.cyPx / intrinsics.fyPx) +
    Math.atan((intrinsics.heightPx - intrinsics.cyPx) / intrinsics.fyPx)
  );
}

/** Where a camera-frame point appears, in pixels; the point must lie before the camera (z < 0). */
export function projectPoint(
  intrinsics: CameraIntrinsics,
  pointMm: Vec3,
): readonly [uPx: number, vPx: number] {
  const depthMm = -pointMm[2];
  return [
    intrinsics.cxPx + (intrinsics.fxPx * pointMm[0]) / depthMm,
    intrinsics.cyPx - (intrinsics.fyPx * pointMm[1]) / depthMm,
  ];
}

/** The camera-frame point that appears at a pixel and lies `depthMm` before the camera. */
export function backProject(intrinsics: CameraIntrinsics, uPx: number, vPx: number, depthMm: number): Vec3 {
  return [
    ((uPx - intrinsics.cxPx) / intrinsics.fxPx) * depthMm,
    (-(vPx - intrinsics.cyPx) / intrinsics.fyPx) * depthMm,
    -depthMm,
  ];
}
