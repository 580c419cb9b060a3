import * as z from 'zod/mini';
import type { CameraCalibration } from '../geometry/camera-calibration.ts';
import type { CameraFacts } from './camera-facts.ts';

/** Where calibrations are kept: the page's `localStorage`, or a stand-in. Nothing of it ever leaves the device. */
export type CalibrationStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const Kept = z.object({
  version: z.literal(1),
  /** Which way the sensor's picture came: a camera on its side gives an upright one. */
  orientation: z.enum(['landscape', 'portrait']),
  widthPx: z.int().check(z.minimum(16), z.maximum(16_384)),
  heightPx: z.int().check(z.minimum(16), z.maximum(16_384)),
  focalPx: z.number().check(z.positive()),
  focalPlusMinusPx: z.number().check(z.nonnegative()),
  zoom: z.nullable(z.number().check(z.positive())),
  sensorAspect: z.nullable(z.number().check(z.minimum(1), z.maximum(8))),
  /** Of the fit, in pixels. */
  rmsPx: z.number().check(z.nonnegative()),
  views: z.int().check(z.positive()),
  /** Milliseconds since the epoch. */
  madeAtMs: z.number().check(z.nonnegative()),
});

/** A calibration with how it came about. */
export interface StoredCalibration extends CameraCalibration {
  readonly rmsPx: number;
  readonly views: number;
  readonly madeAtMs: number;
}

/** What the store has for a camera. */
export type CalibrationReading =
  | { readonly kind: 'found'; readonly calibration: StoredCalibration }
  | { readonly kind: 'none' }
  /** There is an entry that cannot be read; it is left where it is until a new one replaces it. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** The orientation of a picture. */
export type PictureOrientation = 'landscape' | 'portrait';

/** Which way a picture lies. */
export function orientationOf(widthPx: number, heightPx: number): PictureOrientation {
  return heightPx > widthPx ? 'portrait' : 'landscape';
}

/**
 * Calibrations by camera and by the way its picture lies. A camera is known by its name and its device id together, hashed:
 * two of the same make are two cameras. When the browser's data were cleared the id is a new one and the camera must be
 * calibrated again.
 */
export class CalibrationStore {
  readonly #storage: CalibrationStorage;

  constructor(storage: CalibrationStorage) {
    this.#storage = storage;
  }

  /** What is kept for a camera; a calibration of the other orientation serves when there is none of this one. */
  read(camera: CameraFacts, orientation: PictureOrientation): CalibrationReading {
    const own = this.#readKey(keyOf(camera, orientation));
    if (own.kind !== 'none') return own;
    return this.#readKey(keyOf(camera, orientation === 'landscape' ? 'portrait' : 'landscape'));
  }

  /** Keeps a calibration in place of the camera's last one. Throws what the storage throws when it is full or closed. */
  keep(camera: CameraFacts, calibration: StoredCalibration): void {
    const orientation = orientationOf(calibration.widthPx, calibration.heightPx);
    const kept: z.infer<typeof Kept> = { version: 1, orientation, ...calibration };
    this.#storage.setItem(keyOf(camera, orientation), JSON.stringify(kept));
  }

  /** Forgets what is kept for a camera, whichever way its picture lay. */
  forget(camera: CameraFacts): void {
    this.#storage.removeItem(keyOf(camera, 'landscape'));
    this.#storage.removeItem(keyOf(camera, 'portrait'));
  }

  #readKey(key: string): CalibrationReading {
    const text = this.#storage.getItem(key);
    if (text === null) return { kind: 'none' };
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { kind: 'unreadable', why: 'It is not JSON.' };
    }
    const parsed = z.safeParse(Kept, value);
    if (!parsed.success) return { kind: 'unreadable', why: z.prettifyError(parsed.error) };
    const { version: _version, orientation: _orientation, ...calibration } = parsed.data;
    return { kind: 'found', calibration };
  }
}

function keyOf({ label, deviceId }: CameraFacts, orientation: PictureOrientation): string {
  return `vitrine-camera-${hashOf(`${label}\n${deviceId}`)}-${orientation}`;
}

/** FNV-1a over both byte halves of each code unit: a short name, no secret. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
