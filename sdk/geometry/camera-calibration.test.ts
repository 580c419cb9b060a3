import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CameraCalibration } from './camera-calibration.ts';
import { intrinsicsForPicture } from './camera-calibration.ts';

const calibration: CameraCalibration = {
  widthPx: 1280,
  heightPx: 720,
  focalPx: 900,
  focalPlusMinusPx: 6,
  zoom: null,
  sensorAspect: null,
};

describe('a calibration on another picture', () => {
  it('is itself on a picture like those it was made on', () => {
    expect(intrinsicsForPicture(calibration, 1280, 720, null)).toEqual({
      widthPx: 1280,
      heightPx: 720,
      fxPx: 900,
      fyPx: 900,
      cxPx: 640,
      cyPx: 360,
      source: 'calibration',
    });
  });

  it('grows with the resolution', () => {
    expect(intrinsicsForPicture(calibration, 1920, 1080, null).fxPx).toBeCloseTo(1350, 9);
  });

  it('keeps its focal length, in pixels, when the camera lies on its side', () => {
    const upright = intrinsicsForPicture(calibration, 720, 1280, null);
    expect(upright).toMatchObject({ fxPx: 900, fyPx: 900, cxPx: 360, cyPx: 640 });
  });

  it('keeps the shorter side’s angle on a 4:3 picture of a 16:9 sensor, the longer one’s on a 16:9 picture of a 4:3 sensor', () => {
    expect(intrinsicsForPicture(calibration, 640, 480, null).fxPx).toBeCloseTo(600, 9);
    const ofTablet = { ...calibration, sensorAspect: 4 / 3 };
    expect(intrinsicsForPicture(ofTablet, 1280, 960, null).fxPx).toBeCloseTo(900, 9);
    expect(intrinsicsForPicture(ofTablet, 640, 480, null).fxPx).toBeCloseTo(450, 9);
  });

  it('follows the digital zoom, whatever number the driver gives to none', () => {
    const unzoomed = { ...calibration, zoom: 100 };
    expect(intrinsicsForPicture(unzoomed, 1280, 720, 150).fxPx).toBeCloseTo(1350, 9);
    expect(intrinsicsForPicture(unzoomed, 1280, 720, null).fxPx).toBeCloseTo(900, 9);
    expect(intrinsicsForPicture(calibration, 1280, 720, 2).fxPx).toBeCloseTo(900, 9);
  });

  it('comes back unchanged from any other picture', () => {
    const side = fc.integer({ min: 120, max: 4_096 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.constantFrom(null, 4 / 3, 3 / 2, 16 / 9),
        (widthPx, heightPx, sensorAspect) => {
          const there = intrinsicsForPicture({ ...calibration, sensorAspect }, widthPx, heightPx, null);
          const back = intrinsicsForPicture(
            { ...calibration, widthPx, heightPx, focalPx: there.fxPx, sensorAspect },
            1280,
            720,
            null,
          );
          expect(back.fxPx).toBeCloseTo(900, 6);
        },
      ),
    );
  });
});
