import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import { intrinsicsForPicture } from '../geometry/camera-calibration.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import type { CalibrationStorage } from './calibration-store.ts';
import { CalibrationStore, orientationOf } from './calibration-store.ts';
import type { CameraFacts } from './camera-facts.ts';
import { knownCameraIntrinsics } from './known-cameras.ts';

/** The intrinsics of one picture of one camera. */
export type IntrinsicsFor = (widthPx: number, heightPx: number, camera: CameraFacts) => CameraIntrinsics;

/**
 * Where intrinsics come from, best first: the calibration kept for this very camera, what its maker publishes, the stated
 * default; each follows size, shape, turn and zoom of the picture. The storage is read once for each camera and
 * orientation; `null` where the page has none. An entry that cannot be read is told to `onUnreadable`, once.
 */
export function createIntrinsicsFor(
  storage: CalibrationStorage | null,
  onUnreadable: (why: string) => void,
): IntrinsicsFor {
  const store = storage === null ? null : new CalibrationStore(storage);
  const readings = new Map<string, ReturnType<CalibrationStore['read']>>();
  const readingOf = (camera: CameraFacts, widthPx: number, heightPx: number) => {
    if (store === null) return null;
    const orientation = orientationOf(widthPx, heightPx);
    const key = JSON.stringify([camera.label, camera.deviceId, orientation]);
    const known = readings.get(key);
    if (known !== undefined) return known;
    const reading = store.read(camera, orientation);
    readings.set(key, reading);
    if (reading.kind === 'unreadable') onUnreadable(reading.why);
    return reading;
  };
  return (widthPx, heightPx, camera) => {
    const reading = readingOf(camera, widthPx, heightPx);
    if (reading?.kind === 'found') {
      return intrinsicsForPicture(reading.calibration, widthPx, heightPx, camera.zoom);
    }
    return knownCameraIntrinsics(camera, widthPx, heightPx) ?? defaultIntrinsics(widthPx, heightPx);
  };
}
