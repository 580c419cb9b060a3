import { headPointsOf } from '../../sdk/anchors/head-points.ts';
import { Emitter } from '../../sdk/core/emitter.ts';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../../sdk/geometry/canonical-face.ts';
import { faceLandmark } from '../../sdk/geometry/canonical-face.ts';
import { intrinsicsFromVerticalFov, projectPoint } from '../../sdk/geometry/intrinsics.ts';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';
import { angleBetweenRad, quaternionFromMatrix, transformPoint } from '../../sdk/geometry/pose-algebra.ts';
import type { NetworkSlips } from '../../sdk/geometry/network-slips.ts';
import { FrameSolver } from '../../sdk/tracking/frame-solver.ts';
import { PosePipeline } from '../../sdk/tracking/pose-pipeline.ts';
import { nothingSeen } from '../../sdk/tracking/landmark-frame.ts';
import type { TrackerEvents } from '../../sdk/tracking/tracker.ts';
import { deformHead, pointAt } from './head-shape.ts';
import type { SeenFace, SeenFilm } from './page/main.ts';
import type { RegistrationFilm } from './sampling.ts';
import { framePeriodMs, placeAt, poseOf } from './sampling.ts';

/** The pictures' size in pixels. */
export const pictureWidthPx = 1280;
export const pictureHeightPx = 720;
/** What the reference takes every camera for. */
const referenceFovRad = (63 * Math.PI) / 180;
const mmPerCm = 10;
/** Where spectacles meet the face: bridge, corners of the eyes, temples, upper cheeks. */
export const overlayVertices = [6, 197, 33, 133, 362, 263, 127, 356, 117, 346] as const;

/** How far one solver was off on one picture. */
export interface Misses {
  /** Mean over the points where spectacles meet the face, share of the face's height on the picture. */
  readonly overlay: number;
  /** The same of the one point where a frame's bridge rests. */
  readonly bridge: number;
  readonly rotationRad: number;
  /** Signed share of the true depth. */
  readonly depth: number;
  /** What the solver says of itself, 0 to 1. */
  readonly confidence: number;
}

/** Where a solver says the head is, and of what shape. */
export interface Claim {
  readonly pose: Pose;
  readonly verticesMm: ArrayLike<number>;
  readonly intrinsics: CameraIntrinsics;
  readonly confidence: number;
}

/** The truth of one film's picture. */
export interface Truth {
  readonly pose: Pose;
  readonly verticesMm: Float32Array;
  readonly intrinsics: CameraIntrinsics;
}

/** The truth of a film's picture. */
export function truthOf(face: CanonicalFace, film: RegistrationFilm, frame: number): Truth {
  return {
    pose: poseOf(placeAt(film, frame)),
    verticesMm: deformHead(face.verticesMm, film.deformation),
    intrinsics: intrinsicsFromVerticalFov(pictureWidthPx, pictureHeightPx, film.verticalFovRad),
  };
}

/** How far a claim is off. */
export function missesOf(truth: Truth, claim: Claim): Misses {
  const { intrinsics, verticesMm } = truth;
  const heightMm =
    pointAt(verticesMm, faceLandmark.foreheadTop)[1] - pointAt(verticesMm, faceLandmark.chin)[1];
  const heightPx = (heightMm * intrinsics.fyPx) / -truth.pose.translationMm[2];
  const missPx = (trueMmInHead: Vec3, claimedMmInHead: Vec3): number => {
    const is = projectPoint(intrinsics, transformPoint(truth.pose, trueMmInHead));
    const claimed = projectPoint(claim.intrinsics, transformPoint(claim.pose, claimedMmInHead));
    return Math.hypot(is[0] - claimed[0], is[1] - claimed[1]);
  };
  const overlayPx = overlayVertices.map((vertex) =>
    missPx(pointAt(verticesMm, vertex), pointAt(claim.verticesMm, vertex)),
  );
  const bridgePx = missPx(headPointsOf(verticesMm).noseBridge, headPointsOf(claim.verticesMm).noseBridge);
  return {
    overlay: overlayPx.reduce((sum, px) => sum + px, 0) / overlayPx.length / heightPx,
    bridge: bridgePx / heightPx,
    rotationRad: angleBetweenRad(claim.pose.rotation, truth.pose.rotation),
    depth: claim.pose.translationMm[2] / truth.pose.translationMm[2] - 1,
    confidence: claim.confidence,
  };
}

/**
 * What our pipeline says of a film's last picture after it has seen the pictures from `firstFrame` on; null when it found
 * no face on it.
 */
export function ourClaim(
  slips: NetworkSlips,
  face: CanonicalFace,
  film: RegistrationFilm,
  seen: SeenFilm,
  firstFrame: number,
): Claim | null {
  const solver = new FrameSolver(face, slips);
  const pipeline = new PosePipeline(face, new Emitter<TrackerEvents>());
  const intrinsics = intrinsicsFromVerticalFov(pictureWidthPx, pictureHeightPx, film.verticalFovRad);
  let claim: Claim | null = null;
  for (let frame = firstFrame; frame < seen.length; frame += 1) {
    const found = seen[frame] ?? null;
    const landmarked = {
      ...nothingSeen,
      frameId: frame + 1,
      capturedAtMs: frame * framePeriodMs,
      faces: found === null ? [] : [{ trackId: 1, landmarks: Float32Array.from(found.landmarks) }],
    };
    const anchors = pipeline.process(solver.solve(landmarked, intrinsics), intrinsics).faces[0];
    claim =
      anchors === undefined
        ? null
        : {
            pose: anchors.cameraFromAnchor.head,
            verticesMm: anchors.headMeshMm,
            intrinsics,
            confidence: anchors.confidence,
          };
  }
  return claim;
}

/** What the network's own matrix says: columns, centimetres, with a scale in its axes, under a field of view of 63°. */
export function referenceClaim(face: CanonicalFace, { matrix }: SeenFace): Claim {
  const at = (row: number, column: number): number => matrix[column * 4 + row] ?? 0;
  const lengths = [0, 1, 2].map((column) => Math.hypot(at(0, column), at(1, column), at(2, column)));
  const rows = [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) => at(row, column) / (lengths[column] ?? 1)),
  );
  return {
    pose: {
      rotation: quaternionFromMatrix(rows),
      translationMm: [at(0, 3) * mmPerCm, at(1, 3) * mmPerCm, at(2, 3) * mmPerCm],
    },
    verticesMm: face.verticesMm,
    intrinsics: intrinsicsFromVerticalFov(pictureWidthPx, pictureHeightPx, referenceFovRad),
    confidence: 1,
  };
}
