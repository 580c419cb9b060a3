import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pose, Quaternion, Vec3 } from './pose.ts';
import {
  angleBetweenRad,
  composePoses,
  identityRotation,
  invertPose,
  lengthOf,
  quaternionFromMatrix,
  quaternionFromRotationVector,
  quaternionFromYawPitchRoll,
  rotateVector,
  rotationVectorFromQuaternion,
  slerp,
  subtractVectors,
  transformPoint,
} from './pose-algebra.ts';
import { arbitraryPose, arbitraryRotation, arbitraryVector } from './pose.arbitrary.ts';

function expectClose(a: Vec3, b: Vec3, toleranceMm: number): void {
  expect(lengthOf(subtractVectors(a, b))).toBeLessThan(toleranceMm);
}

function matrixOf(q: Quaternion): number[] {
  const columns = (
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ] as const
  ).map((axis) => rotateVector(q, axis));
  return [0, 1, 2].flatMap((row) => columns.map((column) => column[row] ?? 0));
}

describe('poses', () => {
  it('undo themselves', () => {
    fc.assert(
      fc.property(arbitraryPose, arbitraryVector(500), (pose, point) => {
        expectClose(transformPoint(invertPose(pose), transformPoint(pose, point)), point, 1e-8);
      }),
    );
  });

  it('compose as the motions do, one after the other', () => {
    fc.assert(
      fc.property(arbitraryPose, arbitraryPose, arbitraryVector(500), (a: Pose, b: Pose, point) => {
        expectClose(
          transformPoint(composePoses(a, b), point),
          transformPoint(a, transformPoint(b, point)),
          1e-8,
        );
      }),
    );
  });

  it('keep lengths', () => {
    fc.assert(
      fc.property(arbitraryRotation, arbitraryVector(500), (rotation, v) => {
        expect(lengthOf(rotateVector(rotation, v))).toBeCloseTo(lengthOf(v), 8);
      }),
    );
  });
});

describe('rotations', () => {
  it('survive the way to a rotation vector and to a matrix and back', () => {
    fc.assert(
      fc.property(arbitraryRotation, (rotation) => {
        const byVector = quaternionFromRotationVector(rotationVectorFromQuaternion(rotation));
        expect(angleBetweenRad(rotation, byVector)).toBeLessThan(1e-7);
        expect(angleBetweenRad(rotation, quaternionFromMatrix(matrixOf(rotation)))).toBeLessThan(1e-7);
      }),
    );
  });

  it('interpolate at constant speed, the shorter way round', () => {
    fc.assert(
      fc.property(
        arbitraryRotation,
        arbitraryRotation,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, t) => {
          expect(angleBetweenRad(a, slerp(a, b, t))).toBeCloseTo(t * angleBetweenRad(a, b), 6);
        },
      ),
    );
  });

  it('turn a head the way their names say', () => {
    const nose: Vec3 = [0, 0, 1];
    expect(rotateVector(quaternionFromYawPitchRoll(0.3, 0, 0), nose)[0]).toBeGreaterThan(0.2);
    expect(rotateVector(quaternionFromYawPitchRoll(0, 0.3, 0), nose)[1]).toBeLessThan(-0.2);
    expect(rotateVector(quaternionFromYawPitchRoll(0, 0, 0.3), [1, 0, 0])[1]).toBeGreaterThan(0.2);
    expect(quaternionFromYawPitchRoll(0, 0, 0)).toEqual(identityRotation);
  });
});
