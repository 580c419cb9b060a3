import { assert, double, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paperFace } from '../../tests/support/paper-face.ts';
import { cardOnFace, CardScaleEstimator, cardSightsNeeded } from './card-scale.ts';
import { cardHeightMm, cardThicknessMm, cardWidthMm, projectCard } from './card.ts';
import { defaultIntrinsics } from './intrinsics.ts';
import type { Pose, Vec3 } from './pose.ts';
import { composePoses, quaternionFromYawPitchRoll, rotateVector, scaleVector } from './pose-algebra.ts';

const intrinsics = defaultIntrinsics(1280, 720);
const { verticesMm } = paperFace();

/** A card against the forehead of a face so many times as large as the canonical one, in that head's frame. */
function onForehead(size: number, leanRad: number, gapMm = 0): Pose {
  const rotation = quaternionFromYawPitchRoll(0, -leanRad, 0);
  const [right, up, out] = (
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ] as const
  ).map((axis) => rotateVector(rotation, axis));
  const along = (axis: Vec3 | undefined, point: Vec3): number =>
    axis === undefined ? 0 : axis[0] * point[0] + axis[1] * point[1] + axis[2] * point[2];
  const middle = along(up, [0, 62 * size, 40 * size]);
  let nearest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < verticesMm.length; at += 3) {
    const point: Vec3 = [
      (verticesMm[at] ?? 0) * size,
      (verticesMm[at + 1] ?? 0) * size,
      (verticesMm[at + 2] ?? 0) * size,
    ];
    if (Math.abs(along(right, point)) > cardWidthMm / 2) continue;
    if (Math.abs(along(up, point) - middle) > cardHeightMm / 2) continue;
    nearest = Math.max(nearest, along(out, point));
  }
  return { rotation, translationMm: rotateVector(rotation, [0, middle, nearest + cardThicknessMm + gapMm]) };
}

/** The head where it stands, and where a tracker has it that takes it for the canonical one. */
function seen(size: number, cameraFromHead: Pose): Pose {
  return { ...cameraFromHead, translationMm: scaleVector(cameraFromHead.translationMm, 1 / size) };
}

const anyHead = record({
  size: double({ min: 0.9, max: 1.1, noNaN: true }),
  yaw: double({ min: -0.3, max: 0.3, noNaN: true }),
  pitch: double({ min: -0.2, max: 0.2, noNaN: true }),
  distanceMm: double({ min: 450, max: 900, noNaN: true }),
  leanRad: double({ min: 0.2, max: 0.36, noNaN: true }),
});

describe('a card against a forehead', () => {
  it('tells the size of the face to less than a percent, however the head is turned', () => {
    assert(
      property(anyHead, ({ size, yaw, pitch, distanceMm, leanRad }) => {
        const cameraFromHead: Pose = {
          rotation: quaternionFromYawPitchRoll(yaw, pitch, 0),
          translationMm: [20, -10, -distanceMm],
        };
        const corners = projectCard(intrinsics, composePoses(cameraFromHead, onForehead(size, leanRad)));
        const told = cardOnFace(corners, intrinsics, verticesMm, seen(size, cameraFromHead));
        expect(told?.kind).toBe('held');
        if (told?.kind === 'held') expect(Math.abs(told.scale / size - 1)).toBeLessThan(0.007);
      }),
    );
  });

  it('is not taken for one that is held far before the face, or turned away from it', () => {
    const cameraFromHead: Pose = { rotation: [0, 0, 0, 1], translationMm: [0, 0, -500] };
    const tell = (cameraFromCard: Pose) =>
      cardOnFace(projectCard(intrinsics, cameraFromCard), intrinsics, verticesMm, cameraFromHead);
    expect(tell(composePoses(cameraFromHead, onForehead(1, 0.2, 120)))).toEqual({
      kind: 'amiss',
      why: 'away',
    });
    const turned = onForehead(1, 0.2);
    expect(
      tell(composePoses(cameraFromHead, { ...turned, rotation: quaternionFromYawPitchRoll(0.8, 0, 0) })),
    ).toEqual({ kind: 'amiss', why: 'tilted' });
    expect(tell({ rotation: [0, 0, 0, 1], translationMm: [220, 0, -450] })).toEqual({
      kind: 'amiss',
      why: 'away',
    });
  });
});

describe('the size from a card', () => {
  const sights = (estimator: CardScaleEstimator, count: number, scale = 1.03, distanceMm = 600) => {
    for (let sight = 0; sight < count; sight += 1) estimator.observe({ kind: 'held', scale, distanceMm });
  };

  it('is told after enough sights, and anew after the next hold', () => {
    const estimator = new CardScaleEstimator();
    sights(estimator, cardSightsNeeded - 1);
    expect(estimator.estimate()).toBeNull();
    sights(estimator, 1);
    expect(estimator.estimate()).toMatchObject({ scale: 1.03, samples: cardSightsNeeded });
    estimator.reset();
    expect(estimator.estimate()).toBeNull();
  });

  it('is not moved by a moment in which the card had slipped', () => {
    const estimator = new CardScaleEstimator();
    sights(estimator, cardSightsNeeded);
    sights(estimator, 2, 1.11);
    expect(estimator.estimate()?.scale).toBeCloseTo(1.03, 6);
  });

  it('is surer from farther away, and never surer than a hand and a forehead allow', () => {
    const at = (distanceMm: number) => {
      const estimator = new CardScaleEstimator();
      sights(estimator, 40, 1, distanceMm);
      return estimator.estimate()?.plusMinus ?? 0;
    };
    expect(at(800)).toBeLessThan(at(400));
    expect(at(800) * 63).toBeGreaterThan(0.4);
  });
});
