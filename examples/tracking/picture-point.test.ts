import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultIntrinsics } from 'vitrine';
import { cameraFromPoint, pictureFromCamera, pictureFromMirror } from './picture-point.ts';

const intrinsics = defaultIntrinsics(1280, 720);

describe('a point before the camera', () => {
  it('appears in the middle of the picture when it lies on the axis', () => {
    expect(pictureFromCamera(intrinsics, [0, 0, -600])).toEqual({ uPx: 640, vPx: 360 });
  });

  it('appears to the right for +x and higher for +y, by the focal length over the distance', () => {
    const at = pictureFromCamera(intrinsics, [60, 30, -600]);
    expect(at?.uPx).toBeCloseTo(640 + intrinsics.fxPx / 10, 9);
    expect(at?.vPx).toBeCloseTo(360 - intrinsics.fyPx / 20, 9);
  });

  it('appears where everything on its line of sight does', () => {
    const mm = fc.double({ min: -2_000, max: 2_000, noNaN: true });
    const farMm = fc.double({ min: -3_000, max: -100, noNaN: true });
    fc.assert(
      fc.property(mm, mm, farMm, fc.double({ min: 0.2, max: 5, noNaN: true }), (x, y, z, times) => {
        const [near, far] = [
          pictureFromCamera(intrinsics, [x, y, z]),
          pictureFromCamera(intrinsics, [x * times, y * times, z * times]),
        ];
        expect(far?.uPx).toBeCloseTo(near?.uPx ?? Number.NaN, 6);
        expect(far?.vPx).toBeCloseTo(near?.vPx ?? Number.NaN, 6);
      }),
    );
  });

  it('appears nowhere when it lies beside or behind the camera', () => {
    expect(pictureFromCamera(intrinsics, [10, 10, 0])).toBeNull();
    expect(pictureFromCamera(intrinsics, [10, 10, 600])).toBeNull();
  });
});

describe('a point of an anchor', () => {
  it('is moved by the translation of an anchor that is not turned', () => {
    const pose = { rotation: [0, 0, 0, 1], translationMm: [1, 2, -600] } as const;
    expect(cameraFromPoint(pose, [10, 20, 30])).toEqual([11, 22, -570]);
  });

  it('turns with its anchor: out of a face turned by 90° towards its own left is the right of the camera', () => {
    const half = Math.SQRT1_2;
    const pose = { rotation: [0, half, 0, half], translationMm: [0, 0, -600] } as const;
    const [x, y, z] = cameraFromPoint(pose, [0, 0, 30]);
    expect([x, y, z].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([30, 0, -600]);
  });
});

describe('a touch on the mirror', () => {
  const mirror = { left: 100, top: 50, width: 640, height: 360 };
  const picture = { width: 1280, height: 720 };

  it('on its left edge is the right edge of the picture', () => {
    expect(pictureFromMirror(mirror, picture, 100, 50)).toEqual({ uPx: 1280, vPx: 0 });
  });

  it('a quarter in from the right and a quarter down is a quarter across and down the picture', () => {
    expect(pictureFromMirror(mirror, picture, 580, 140)).toEqual({ uPx: 320, vPx: 180 });
  });
});
