import type { CameraIntrinsics, IntrinsicsSource } from './camera-intrinsics.ts';

/**
 * A camera's focal length as measured on pictures of one size, with what is needed to carry it to others. Square pixels,
 * principal point in the middle, no distortion.
 */
export interface CameraCalibration {
  /** The size of the pictures on which it was measured. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly focalPx: number;
  /** 95 % half-interval of `focalPx`. */
  readonly focalPlusMinusPx: number;
  /** The track's `zoom` setting while it was measured; null where the track tells none. */
  readonly zoom: number | null;
  /** Longer over shorter side of the sensor, from the track's largest mode; null where nobody told. */
  readonly sensorAspect: number | null;
}

/** What a sensor's shape is taken for when nobody told: that of nearly every USB and built-in camera. */
const usualSensorAspect = 16 / 9;

/**
 * The intrinsics of a picture of any size, shape and zoom from a calibration made on another. It assumes that the camera
 * makes every picture as the largest crop of its shape from the middle of one sensor, and scales it (what browsers do under
 * `resizeMode: 'crop-and-scale'`, and what cameras do in their own modes): a picture less oblong than the sensor keeps the
 * sensor's shorter side and with it that side's angle; a more oblong one keeps the longer side's. A camera on its side gives the same
 * picture turned by 90°, with the same focal length in pixels. `zoom` is the track's own number: by the standard a ratio, so
 * only its quotient with the calibration's counts (some drivers say 100 for 1); null on either side counts as unchanged.
 * Source: W3C MediaStream Image Capture, "zoom"; W3C Media Capture and Streams, "resizeMode".
 */
export function intrinsicsForPicture(
  calibration: CameraCalibration,
  widthPx: number,
  heightPx: number,
  zoom: number | null,
  source: IntrinsicsSource = 'calibration',
): CameraIntrinsics {
  const sensorAspect = calibration.sensorAspect ?? usualSensorAspect;
  const focalPerSensor = calibration.focalPx / sensorLongSidePx(calibration, sensorAspect);
  const zoomRatio = zoom !== null && calibration.zoom !== null ? zoom / calibration.zoom : 1;
  const focalPx = focalPerSensor * sensorLongSidePx({ widthPx, heightPx }, sensorAspect) * zoomRatio;
  return { widthPx, heightPx, fxPx: focalPx, fyPx: focalPx, cxPx: widthPx / 2, cyPx: heightPx / 2, source };
}

/** How many of a picture's pixels the sensor's longer side would take, had nothing of it been cut away. */
function sensorLongSidePx(
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  sensorAspect: number,
): number {
  const [long, short] = [Math.max(widthPx, heightPx), Math.min(widthPx, heightPx)];
  return long / short >= sensorAspect ? long : short * sensorAspect;
}
