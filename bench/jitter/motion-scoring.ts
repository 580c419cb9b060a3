import { FaceShape } from '../../sdk/anchors/face-shape.ts';
import { headPointsOf } from '../../sdk/anchors/head-points.ts';
import type { CanonicalFace } from '../../sdk/geometry/canonical-face.ts';
import { faceLandmarkerSlips } from '../../sdk/geometry/face-landmarker-slips.ts';
import { faceModelOf, solveFacePose } from '../../sdk/geometry/face-pose.ts';
import { intrinsicsFromVerticalFov, projectPoint } from '../../sdk/geometry/intrinsics.ts';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';
import { transformPoint } from '../../sdk/geometry/pose-algebra.ts';
import { deformHead } from '../registration/head-shape.ts';
import { pictureHeightPx, pictureWidthPx } from '../registration/scoring.ts';
import type { SeenTake, Take } from './takes.ts';
import { poseAt, takeTimesMs } from './takes.ts';

/** A pose of every picture, with its time; `measured` is null where the network saw no face. */
export interface PoseTrack {
  readonly timesMs: readonly number[];
  readonly measured: readonly (Pose | null)[];
}

/** A vector on the picture. */
type Pixels = readonly [u: number, v: number];

/** Where bridge and temples are on every picture against where they should be. */
export interface AnchorErrors {
  readonly take: Take;
  readonly timesMs: readonly number[];
  /** For each anchor, for each picture: claimed less true place. */
  readonly errorsPx: readonly (readonly (Pixels | null)[])[];
  /** For each anchor, for each picture: how fast the true place moves, pixels a second. */
  readonly velocitiesPx: readonly (readonly Pixels[])[];
}

/** What the solver says of a take, the client's shape learnt on the way as the follower learns it. */
export function solveTake(face: CanonicalFace, take: Take, seen: SeenTake): PoseTrack {
  const intrinsics = cameraOf(take);
  const model = faceModelOf(face, faceLandmarkerSlips());
  const shape = new FaceShape(model);
  const measured = seen.map((landmarks) => {
    if (landmarks === null) return null;
    const pose = solveFacePose(model, Float32Array.from(landmarks), intrinsics, shape.known);
    if (pose === null) return null;
    shape.observe(pose);
    return pose.cameraFromFace;
  });
  return { timesMs: takeTimesMs(take), measured };
}

/** How far bridge and temples are off when the head is claimed to be at `poses`. */
export function anchorErrors(face: CanonicalFace, take: Take, poses: readonly (Pose | null)[]): AnchorErrors {
  const intrinsics = cameraOf(take);
  const { noseBridge, leftEar, rightEar } = headPointsOf(deformHead(face.verticesMm, take.film.deformation));
  const timesMs = takeTimesMs(take);
  const trueAt = (pointMm: Vec3, timeMs: number): Pixels =>
    projectPoint(intrinsics, transformPoint(poseAt(take, timeMs), pointMm));
  const anchors = [noseBridge, leftEar, rightEar];
  return {
    take,
    timesMs,
    errorsPx: anchors.map((pointMm) =>
      timesMs.map((timeMs, frame) => {
        const pose = poses[frame] ?? null;
        if (pose === null) return null;
        const claimed = projectPoint(intrinsics, transformPoint(pose, pointMm));
        const truth = trueAt(pointMm, timeMs);
        return [claimed[0] - truth[0], claimed[1] - truth[1]] as const;
      }),
    ),
    velocitiesPx: anchors.map((pointMm) =>
      timesMs.map((timeMs) => {
        const [before, after] = [trueAt(pointMm, timeMs - 1), trueAt(pointMm, timeMs + 1)];
        return [(after[0] - before[0]) * 500, (after[1] - before[1]) * 500] as const;
      }),
    ),
  };
}

function cameraOf({ film }: Take): ReturnType<typeof intrinsicsFromVerticalFov> {
  return intrinsicsFromVerticalFov(pictureWidthPx, pictureHeightPx, film.verticalFovRad);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Errors between two times, without the pictures that had no face. */
function between(errors: AnchorErrors, anchor: number, fromMs: number, untilMs: number): Pixels[] {
  return (errors.errorsPx[anchor] ?? []).filter((error, frame): error is Pixels => {
    const timeMs = errors.timesMs[frame] ?? 0;
    return error !== null && timeMs >= fromMs && timeMs < untilMs;
  });
}

/** Filters and the network's crop have settled after this. */
const settledMs = 800;
/** The end of every stop, where the head's final place is taken from. */
const finalMs = 250;
/** A motion's first moments, in which a filter wakes up, are not its steady lag. */
const wakingMs = 150;

/** Root mean square of the anchors' wander about their mean while the head rests, in pixels. */
export function jitterRmsPx(errors: AnchorErrors): number {
  const squares = errors.errorsPx.flatMap((_, anchor) => {
    const rest = between(errors, anchor, settledMs, errors.take.restMs);
    const [u, v] = [meanOf(rest.map((error) => error[0])), meanOf(rest.map((error) => error[1]))];
    return rest.map((error) => (error[0] - u) ** 2 + (error[1] - v) ** 2);
  });
  return Math.sqrt(meanOf(squares));
}

/** The part of a track's difference from another along the motion, in frames of the take; positive is behind. */
export function lagFrames(errors: AnchorErrors, against: AnchorErrors): number {
  const { restMs, moveMs, framesPerSecond } = errors.take;
  const lags = errors.errorsPx.flatMap((track, anchor) =>
    track.flatMap((error, frame) => {
      const timeMs = errors.timesMs[frame] ?? 0;
      const other = against.errorsPx[anchor]?.[frame] ?? null;
      const [u, v] = errors.velocitiesPx[anchor]?.[frame] ?? [0, 0];
      const speed = Math.hypot(u, v);
      if (error === null || other === null || speed < 10) return [];
      if (timeMs < restMs + wakingMs || timeMs >= restMs + moveMs) return [];
      return [((other[0] - error[0]) * u + (other[1] - error[1]) * v) / speed / (speed / framesPerSecond)];
    }),
  );
  return meanOf(lags);
}

/** Greatest distance of the anchors from their true places while the head moves, beyond what they are off at rest. */
export function slipsPx(errors: AnchorErrors): number[] {
  const { restMs, moveMs } = errors.take;
  return errors.errorsPx.flatMap((_, anchor) => {
    const [from, to] = [restOf(errors, anchor), finalOf(errors, anchor)];
    return (errors.errorsPx[anchor] ?? []).flatMap((error, frame) => {
      const share = ((errors.timesMs[frame] ?? 0) - restMs) / moveMs;
      if (error === null || share <= 0 || share >= 1) return [];
      return [
        Math.hypot(
          error[0] - from[0] - (to[0] - from[0]) * share,
          error[1] - from[1] - (to[1] - from[1]) * share,
        ),
      ];
    });
  });
}

function restOf(errors: AnchorErrors, anchor: number): Pixels {
  const rest = between(errors, anchor, 0, errors.take.restMs);
  return [meanOf(rest.map((error) => error[0])), meanOf(rest.map((error) => error[1]))];
}

function finalOf(errors: AnchorErrors, anchor: number): Pixels {
  const endMs = errors.take.restMs + errors.take.moveMs + errors.take.stopMs;
  const final = between(errors, anchor, endMs - finalMs, endMs);
  return [meanOf(final.map((error) => error[0])), meanOf(final.map((error) => error[1]))];
}

/** What an anchor does after the head stopped: how far past its final place it goes, and until when it is 1 px off. */
export function stopOf(errors: AnchorErrors): { readonly overshootPx: number; readonly settleMs: number } {
  const stopMs = errors.take.restMs + errors.take.moveMs;
  let overshootPx = 0;
  let settleMs = 0;
  errors.errorsPx.forEach((track, anchor) => {
    const [u, v] = finalOf(errors, anchor);
    const moving = errors.velocitiesPx[anchor]?.findLast((velocity) => Math.hypot(...velocity) > 10);
    const [du, dv] = moving ?? [1, 0];
    track.forEach((error, frame) => {
      const sinceMs = (errors.timesMs[frame] ?? 0) - stopMs;
      if (error === null || sinceMs < 0) return;
      const past = ((error[0] - u) * du + (error[1] - v) * dv) / Math.hypot(du, dv);
      overshootPx = Math.max(overshootPx, past);
      if (Math.hypot(error[0] - u, error[1] - v) > 1) settleMs = Math.max(settleMs, sinceMs);
    });
  });
  return { overshootPx, settleMs };
}
