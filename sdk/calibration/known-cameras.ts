import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import { intrinsicsForPicture } from '../geometry/camera-calibration.ts';
import type { CameraFacts } from './camera-facts.ts';

/**
 * Cameras whose maker publishes the field of view, by the name that their driver gives. Only those whose data sheets are
 * beyond doubt: a wrong entry would be worse than none. Diagonal, of the 16:9 picture, unzoomed.
 * Source: Logitech's product specifications (dFoV).
 */
const knownCameras: readonly { readonly label: RegExp; readonly diagonalDeg: number }[] = [
  { label: /\bC920\b/i, diagonalDeg: 78 },
  { label: /\bC922\b/i, diagonalDeg: 78 },
  { label: /\bC925e\b/i, diagonalDeg: 78 },
  { label: /\bC930e\b/i, diagonalDeg: 90 },
];

/** The intrinsics of a camera that is known by its name; null for any other. */
export function knownCameraIntrinsics(
  camera: CameraFacts,
  widthPx: number,
  heightPx: number,
): CameraIntrinsics | null {
  const known = knownCameras.find(({ label }) => label.test(camera.label));
  // A zoom is a ratio to what was at the start, which nobody told; where it is one by the standard, 1 is none.
  if (known === undefined || (camera.zoom !== null && camera.zoom > 10)) return null;
  const [longPx, shortPx] = [16, 9];
  const focalPx = Math.hypot(longPx, shortPx) / 2 / Math.tan((known.diagonalDeg * Math.PI) / 360);
  return intrinsicsForPicture(
    { widthPx: longPx, heightPx: shortPx, focalPx, focalPlusMinusPx: 0, zoom: 1, sensorAspect: 16 / 9 },
    widthPx,
    heightPx,
    camera.zoom,
    'track-settings',
  );
}
