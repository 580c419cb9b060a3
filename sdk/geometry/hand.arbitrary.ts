import * as fc from 'fast-check';
import { jointHabits } from './hand-kinematics.ts';
import type { Pose } from './pose.ts';
import { multiplyQuaternions, quaternionFromRotationVector } from './pose-algebra.ts';
import { arbitraryVector } from './pose.arbitrary.ts';

/** Joint angles that a hand before a mirror shows: from nearly straight to well bent, each joint for itself. */
export const arbitraryJointAngles: fc.Arbitrary<Float64Array> = fc
  .array(fc.double({ min: -0.5, max: 1, noNaN: true }), {
    minLength: jointHabits.length,
    maxLength: jointHabits.length,
  })
  .map((shares) =>
    Float64Array.from(jointHabits, ({ restRad, spreadRad, leastRad, mostRad }, joint) =>
      Math.min(mostRad, Math.max(leastRad, restRad + spreadRad * (shares[joint] ?? 0))),
    ),
  );

/** A hand held up before a camera, its palm or its back shown, turned and tilted as people do, 35 to 80 cm away. */
export const arbitraryHandPose: fc.Arbitrary<Pose> = fc.record({
  rotation: fc
    .tuple(arbitraryVector(0.45), fc.boolean())
    .map(([v, palm]) =>
      multiplyQuaternions(quaternionFromRotationVector(v), palm ? [0, 1, 0, 0] : [0, 0, 0, 1]),
    ),
  translationMm: fc.tuple(
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.double({ min: -90, max: 30, noNaN: true }),
    fc.double({ min: -800, max: -350, noNaN: true }),
  ),
});
