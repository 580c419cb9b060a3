import { assert, constantFrom, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../bench/registration/sampling.ts';
import type { Pose } from '../geometry/pose.ts';
import {
  angleBetweenRad,
  lengthOf,
  quaternionFromYawPitchRoll,
  subtractVectors,
} from '../geometry/pose-algebra.ts';
import { PoseFilter } from './pose-filter.ts';

const depthMm = 600;

function headAt(xMm: number, yawRad = 0): Pose {
  return { rotation: quaternionFromYawPitchRoll(yawRad, 0, 0), translationMm: [xMm, 0, -depthMm] };
}

/** A head at rest, then moving sideways at a speed, then stopped. */
function moveAndStop(timeMs: number, speedMmPerS: number): number {
  return (speedMmPerS * Math.min(800, Math.max(0, timeMs - 500))) / 1_000;
}

function filtered(
  framesPerSecond: number,
  untilMs: number,
  poseAt: (timeMs: number) => Pose,
): { timeMs: number; pose: Pose }[] {
  const filter = new PoseFilter();
  return Array.from({ length: Math.round((untilMs * framesPerSecond) / 1_000) }, (_, frame) => {
    const timeMs = (frame * 1_000) / framesPerSecond;
    return { timeMs, pose: filter.filter(timeMs, poseAt(timeMs)) };
  });
}

describe('a piece on a face that rests', () => {
  it('trembles at most a quarter as much as what was measured, at any frame rate', () => {
    for (const framesPerSecond of [15, 30, 60]) {
      const random = seededRandom(3);
      const noise = (): number => random() + random() + random() + random() - 2;
      const raw: number[] = [];
      const shown = filtered(framesPerSecond, 8_000, () => {
        const xMm = 0.05 * noise();
        raw.push(xMm);
        return headAt(xMm, 0.0005 * noise());
      }).map(({ pose }) => pose.translationMm[0]);
      const settled = framesPerSecond * 2;
      expect(spread(shown.slice(settled))).toBeLessThan(0.25 * spread(raw.slice(settled)));
    }
  });

  it('does not move at all when nothing that is measured does', () => {
    const still = headAt(20, 0.3);
    for (const { pose } of filtered(30, 1_000, () => still)) {
      expect(lengthOf(subtractVectors(pose.translationMm, still.translationMm))).toBeLessThan(1e-9);
      expect(angleBetweenRad(pose.rotation, still.rotation)).toBeLessThan(1e-9);
    }
  });
});

describe('a piece on a face that moves', () => {
  it('is less than a tenth of a frame behind at half a metre a second, at any frame rate', () => {
    for (const framesPerSecond of [15, 30, 60]) {
      for (const { timeMs, pose } of filtered(framesPerSecond, 1_300, (at) => headAt(moveAndStop(at, 500)))) {
        if (timeMs < 650) continue;
        const behindMm = moveAndStop(timeMs, 500) - pose.translationMm[0];
        expect(behindMm).toBeLessThan((0.1 * 500) / framesPerSecond);
      }
    }
  });

  it('never goes past the place where the face stops', () => {
    assert(
      property(
        double({ min: 10, max: 1_000, noNaN: true }),
        constantFrom(15, 24, 30, 60),
        (speed, framesPerSecond) => {
          const track = filtered(framesPerSecond, 2_500, (at) => headAt(moveAndStop(at, speed)));
          for (const { pose } of track) expect(pose.translationMm[0]).toBeLessThan(0.8 * speed + 1e-6);
          expect(track.at(-1)?.pose.translationMm[0]).toBeCloseTo(0.8 * speed, 0);
        },
      ),
    );
  });

  it('is in the same place at the same time at 15, 30 and 60 pictures a second', () => {
    const at = (framesPerSecond: number): Map<number, number> =>
      new Map(
        filtered(framesPerSecond, 2_000, (timeMs) => headAt(moveAndStop(timeMs, 100))).map(
          ({ timeMs, pose }) => [Math.round(timeMs), pose.translationMm[0]],
        ),
      );
    const [slow, quick] = [at(15), at(60)];
    const shared = [...slow].filter(([timeMs]) => quick.has(timeMs));
    expect(shared.length).toBeGreaterThan(20);
    for (const [timeMs, xMm] of shared) expect(Math.abs(xMm - (quick.get(timeMs) ?? 0))).toBeLessThan(0.5);
  });

  it('moves to the left as it moves to the right', () => {
    const right = filtered(30, 1_800, (at) => headAt(moveAndStop(at, 300), 0.2));
    const left = filtered(30, 1_800, (at) => headAt(-moveAndStop(at, 300), -0.2));
    right.forEach(({ pose }, frame) => {
      expect(left[frame]?.pose.translationMm[0]).toBeCloseTo(-pose.translationMm[0], 9);
    });
  });
});

describe('what a camera and a network may do to a filter', () => {
  it('follows a face that is suddenly elsewhere at once, without gliding', () => {
    const track = filtered(30, 1_500, (at) => headAt(at < 1_000 ? 0 : 200, at < 1_000 ? 0 : 0.6));
    const after = track.find(({ timeMs }) => timeMs >= 1_000);
    expect(after?.pose.translationMm[0]).toBeCloseTo(200, 1);
  });

  it('takes the pose as it comes after a gap', () => {
    const filter = new PoseFilter();
    for (let frame = 0; frame < 30; frame += 1) filter.filter(frame * 33, headAt(0));
    expect(filter.filter(3_000, headAt(0.05)).translationMm[0]).toBeCloseTo(0.05, 9);
  });

  it('is not moved by a time that repeats or goes back, by a pose that is none, or by a quaternion of the other sign', () => {
    const filter = new PoseFilter();
    let shown = filter.filter(0, headAt(0, 0.4));
    shown = filter.filter(33, headAt(10, 0.4));
    for (const timeMs of [33, 12, Number.NaN]) expect(filter.filter(timeMs, headAt(90))).toEqual(shown);
    expect(filter.filter(66, headAt(Number.NaN))).toEqual(shown);
    expect(filter.filter(66, { ...headAt(0), translationMm: [0, 0, 50] })).toEqual(shown);
    const { rotation, translationMm } = headAt(10, 0.4);
    const [x, y, z, w] = rotation;
    const flipped = filter.filter(66, { rotation: [-x, -y, -z, -w], translationMm });
    expect(angleBetweenRad(flipped.rotation, rotation)).toBeLessThan(1e-6);
  });

  it('passes the first pose after it forgot as it is', () => {
    const filter = new PoseFilter();
    filter.filter(0, headAt(0));
    filter.reset();
    expect(filter.filter(10, headAt(0.02)).translationMm[0]).toBeCloseTo(0.02, 9);
  });
});

function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
