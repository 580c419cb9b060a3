import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wristBreadthMm, wristDepthMm } from './canonical-hand.ts';
import { defaultIntrinsics, projectPoint } from './intrinsics.ts';
import type { Pose, Vec3 } from './pose.ts';
import {
  addVectors,
  crossVectors,
  dotVectors,
  lengthOf,
  quaternionFromYawPitchRoll,
  rotateVector,
  scaleVector,
} from './pose-algebra.ts';
import { WristFit } from './wrist-fit.ts';
import type { WristOutline } from './wrist-outline.ts';

const intrinsics = defaultIntrinsics(1280, 720);
const angle = (reach: number) => fc.double({ min: -reach, max: reach, noNaN: true });

/** What a picture shows of an arm that is so broad for its hand, and that truly lies as `arm` does. */
function outlineOf(arm: Pose, share: number, isFartherSeen = true): WristOutline {
  const { rotation, translationMm } = arm;
  const [uPx, vPx] = projectPoint(intrinsics, translationMm);
  const alongMm = rotateVector(rotation, [0, 1, 0]);
  const across = crossVectors(alongMm, translationMm);
  const side = scaleVector(across, 1 / lengthOf(across));
  const breadthMm = Math.hypot(
    wristBreadthMm * dotVectors(side, rotateVector(rotation, [1, 0, 0])),
    wristDepthMm * dotVectors(side, rotateVector(rotation, [0, 0, 1])),
  );
  const [u, v] = projectPoint(intrinsics, addVectors(translationMm, scaleVector(alongMm, 5)));
  const length = Math.hypot(u - uPx, v - vPx);
  return {
    uPx,
    vPx,
    halfPx: (share * breadthMm * intrinsics.fxPx) / -translationMm[2] / 2,
    along: isFartherSeen ? [(u - uPx) / length, (v - vPx) / length] : null,
    trust: 0.8,
  };
}

function poseOf(yaw: number, pitch: number, roll: number, translationMm: Vec3): Pose {
  return { rotation: quaternionFromYawPitchRoll(yaw, pitch, roll), translationMm };
}

/** How far apart two places are on the picture, pixels. */
function apartPx(one: Pose, other: Pose): number {
  const [[u0, v0], [u1, v1]] = [one, other].map(({ translationMm }) =>
    projectPoint(intrinsics, translationMm),
  ) as [[number, number], [number, number]];
  return Math.hypot(u0 - u1, v0 - v1);
}

/** The angle between two arms on the picture, degrees. */
function bentDeg(one: Pose, other: Pose): number {
  const directionOf = ({ rotation, translationMm }: Pose): number => {
    const [u0, v0] = projectPoint(intrinsics, translationMm);
    const tip = addVectors(translationMm, rotateVector(rotation, [0, 5, 0]));
    const [u1, v1] = projectPoint(intrinsics, tip);
    return Math.atan2(v1 - v0, u1 - u0);
  };
  const turned = Math.abs(directionOf(one) - directionOf(other)) % (2 * Math.PI);
  return (Math.min(turned, 2 * Math.PI - turned) * 180) / Math.PI;
}

describe('a wrist between its edges', () => {
  it('is as broad as it is seen, lies where it is seen and goes on as the arm does, however the hand is turned', () => {
    fc.assert(
      fc.property(
        fc.tuple(angle(1.2), angle(0.6), angle(3)),
        angle(0.5),
        angle(14),
        fc.double({ min: 0.8, max: 1.3, noNaN: true }),
        ([yaw, pitch, roll], bend, offMm, share) => {
          const told = poseOf(yaw, pitch, roll, [40, -60, -520]);
          const across = crossVectors(rotateVector(told.rotation, [0, 1, 0]), told.translationMm);
          const offset = scaleVector(across, offMm / lengthOf(across));
          const true_ = poseOf(yaw, pitch, roll + bend, addVectors(told.translationMm, offset));
          const fit = new WristFit();
          const laid = fit.lay(told, outlineOf(true_, share), intrinsics, 1);
          expect(apartPx(laid, true_)).toBeLessThan(0.12 * apartPx(told, true_) + 1.5);
          expect(bentDeg(laid, true_)).toBeLessThan(0.1 * bentDeg(told, true_) + 2.5);
          expect(Math.abs(fit.share / share - 1)).toBeLessThan(0.2);
        },
      ),
    );
  });

  it('stays as broad and where it was while its edges are not clear, and forgets its place with the hand', () => {
    const told = poseOf(0, 0, 0, [0, -60, -500]);
    const beside = poseOf(0, 0, 0, [8, -60, -500]);
    const fit = new WristFit();
    const seen = fit.lay(told, outlineOf(beside, 1.2), intrinsics, 1);
    expect(seen.translationMm[0]).toBeCloseTo(8, 1);
    expect(fit.lay(told, null, intrinsics, 1)).toEqual(seen);
    const faint = { ...outlineOf(told, 0.8), trust: 0.1 };
    expect(fit.lay(told, faint, intrinsics, 1)).toEqual(seen);
    expect(fit.share).toBeCloseTo(1.2, 2);
    fit.forgetPlace();
    expect(fit.lay(told, null, intrinsics, 1)).toEqual(told);
    expect(fit.share).toBeCloseTo(1.2, 2);
  });

  it('takes one odd frame for a small part of what it knows', () => {
    const told = poseOf(0, 0, 0, [0, -60, -500]);
    const fit = new WristFit();
    for (let frame = 0; frame < 20; frame += 1) fit.lay(told, outlineOf(told, 1), intrinsics, 1);
    const odd = fit.lay(told, outlineOf(poseOf(0, 0, 0, [12, -60, -500]), 1.3), intrinsics, 1);
    expect(odd.translationMm[0]).toBeLessThan(5);
    expect(fit.share).toBeLessThan(1.05);
  });

  it('is left as the hand tells it where the arm points at the camera', () => {
    const endOn = poseOf(0, Math.PI / 2, 0, [0, 0, -500]);
    const outline: WristOutline = { uPx: 700, vPx: 360, halfPx: 60, along: null, trust: 1 };
    expect(new WristFit().lay(endOn, outline, intrinsics, 1)).toEqual(endOn);
  });
});
