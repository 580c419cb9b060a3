import { describe, expect, it } from 'vitest';
import { paperFace } from '../../tests/support/paper-face.ts';
import { ManualClock } from '../core/clock.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import type { Pose } from '../geometry/pose.ts';
import { angleBetweenRad, lengthOf, subtractVectors } from '../geometry/pose-algebra.ts';
import { naturalHeadMotion } from './head-motion.ts';
import { createScriptedTracker } from './scripted-tracker.ts';
import { createStillTracker } from './still-tracker.ts';
import type { TrackedFrame, Tracker } from './tracker.ts';

const intrinsics = defaultIntrinsics(1280, 720);

function play(tracker: Tracker, clock: ManualClock, frames: number, periodMs = 1_000 / 30): TrackedFrame[] {
  const taken: TrackedFrame[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    const next = tracker.takeFrame();
    if (next !== null) taken.push(next);
    clock.advance(periodMs);
  }
  return taken;
}

function headOf(frame: TrackedFrame | undefined): Pose {
  const head = frame?.anchors.faces[0]?.cameraFromAnchor.head;
  if (head === undefined) throw new Error('no face in the frame');
  return head;
}

describe('a scripted tracker', () => {
  it('follows the script closely, as a mirror without a camera', async () => {
    const clock = new ManualClock();
    const tracker = createScriptedTracker({
      canonicalFace: paperFace(),
      script: naturalHeadMotion,
      intrinsics,
      clock,
    });
    await tracker.start();
    for (const frame of play(tracker, clock, 300)) {
      const truth = naturalHeadMotion(frame.anchors.capturedAtMs);
      if (truth === null) throw new Error('the script shows nobody');
      expect(frame.image).toBeNull();
      expect(angleBetweenRad(headOf(frame).rotation, truth.rotation)).toBeLessThan(0.02);
      expect(lengthOf(subtractVectors(headOf(frame).translationMm, truth.translationMm))).toBeLessThan(8);
    }
  });

  it('plays the same anchors again after a stop', async () => {
    const clock = new ManualClock();
    const tracker = createScriptedTracker({
      canonicalFace: paperFace(),
      script: naturalHeadMotion,
      intrinsics,
      clock,
    });
    await tracker.start();
    const first = play(tracker, clock, 20).map(headOf);
    tracker.stop();
    expect(tracker.takeFrame()).toBeNull();
    await tracker.start();
    const second = play(tracker, clock, 20).map(headOf);
    first.forEach((pose, index) => {
      expect(lengthOf(subtractVectors(pose.translationMm, second[index]!.translationMm))).toBeLessThan(1e-6);
    });
  });

  it('shows a larger head larger and farther away once the irises have been seen, the truth within the interval', async () => {
    const clock = new ManualClock();
    const tracker = createScriptedTracker({
      canonicalFace: paperFace(),
      script: () => ({ rotation: [0, 0, 0, 1], translationMm: [0, 0, -700] }),
      intrinsics,
      clock,
      headScale: 1.08,
    });
    await tracker.start();
    const frames = play(tracker, clock, 90);
    expect(frames[0]?.anchors.faces[0]?.scale.source).toBe('assumed');
    const face = frames.at(-1)?.anchors.faces[0];
    expect(face?.scale.source).toBe('iris');
    const { scale, plusMinus } = face?.scale ?? { scale: 0, plusMinus: 0 };
    expect(scale).toBeGreaterThan(1.02);
    expect(scale + plusMinus).toBeGreaterThan(1.08);
    expect(face?.cameraFromAnchor.head.translationMm[2]).toBeCloseTo((-700 * scale) / 1.08, 0);
  });

  it('gives a frame once only, and says when a face comes, goes, and another comes', async () => {
    const clock = new ManualClock();
    const heard: string[] = [];
    const tracker = createScriptedTracker({
      canonicalFace: paperFace(),
      script: (ms) =>
        ms >= 1_000 && ms < 4_000 ? null : { rotation: [0, 0, 0, 1], translationMm: [0, 0, -600] },
      intrinsics,
      clock,
    });
    tracker.events.on('tracking-found', ({ identity }) => heard.push(`found ${identity}`));
    tracker.events.on('tracking-lost', ({ identity }) => heard.push(`lost ${identity}`));
    await tracker.start();
    expect(tracker.takeFrame()).not.toBeNull();
    expect(tracker.takeFrame()).toBeNull();
    play(tracker, clock, 180);
    expect(heard).toEqual(['found 1', 'lost 1', 'found 2']);
  });

  it('keeps a face that was hidden for a moment', async () => {
    const clock = new ManualClock();
    const heard: string[] = [];
    const tracker = createScriptedTracker({
      canonicalFace: paperFace(),
      script: (ms) =>
        ms >= 500 && ms < 800 ? null : { rotation: [0, 0, 0, 1], translationMm: [0, 0, -600] },
      intrinsics,
      clock,
    });
    tracker.events.on('tracking-found', ({ identity }) => heard.push(`found ${identity}`));
    tracker.events.on('tracking-lost', ({ identity }) => heard.push(`lost ${identity}`));
    await tracker.start();
    play(tracker, clock, 60);
    expect(heard).toEqual(['found 1']);
  });
});

describe('a still tracker', () => {
  it('shows a mannequin of true size where there is no model', async () => {
    const clock = new ManualClock();
    const tracker = createStillTracker({ intrinsics, clock });
    const heard: number[] = [];
    tracker.events.on('tracking-found', ({ identity }) => heard.push(identity));
    await tracker.start();
    const face = tracker.takeFrame()?.anchors.faces[0];
    expect(tracker.takeFrame()).toBeNull();
    expect(face?.scale.scale).toBe(1);
    const left = face?.cameraFromAnchor.leftEar.translationMm ?? [0, 0, 0];
    const right = face?.cameraFromAnchor.rightEar.translationMm ?? [0, 0, 0];
    expect(left[0] - right[0]).toBeCloseTo(146, 6);
    expect(heard).toEqual([1]);
  });
});

describe('a scripted tracker on a slow machine', () => {
  it('does not announce a face as lost that is there on every picture, however rare pictures are', async () => {
    const clock = new ManualClock();
    const tracker = createScriptedTracker({
      canonicalFace: paperFace(),
      script: naturalHeadMotion,
      intrinsics,
      clock,
      framePeriodMs: 700,
    });
    const heard: string[] = [];
    tracker.events.on('tracking-found', () => heard.push('found'));
    tracker.events.on('tracking-lost', () => heard.push('lost'));
    await tracker.start();
    play(tracker, clock, 12, 700);
    expect(heard).toEqual(['found']);
  });

  it('does not announce a face as lost that is missed on one picture, and does on two', async () => {
    for (const [missed, heard] of [
      [1, ['found']],
      [2, ['found', 'lost', 'found']],
    ] as const) {
      const clock = new ManualClock();
      const tracker = createScriptedTracker({
        canonicalFace: paperFace(),
        script: (ms) =>
          ms > 2_750 && ms < 2_750 + missed * 500
            ? null
            : { rotation: [0, 0, 0, 1], translationMm: [0, 0, -600] },
        intrinsics,
        clock,
        framePeriodMs: 500,
      });
      const told: string[] = [];
      tracker.events.on('tracking-found', () => told.push('found'));
      tracker.events.on('tracking-lost', () => told.push('lost'));
      await tracker.start();
      play(tracker, clock, 14, 500);
      expect([missed, told]).toEqual([missed, heard]);
    }
  });

  it('tells the sizes of a face once they are known, and no more often than once a second', async () => {
    const clock = new ManualClock();
    const tracker = createScriptedTracker({
      canonicalFace: paperFace(),
      script: naturalHeadMotion,
      intrinsics,
      clock,
    });
    const told: number[] = [];
    tracker.events.on('measured', ({ identity, measure }) => {
      expect(identity).toBe(1);
      expect(measure.scale.source).toBe('iris');
      expect(measure.pupillaryDistanceFar?.plusMinusMm).toBeGreaterThan(0);
      told.push(clock.monotonicMs());
    });
    await tracker.start();
    play(tracker, clock, 300);
    expect(told.length).toBeGreaterThan(0);
    told.slice(1).forEach((at, index) => expect(at - (told[index] ?? 0)).toBeGreaterThanOrEqual(999));
  });
});
