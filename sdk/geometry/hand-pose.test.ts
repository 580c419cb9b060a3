import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaperSight } from '../../tests/support/paper-hand.ts';
import { paperAngles, seePaperHand } from '../../tests/support/paper-hand.ts';
import { ringPhalanx } from './canonical-hand.ts';
import { leftHandSight, leftness } from './hand-landmarks.ts';
import type { HandPose } from './hand-pose.ts';
import { solveHandPose } from './hand-pose.ts';
import { arbitraryHandPose, arbitraryJointAngles } from './hand.arbitrary.ts';
import { defaultIntrinsics, projectPoint } from './intrinsics.ts';
import type { Vec3 } from './pose.ts';
import { lengthOf, scaleVector, subtractVectors } from './pose-algebra.ts';

const intrinsics = defaultIntrinsics(1280, 720);
const upright = { rotation: [0, 0, 0, 1], translationMm: [0, -60, -500] } as const;
const side = fc.constantFrom('left' as const, 'right' as const);

function solved(seen: PaperSight): HandPose {
  const pose = solveHandPose(
    leftHandSight(seen.landmarks, seen.worldMm, seen.side === 'left', intrinsics),
    intrinsics,
  );
  if (pose === null) throw new Error('no pose');
  return pose;
}

function joint(jointsMm: ArrayLike<number>, landmark: number, mirror = 1): Vec3 {
  const at = landmark * 3;
  return [(jointsMm[at] ?? 0) * mirror, jointsMm[at + 1] ?? 0, jointsMm[at + 2] ?? 0];
}

function axisErrorsRad(seen: PaperSight): number[] {
  const pose = solved(seen);
  const mirror = seen.side === 'left' ? 1 : -1;
  return [0, 1, 2, 3, 4].map((finger) => {
    const from = ringPhalanx(finger);
    const [a, b] = [
      subtractVectors(joint(seen.jointsMm, from + 1), joint(seen.jointsMm, from)),
      subtractVectors(joint(pose.jointsMm, from + 1, mirror), joint(pose.jointsMm, from, mirror)),
    ];
    const [u, v] = [scaleVector(a, 1 / lengthOf(a)), scaleVector(b, 1 / lengthOf(b))];
    return Math.acos(Math.min(1, u[0] * v[0] + u[1] * v[1] + u[2] * v[2]));
  });
}

describe('the pose of a hand', () => {
  it('is found again, palm or back shown, left or right, within what joints use to do', () => {
    const medians: number[] = [];
    fc.assert(
      fc.property(arbitraryHandPose, arbitraryJointAngles, side, (cameraFromHand, anglesRad, which) => {
        const seen = seePaperHand({ side: which, cameraFromHand, anglesRad, scale: 1 }, intrinsics);
        const errors = axisErrorsRad(seen!).toSorted((a, b) => a - b);
        medians.push(errors[2] ?? Infinity);
        expect(errors[2]).toBeLessThan(0.1);
      }),
      { numRuns: 80, seed: 7 },
    );
    expect(medians.toSorted((a, b) => a - b)[40]).toBeLessThan(0.035);
  });

  it('puts every joint on the very pixel on which it was seen', () => {
    fc.assert(
      fc.property(arbitraryHandPose, arbitraryJointAngles, side, (cameraFromHand, anglesRad, which) => {
        const seen = seePaperHand({ side: which, cameraFromHand, anglesRad, scale: 1.1 }, intrinsics)!;
        const pose = solved(seen);
        for (let landmark = 0; landmark < 21; landmark += 1) {
          const [uPx, vPx] = projectPoint(
            intrinsics,
            joint(pose.jointsMm, landmark, which === 'left' ? 1 : -1),
          );
          expect(uPx).toBeCloseTo((seen.landmarks[landmark * 3] ?? 0) * 1280, 2);
          expect(vPx).toBeCloseTo((seen.landmarks[landmark * 3 + 1] ?? 0) * 720, 2);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keeps bones at their length when the network shortens a bent finger', () => {
    const seen = seePaperHand(
      { side: 'left', cameraFromHand: upright, anglesRad: paperAngles(0.7), scale: 1 },
      intrinsics,
    )!;
    const shrunk = seen.worldMm.map((value) => value * 0.8);
    const pose = solveHandPose(leftHandSight(seen.landmarks, shrunk, true, intrinsics), intrinsics);
    const lengthMm = lengthOf(subtractVectors(joint(pose!.jointsMm, 14), joint(pose!.jointsMm, 13)));
    const trueMm = lengthOf(subtractVectors(joint(seen.jointsMm, 14), joint(seen.jointsMm, 13)));
    expect(lengthMm / trueMm).toBeGreaterThan(0.95);
    expect(lengthMm / trueMm).toBeLessThan(1.05);
  });

  it('is unknown for landmarks that coincide', () => {
    const nowhere = leftHandSight(new Float32Array(63).fill(0.5), new Float32Array(63), true, intrinsics);
    expect(solveHandPose(nowhere, intrinsics)).toBeNull();
  });
});

describe('the side of a hand', () => {
  it('shows in the way its fingers bend, from either side', () => {
    for (const rotation of [
      [0, 0, 0, 1],
      [0, 1, 0, 0],
    ] as const) {
      for (const which of ['left', 'right'] as const) {
        const seen = seePaperHand(
          {
            side: which,
            cameraFromHand: { rotation, translationMm: [0, -60, -500] },
            anglesRad: paperAngles(0.5),
            scale: 1,
          },
          intrinsics,
        )!;
        const told = leftness(seen.worldMm);
        expect(which === 'left' ? told : -told).toBeGreaterThan(0.2);
      }
    }
  });
});
