import { describe, expect, it } from 'vitest';
import { intrinsicsFromVerticalFov, projectPoint } from '../../sdk/geometry/intrinsics.ts';
import type { Vec3 } from '../../sdk/geometry/pose.ts';
import { coverCrop, FAR_MM, NEAR_MM, writeProjection, type CoverCrop } from './projection.ts';

const offCentre = { ...intrinsicsFromVerticalFov(1280, 720, 0.75), cxPx: 655, cyPx: 341 };
const emptyCrop = (): CoverCrop => ({ xPx: 0, yPx: 0, widthPx: 0, heightPx: 0 });

function clipOf(matrix: readonly number[], [x, y, z]: Vec3): [x: number, y: number, z: number] {
  const row = (i: number): number =>
    matrix[i]! * x + matrix[i + 4]! * y + matrix[i + 8]! * z + matrix[i + 12]!;
  return [row(0) / row(3), row(1) / row(3), row(2) / row(3)];
}

describe('the cover crop', () => {
  it('fills a portrait view from a landscape picture, centred, cutting the sides only', () => {
    expect(coverCrop(offCentre, 1080, 1920, emptyCrop())).toEqual({
      xPx: (1280 - 405) / 2,
      yPx: 0,
      widthPx: 405,
      heightPx: 720,
    });
  });

  it('cuts top and bottom when the view is wider than the picture', () => {
    const crop = coverCrop(offCentre, 1280, 360, emptyCrop());
    expect(crop).toEqual({ xPx: 0, yPx: 180, widthPx: 1280, heightPx: 360 });
  });
});

describe('the projection', () => {
  const points: Vec3[] = [
    [0, 0, -600],
    [120, 80, -450],
    [-64, -110, -900],
  ];

  it.each([
    [1080, 1920],
    [1920, 1080],
    [360, 360],
  ])(
    'draws a point on the very pixel of the picture where the camera saw it (%i × %i)',
    (viewWidth, viewHeight) => {
      const crop = coverCrop(offCentre, viewWidth, viewHeight, emptyCrop());
      const matrix = Array.from({ length: 16 }, () => Number.NaN);
      writeProjection(offCentre, crop, matrix);
      for (const point of points) {
        const [uPx, vPx] = projectPoint(offCentre, point);
        const [x, y] = clipOf(matrix, point);
        expect(((x + 1) / 2) * crop.widthPx + crop.xPx).toBeCloseTo(uPx, 6);
        expect(((1 - y) / 2) * crop.heightPx + crop.yPx).toBeCloseTo(vPx, 6);
      }
    },
  );

  it('keeps depth between the near and the far plane', () => {
    const matrix = Array.from({ length: 16 }, () => 0);
    writeProjection(offCentre, coverCrop(offCentre, 100, 100, emptyCrop()), matrix);
    expect(clipOf(matrix, [0, 0, -NEAR_MM])[2]).toBeCloseTo(-1, 9);
    expect(clipOf(matrix, [0, 0, -FAR_MM])[2]).toBeCloseTo(1, 9);
  });
});
