import * as fc from 'fast-check';
import type { Pose, Quaternion, Vec3 } from './pose.ts';
import { quaternionFromRotationVector } from './pose-algebra.ts';

const component = (bound: number): fc.Arbitrary<number> =>
  fc.double({ min: -bound, max: bound, noNaN: true, noDefaultInfinity: true });

/** Any vector whose components stay within `bound`. */
export function arbitraryVector(bound: number): fc.Arbitrary<Vec3> {
  return fc.tuple(component(bound), component(bound), component(bound));
}

/** Any attitude. */
export const arbitraryRotation: fc.Arbitrary<Quaternion> = arbitraryVector(Math.PI / 2).map((v) =>
  quaternionFromRotationVector(v),
);

/** Any pose within a metre. */
export const arbitraryPose: fc.Arbitrary<Pose> = fc.record({
  rotation: arbitraryRotation,
  translationMm: arbitraryVector(1_000),
});

/** A head before a camera: 30 cm to 2.5 m away, up to 20 cm off its axis, turned as people in front of a mirror do. */
export const arbitraryHeadPose: fc.Arbitrary<Pose> = fc.record({
  rotation: arbitraryVector(0.45).map((v) => quaternionFromRotationVector(v)),
  translationMm: fc.tuple(
    component(200),
    component(120),
    fc.double({ min: -2_500, max: -400, noNaN: true, noDefaultInfinity: true }),
  ),
});
