import { describe, expect, it } from 'vitest';
import { paperFace } from '../../tests/support/paper-face.ts';
import { projectFace } from '../geometry/face-projection.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import { cropAround, followCrop, placeOf, uncrop } from './face-crop.ts';
import type { FacePlace } from './picture-region.ts';

const picture = { widthPx: 1280, heightPx: 720 };
const face: FacePlace = { uPx: 500, vPx: 300, heightPx: 100 };

describe('the crop around a face', () => {
  it('is a square about the face, within the picture', () => {
    expect(cropAround(face, picture)).toEqual({ xPx: 370, yPx: 170, widthPx: 260, heightPx: 260 });
    expect(cropAround({ uPx: 5, vPx: 715, heightPx: 200 }, picture)).toEqual({
      xPx: 0,
      yPx: 200,
      widthPx: 520,
      heightPx: 520,
    });
  });

  it('stays where it is while the face stays inside', () => {
    const crop = cropAround(face, picture);
    expect(followCrop(crop, { ...face, uPx: 520, vPx: 285 }, picture)).toBe(crop);
  });

  it('follows a face that moves on, by steps no larger than a head moves, until it is centred again', () => {
    let crop = cropAround(face, picture);
    const moved = { ...face, uPx: 580 };
    let steps = 0;
    for (; steps < 20; steps += 1) {
      const next = followCrop(crop, moved, picture);
      if (next === crop) break;
      expect(Math.abs(next.xPx - crop.xPx)).toBeLessThanOrEqual(12);
      crop = next;
    }
    expect(steps).toBeGreaterThan(2);
    expect(Math.abs(crop.xPx + crop.widthPx / 2 - 580)).toBeLessThan(0.13 * crop.widthPx);
  });

  it('is made anew when the face has come near or gone away', () => {
    const crop = cropAround(face, picture);
    expect(followCrop(crop, { ...face, heightPx: 170 }, picture).widthPx).toBe(442);
    expect(followCrop(crop, { ...face, heightPx: 60 }, picture).widthPx).toBe(156);
  });

  it('is the whole picture for a near face, which then may move as it likes', () => {
    const whole = { xPx: 0, yPx: 0, ...picture };
    const near = { ...face, heightPx: 300 };
    expect(cropAround(near, picture)).toEqual(whole);
    expect(followCrop(whole, { ...near, uPx: 900, heightPx: 180 }, picture)).toBe(whole);
    expect(followCrop(whole, { ...near, heightPx: 160 }, picture).widthPx).toBe(416);
    expect(followCrop(cropAround(face, picture), near, picture)).toEqual(whole);
  });

  it('gives landmarks back to the whole picture, depth included', () => {
    const intrinsics = defaultIntrinsics(picture.widthPx, picture.heightPx);
    const pose = { rotation: [0, 0, 0, 1], translationMm: [-90, 40, -900] } as const;
    const whole = projectFace(paperFace(), pose, 1, intrinsics)!;
    const crop = cropAround(placeOf(whole, picture)!, picture);
    const cropped = whole.slice();
    for (let at = 0; at < cropped.length; at += 3) {
      cropped[at] = ((whole[at] ?? 0) * picture.widthPx - crop.xPx) / crop.widthPx;
      cropped[at + 1] = ((whole[at + 1] ?? 0) * picture.heightPx - crop.yPx) / crop.heightPx;
      cropped[at + 2] = ((whole[at + 2] ?? 0) * picture.widthPx) / crop.widthPx;
    }
    uncrop(cropped, crop, picture).forEach((value, at) => expect(value).toBeCloseTo(whole[at] ?? 0, 5));
  });

  it('is refused for landmarks that are none', () => {
    expect(placeOf(new Float32Array(9), picture)).toBeNull();
    expect(placeOf(new Float32Array(478 * 3).fill(Number.NaN), picture)).toBeNull();
    expect(placeOf(new Float32Array(478 * 3), picture)).toBeNull();
  });
});
