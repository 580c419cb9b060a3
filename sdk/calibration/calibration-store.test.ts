import { describe, expect, it } from 'vitest';
import { defaultIntrinsics, verticalFovRad } from '../geometry/intrinsics.ts';
import type { CalibrationStorage, StoredCalibration } from './calibration-store.ts';
import { CalibrationStore } from './calibration-store.ts';
import { createIntrinsicsFor } from './camera-intrinsics-source.ts';
import type { CameraFacts } from './camera-facts.ts';
import { cameraFactsOf } from './camera-facts.ts';

class PlainStorage implements CalibrationStorage {
  readonly entries = new Map<string, string>();
  getItem(key: string): string | null {
    return this.entries.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.entries.set(key, value);
  }
  removeItem(key: string): void {
    this.entries.delete(key);
  }
}

const camera: CameraFacts = { label: 'Boutique cam', deviceId: 'a1', zoom: null, sensorAspect: 16 / 9 };
const calibration: StoredCalibration = {
  widthPx: 1280,
  heightPx: 720,
  focalPx: 800,
  focalPlusMinusPx: 5,
  zoom: null,
  sensorAspect: 16 / 9,
  rmsPx: 0.3,
  views: 8,
  madeAtMs: 1_000,
};
const told: string[] = [];
const noteUnreadable = (why: string): void => void told.push(why);

describe('a kept calibration', () => {
  it('is found again for the same camera, and for no other', () => {
    const store = new CalibrationStore(new PlainStorage());
    store.keep(camera, calibration);
    expect(store.read(camera, 'landscape')).toEqual({ kind: 'found', calibration });
    expect(store.read({ ...camera, deviceId: 'b2' }, 'landscape')).toEqual({ kind: 'none' });
    expect(store.read({ ...camera, label: 'Another' }, 'landscape')).toEqual({ kind: 'none' });
  });

  it('names neither the camera nor its id in the storage', () => {
    const storage = new PlainStorage();
    new CalibrationStore(storage).keep(camera, calibration);
    expect(JSON.stringify(Array.from(storage.entries))).not.toMatch(/Boutique|a1/);
  });

  it('serves a camera that was turned on its side, until that way is calibrated itself', () => {
    const store = new CalibrationStore(new PlainStorage());
    store.keep(camera, calibration);
    expect(store.read(camera, 'portrait')).toMatchObject({ calibration: { focalPx: 800 } });
    store.keep(camera, { ...calibration, widthPx: 720, heightPx: 1280, focalPx: 810 });
    expect(store.read(camera, 'portrait')).toMatchObject({ calibration: { focalPx: 810 } });
    expect(store.read(camera, 'landscape')).toMatchObject({ calibration: { focalPx: 800 } });
  });

  it.each(['not json', '{"version":2}', '{"version":1,"focalPx":-3}'])(
    'that was corrupted is told and left alone: %s',
    (text) => {
      const storage = new PlainStorage();
      const store = new CalibrationStore(storage);
      store.keep(camera, calibration);
      const [key = ''] = Array.from(storage.entries.keys());
      storage.setItem(key, text);
      told.length = 0;
      const intrinsicsFor = createIntrinsicsFor(storage, noteUnreadable);
      expect(intrinsicsFor(1280, 720, camera).source).toBe('default');
      expect(intrinsicsFor(1280, 720, camera).source).toBe('default');
      expect(told.length).toBe(1);
      expect(storage.getItem(key)).toBe(text);
    },
  );

  it('can be forgotten', () => {
    const storage = new PlainStorage();
    const store = new CalibrationStore(storage);
    store.keep(camera, calibration);
    store.forget(camera);
    expect(storage.entries.size).toBe(0);
  });
});

describe('the intrinsics of a picture', () => {
  it('are the kept calibration’s, whatever the size and the turn', () => {
    const storage = new PlainStorage();
    new CalibrationStore(storage).keep(camera, calibration);
    const intrinsicsFor = createIntrinsicsFor(storage, noteUnreadable);
    expect(intrinsicsFor(1280, 720, camera)).toMatchObject({ fxPx: 800, source: 'calibration' });
    expect(intrinsicsFor(1080, 1920, camera)).toMatchObject({ fxPx: 1200, cxPx: 540 });
  });

  it('are what the maker publishes when nobody calibrated the camera', () => {
    const intrinsicsFor = createIntrinsicsFor(new PlainStorage(), noteUnreadable);
    const wide = intrinsicsFor(1920, 1080, { ...camera, label: 'Logitech Webcam C930e (046d:0843)' });
    expect(wide.source).toBe('track-settings');
    expect((verticalFovRad(wide) * 180) / Math.PI).toBeCloseTo(52.24, 1);
    const zoomed = intrinsicsFor(1920, 1080, { ...camera, label: 'C930e', zoom: 2 });
    expect(zoomed.fxPx).toBeCloseTo(2 * wide.fxPx, 6);
  });

  it('are the stated default otherwise, and without any storage', () => {
    expect(createIntrinsicsFor(null, noteUnreadable)(640, 480, camera)).toEqual(defaultIntrinsics(640, 480));
  });
});

describe('what a track tells', () => {
  it('is read where the browser tells it, and missing where not', () => {
    expect(
      cameraFactsOf({
        label: 'Cam',
        getSettings: () => ({ deviceId: 'x', zoom: 1.5 }),
        getCapabilities: () => ({ width: { max: 2592 }, height: { max: 1944 } }),
      }),
    ).toEqual({ label: 'Cam', deviceId: 'x', zoom: 1.5, sensorAspect: 4 / 3 });
    expect(cameraFactsOf({ label: '' })).toEqual({ label: '', deviceId: '', zoom: null, sensorAspect: null });
  });
});
