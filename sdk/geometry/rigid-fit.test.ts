import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { angleBetweenRad, lengthOf, rotateVector, subtractVectors } from './pose-algebra.ts';
import { arbitraryPose, arbitraryVector } from './pose.arbitrary.ts';
import type { Pose, Vec3 } from './pose.ts';
import { fitRigid } from './rigid-fit.ts';

/** A tetrahedron that no rotation maps onto itself, so that every cloud has an attitude. */
const anchorPoints: Vec3[] = [
  [70, 0, 0],
  [0, 55, 0],
  [0, 0, 90],
  [-20, -30, -40],
];

function moved(points: readonly Vec3[], pose: Pose, scale: number): number[] {
  return points.flatMap((point) => {
    const turned = rotateVector(pose.rotation, point);
    return [0, 1, 2].map((axis) => scale * (turned[axis] ?? 0) + (pose.translationMm[axis] ?? 0));
  });
}

describe('the rigid fit', () => {
  it('finds any motion and size again', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryVector(100), { maxLength: 12 }),
        arbitraryPose,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (extra, pose, scale) => {
          const points = [...anchorPoints, ...extra];
          const fit = fitRigid(
            points.flat(),
            moved(points, pose, scale),
            points.map(() => 1),
            false,
          );
          expect(fit).not.toBeNull();
          expect(fit!.scale).toBeCloseTo(scale, 6);
          expect(angleBetweenRad(fit!.pose.rotation, pose.rotation)).toBeLessThan(1e-6);
          expect(lengthOf(subtractVectors(fit!.pose.translationMm, pose.translationMm))).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it('looks away from points without weight', () => {
    const points = [...anchorPoints, [500, 500, 500] as const];
    const target = moved(points, { rotation: [0, 0, 0, 1], translationMm: [1, 2, 3] }, 1);
    target[12] = -9_999;
    const fit = fitRigid(points.flat(), target, [1, 1, 1, 1, 0], true);
    expect(fit?.pose.translationMm[0]).toBeCloseTo(1, 9);
  });

  it('has no answer for too few points or for points without extent', () => {
    expect(fitRigid([0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1], [1, 1], true)).toBeNull();
    expect(fitRigid([1, 1, 1, 1, 1, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1, 2, 2, 2], [1, 1, 1], true)).toBeNull();
  });
});
