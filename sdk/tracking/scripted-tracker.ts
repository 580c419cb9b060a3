import type { Clock } from '../core/clock.ts';
import { Emitter } from '../core/emitter.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import { projectFace } from '../geometry/face-projection.ts';
import { exactLandmarks } from '../geometry/network-slips.ts';
import { FrameSolver } from './frame-solver.ts';
import type { HeadMotion } from './head-motion.ts';
import { nothingSeen } from './landmark-frame.ts';
import { PosePipeline } from './pose-pipeline.ts';
import { cameraLessMetrics } from './camera-less-metrics.ts';
import type { TrackedFrame, Tracker, TrackerEvents } from './tracker.ts';

/** What a scripted tracker plays. */
export interface ScriptedTrackerOptions {
  readonly canonicalFace: CanonicalFace;
  readonly script: HeadMotion;
  readonly intrinsics: CameraIntrinsics;
  readonly clock: Clock;
  /** Time between two frames of the imagined camera; 1000/30 unless told. */
  readonly framePeriodMs?: number;
  /** Size of the head relative to the canonical one; 1 unless told. */
  readonly headScale?: number;
}

/**
 * A tracker without camera and worker: moves the canonical face by a script, projects it to landmarks and sends them
 * through the same solver and pose pipeline as a camera's. Frames have no image. The landmarks depend on the time since `start` only.
 */
export function createScriptedTracker(options: ScriptedTrackerOptions): Tracker {
  const { canonicalFace, script, intrinsics, clock, framePeriodMs = 1_000 / 30, headScale = 1 } = options;
  const events = new Emitter<TrackerEvents>();
  const solver = new FrameSolver(canonicalFace, exactLandmarks);
  const pipeline = new PosePipeline(canonicalFace, events);
  let startedAtMs: number | null = null;
  let lastIndex = -1;
  let taken = 0;

  return {
    events,
    warmUp: () => Promise.resolve(),
    start: () => {
      startedAtMs ??= clock.monotonicMs();
      return Promise.resolve();
    },
    stop: () => {
      startedAtMs = null;
      lastIndex = -1;
      solver.reset();
      pipeline.reset();
    },
    setNeeds: () => undefined,
    allowPeople: () => undefined,
    choosePerson: () => undefined,
    seekCard: () => undefined,
    takeFrame: (): TrackedFrame | null => {
      if (startedAtMs === null) return null;
      // The tiny share keeps a clock that ticks by exactly one period from losing a frame to rounding.
      const index = Math.floor((clock.monotonicMs() - startedAtMs) / framePeriodMs + 1e-6);
      if (index <= lastIndex) return null;
      lastIndex = index;
      taken += 1;
      const elapsedMs = index * framePeriodMs;
      const cameraFromHead = script(elapsedMs);
      const landmarks =
        cameraFromHead === null ? null : projectFace(canonicalFace, cameraFromHead, headScale, intrinsics);
      const frame = {
        ...nothingSeen,
        frameId: index,
        capturedAtMs: startedAtMs + elapsedMs,
        faces: landmarks === null ? [] : [{ trackId: 1, landmarks }],
      };
      const anchors = pipeline.process(solver.solve(frame, intrinsics), intrinsics);
      return { image: null, intrinsics, anchors };
    },
    metrics: () => cameraLessMetrics(taken),
    dispose: () => {
      startedAtMs = null;
      events.clear();
    },
  };
}
