import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wristBreadthMm, wristDepthMm } from './canonical-hand.ts';
import { defaultIntrinsics, projectPoint } from './intrinsics.ts';
import type { Pose, Quaternion, Vec3 } from './pose.ts';
import {
  addVectors,
  quaternionFromYawPitchRoll,
  rotateVector,
  scaleVector,
  transformPoint,
} from './pose-algebra.ts';
import { WristFit, type SeenWrist } from './wrist-fit.ts';
import type { WristOutline } from './wrist-outline.ts';

const intrinsics = defaultIntrinsics(1280, 720);
/** From the wrist's joint to a watch's place. */
const behindMm = 28;

/** A watch's frame behind a wrist, on an arm that goes so. */
function armAt(jointMm: Vec3, rotation: Quaternion): Pose {
  const back = scaleVector(rotateVector(rotation, [0, 1, 0]), -behindMm);
  return { rotation, translationMm: addVectors(jointMm, back) };
}

/** How far across a direction on the picture the skin of an arm reaches there, pixels: by points all round an elliptic cylinder. */
function reachPx(arm: Pose, share: number, alongMm: number): readonly [low: number, high: number] {
  const [u, v] = projectPoint(intrinsics, transformPoint(arm, [0, alongMm, 0]));
  const [wayU, wayV] = wayOf(arm);
  const across = Array.from({ length: 720 }, (_, step) => {
    const turn = (step * Math.PI) / 360;
    const skin = transformPoint(arm, [
      (share * wristBreadthMm * Math.cos(turn)) / 2,
      alongMm,
      (share * wristDepthMm * Math.sin(turn)) / 2,
    ]);
    const [atU, atV] = projectPoint(intrinsics, skin);
    return (atV - v) * wayU - (atU - u) * wayV;
  });
  return [Math.min(...across), Math.max(...across)];
}

/** The way along an arm on the picture, unit. */
function wayOf(arm: Pose): readonly [number, number] {
  const [u0, v0] = projectPoint(intrinsics, transformPoint(arm, [0, -15, 0]));
  const [u1, v1] = projectPoint(intrinsics, transformPoint(arm, [0, 15, 0]));
  const length = Math.hypot(u1 - u0, v1 - v0);
  return [(u1 - u0) / length, (v1 - v0) / length];
}

/** What a picture shows of an arm that is so broad for its hand. */
function outlineOf(arm: Pose, share: number): WristOutline {
  const [low, high] = reachPx(arm, share, 0);
  const [uPx, vPx] = projectPoint(intrinsics, arm.translationMm);
  const [wayU, wayV] = wayOf(arm);
  const off = (low + high) / 2;
  const along = [wayU, wayV] as const;
  return { uPx: uPx - off * wayV, vPx: vPx + off * wayU, halfPx: (high - low) / 2, along, trust: 0.8 };
}

const turned = (yaw: number, pitch: number, roll: number): Quaternion =>
  quaternionFromYawPitchRoll(yaw, pitch, roll);

function seenAs(jointMm: Vec3, outline: WristOutline | null, timeMs: number): SeenWrist {
  return { jointMm, outline, intrinsics, scale: 1, timeMs };
}

function apartPx(one: Pose, other: Pose): number {
  const [u0, v0] = projectPoint(intrinsics, one.translationMm);
  const [u1, v1] = projectPoint(intrinsics, other.translationMm);
  return Math.hypot(u0 - u1, v0 - v1);
}

/** The angle between two arms on the picture, degrees. */
function bentDeg(one: Pose, other: Pose): number {
  const [[u0, v0], [u1, v1]] = [wayOf(one), wayOf(other)];
  return (Math.abs(Math.atan2(u0 * v1 - v0 * u1, u0 * u1 + v0 * v1)) * 180) / Math.PI;
}

const angle = (reach: number) => fc.double({ min: -reach, max: reach, noNaN: true });

describe('a wrist between its edges', () => {
  it('lies where the arm does, along it and as broad as it is, however the hand is turned and bent, and wherever it is in the picture', () => {
    fc.assert(
      fc.property(
        fc.tuple(angle(1.2), angle(0.5), angle(3)),
        angle(0.7),
        fc.tuple(angle(160), angle(80)),
        fc.double({ min: 0.8, max: 1.3, noNaN: true }),
        ([yaw, pitch, roll], bend, [x, y], share) => {
          const jointMm: Vec3 = [x, y, -520];
          const told = armAt(jointMm, turned(yaw, pitch, roll));
          const arm = armAt(jointMm, turned(yaw, pitch, roll + bend));
          const fit = new WristFit();
          const laid = fit.lay(told, seenAs(jointMm, outlineOf(arm, share), 100));
          // The outline's middle is not quite the axis's picture, and the arm's depth is the hand's.
          expect(apartPx(laid, arm)).toBeLessThan(3);
          expect(bentDeg(laid, arm)).toBeLessThan(4);
          expect(Math.abs(fit.share / share - 1)).toBeLessThan(0.13);
        },
      ),
    );
  });

  const joint: Vec3 = [0, -20, -500];
  const upright = armAt(joint, turned(0, 0, 0));
  const beside = (mm: number): Pose => ({
    ...upright,
    translationMm: addVectors(upright.translationMm, [mm, 0, 0]),
  });

  it('stays as the arm was seen last while the hand bends, and is the hand’s own again after a while', () => {
    const fit = new WristFit();
    const bent = armAt(joint, turned(0, 0, 0.5));
    fit.lay(bent, seenAs(joint, outlineOf(upright, 1), 0));
    // Edges are lost, and the hand is bent the other way.
    const other = armAt(joint, turned(0, 0, -0.2));
    const held = fit.lay(other, seenAs(joint, null, 300));
    expect(bentDeg(held, upright)).toBeLessThan(1);
    expect(apartPx(held, upright)).toBeLessThan(1);
    const fading = fit.lay(other, seenAs(joint, null, 900));
    expect(bentDeg(fading, upright)).toBeGreaterThan(3);
    expect(bentDeg(fading, other)).toBeGreaterThan(3);
    expect(fit.lay(other, seenAs(joint, null, 1_300))).toEqual(other);
  });

  it('does not swing when the hand bends and the arm is still', () => {
    const fit = new WristFit();
    fit.lay(upright, seenAs(joint, outlineOf(upright, 1), 0));
    const bent = armAt(joint, turned(0, 0, 0.5));
    const laid = fit.lay(bent, seenAs(joint, outlineOf(upright, 1), 33));
    expect(bentDeg(laid, upright)).toBeLessThan(1);
    expect(apartPx(laid, upright)).toBeLessThan(1);
  });

  it('takes the first direction whole, also where a place came before it', () => {
    const fit = new WristFit();
    fit.lay(upright, seenAs(joint, { ...outlineOf(upright, 1), along: null }, 0));
    const arm = armAt(joint, turned(0, 0, 0.4));
    expect(bentDeg(fit.lay(upright, seenAs(joint, outlineOf(arm, 1), 33)), arm)).toBeLessThan(1);
  });

  it('takes one odd frame for a part of what it knows, and an unclear one for nothing', () => {
    const fit = new WristFit();
    for (let frame = 0; frame < 20; frame += 1)
      fit.lay(upright, seenAs(joint, outlineOf(upright, 1), frame * 33));
    const faint = { ...outlineOf(beside(12), 1.3), trust: 0.1 };
    expect(apartPx(fit.lay(upright, seenAs(joint, faint, 660)), upright)).toBeLessThan(0.5);
    expect(fit.share).toBeCloseTo(1, 1);
    const odd = fit.lay(upright, seenAs(joint, outlineOf(beside(12), 1.3), 693));
    expect(odd.translationMm[0]).toBeLessThan(7);
    expect(fit.share).toBeLessThan(1.06);
  });

  it('forgets where it lay with the hand, but not how broad it is', () => {
    const fit = new WristFit();
    fit.lay(upright, seenAs(joint, outlineOf(beside(8), 1.2), 0));
    fit.forgetPlace();
    expect(fit.lay(upright, seenAs(joint, null, 33))).toEqual(upright);
    expect(fit.share).toBeCloseTo(1.2, 1);
  });

  it('is of no breadth and no bend that nobody has', () => {
    const fit = new WristFit();
    fit.lay(upright, seenAs(joint, outlineOf(upright, 2), 0));
    expect(fit.share).toBe(1.35);
    const broken = armAt(joint, turned(0, 0, 1.4));
    expect(
      bentDeg(new WristFit().lay(upright, seenAs(joint, outlineOf(broken, 1), 0)), upright),
    ).toBeLessThan(1);
  });

  it('is left as the hand tells it where the arm points at the camera', () => {
    const endOn: Pose = { rotation: turned(0, Math.PI / 2, 0), translationMm: [0, 0, -500] };
    const outline: WristOutline = { uPx: 700, vPx: 360, halfPx: 60, along: null, trust: 1 };
    expect(new WristFit().lay(endOn, seenAs([0, 0, -470], outline, 0))).toEqual(endOn);
  });
});
