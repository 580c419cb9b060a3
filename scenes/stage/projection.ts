import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';

/** The part of the camera picture that fills the view, in pixels of the picture. */
export interface CoverCrop {
  xPx: number;
  yPx: number;
  widthPx: number;
  heightPx: number;
}

/** Nearest and farthest distance that the stage draws. A face closer than 8 cm is no longer tracked. */
export const NEAR_MM = 80;
export const FAR_MM = 6000;

/**
 * The centred part of the picture with the view's aspect, as CSS `object-fit: cover` would show it. Writes into `out`
 * and returns it, so that a frame allocates nothing.
 */
export function coverCrop(
  intrinsics: CameraIntrinsics,
  viewWidthPx: number,
  viewHeightPx: number,
  out: CoverCrop,
): CoverCrop {
  const viewPerPicture = Math.max(viewWidthPx / intrinsics.widthPx, viewHeightPx / intrinsics.heightPx);
  out.widthPx = viewWidthPx / viewPerPicture;
  out.heightPx = viewHeightPx / viewPerPicture;
  out.xPx = (intrinsics.widthPx - out.widthPx) / 2;
  out.yPx = (intrinsics.heightPx - out.heightPx) / 2;
  return out;
}

/**
 * The clip-from-camera matrix (column-major, as WebGL and three.js take it) of the pinhole `intrinsics`, cropped to
 * `crop`. What it draws lands on the very pixel of the picture to which the intrinsics project it:
 * Hartley & Zisserman, Multiple View Geometry, §6.1, written for a right-handed camera that looks down −z.
 */
export function writeProjection(intrinsics: CameraIntrinsics, crop: CoverCrop, out: number[]): void {
  out.fill(0);
  out[0] = (2 * intrinsics.fxPx) / crop.widthPx;
  out[5] = (2 * intrinsics.fyPx) / crop.heightPx;
  out[8] = 1 - (2 * (intrinsics.cxPx - crop.xPx)) / crop.widthPx;
  out[9] = (2 * (intrinsics.cyPx - crop.yPx)) / crop.heightPx - 1;
  out[10] = -(FAR_MM + NEAR_MM) / (FAR_MM - NEAR_MM);
  out[11] = -1;
  out[14] = (-2 * FAR_MM * NEAR_MM) / (FAR_MM - NEAR_MM);
}
