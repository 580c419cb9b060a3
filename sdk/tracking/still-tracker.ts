import type { AnchorFrame } from '../anchors/anchor-frame.ts';
import { faceAnchorPoses } from '../anchors/face-anchors.ts';
import type { HeadPoints } from '../anchors/head-points.ts';
import type { Clock } from '../core/clock.ts';
import { Emitter } from '../core/emitter.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { HeadMotion } from './head-motion.ts';
import { stillHead } from './head-motion.ts';
import { neutralEstimate } from './light-meter.ts';
import { stillBody } from './still-body.ts';
import { cameraLessMetrics } from './camera-less-metrics.ts';
import type { TrackedFrame, Tracker, TrackerEvents } from './tracker.ts';

/** What a still tracker shows. */
export interface StillTrackerOptions {
  readonly intrinsics: CameraIntrinsics;
  readonly clock: Clock;
  /** Moves the mannequin; it stands still unless told. */
  readonly script?: HeadMotion;
}

/**
 * The mannequin's own proportions, millimetres in its head frame: a head of average adult breadth (ear to ear 146 mm) with
 * the rest of a frame on the nose 55.7 mm before and 27 mm above the middle between ears and chin.
 */
export const mannequinPoints: HeadPoints = {
  noseBridge: [0, 27, 55.7],
  leftEar: [73, 30, -44],
  rightEar: [-73, 30, -44],
  leftEarlobe: [79, -12.6, -47.8],
  rightEarlobe: [-79, -12.6, -47.8],
};

/**
 * A tracker for when there is no model to be had: a mannequin at true size, so that 3D is shown instead of AR. Its faces
 * carry an empty `headMeshMm`, as there is no mesh, and their scale is assumed.
 */
export function createStillTracker(options: StillTrackerOptions): Tracker {
  const { intrinsics, clock, script = stillHead } = options;
  const events = new Emitter<TrackerEvents>();
  const noMesh = new Float32Array(0);
  let startedAtMs: number | null = null;
  let announced = false;
  let lastMs = -1;
  let frameId = 0;

  const anchorsAt = (timeMs: number, elapsedMs: number): AnchorFrame => {
    const cameraFromHead = script(elapsedMs);
    return {
      frameId,
      capturedAtMs: timeMs,
      hands: [],
      body: cameraFromHead === null ? null : stillBody(cameraFromHead, 'mannequin'),
      light: neutralEstimate,
      faces:
        cameraFromHead === null
          ? []
          : [
              {
                identity: 1,
                confidence: 1,
                cameraFromAnchor: faceAnchorPoses(cameraFromHead, mannequinPoints),
                headMeshMm: noMesh,
                scale: { scale: 1, plusMinus: 0, source: 'assumed', samples: 0 },
                pupillaryDistance: null,
                faceWidth: null,
              },
            ],
    };
  };

  return {
    events,
    warmUp: () => Promise.resolve(),
    start: () => {
      startedAtMs ??= clock.monotonicMs();
      return Promise.resolve();
    },
    stop: () => {
      startedAtMs = null;
      lastMs = -1;
      if (announced) events.emit('tracking-lost', { identity: 1 });
      announced = false;
    },
    setNeeds: () => undefined,
    allowPeople: () => undefined,
    choosePerson: () => undefined,
    seekCard: () => undefined,
    takeFrame: (): TrackedFrame | null => {
      const timeMs = clock.monotonicMs();
      if (startedAtMs === null || timeMs <= lastMs) return null;
      lastMs = timeMs;
      frameId += 1;
      const anchors = anchorsAt(timeMs, timeMs - startedAtMs);
      if (!announced && anchors.faces.length > 0) {
        announced = true;
        events.emit('tracking-found', { identity: 1 });
      }
      return { image: null, intrinsics, anchors };
    },
    metrics: () => cameraLessMetrics(frameId),
    dispose: () => {
      startedAtMs = null;
      events.clear();
    },
  };
}
