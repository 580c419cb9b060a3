import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { bodyPoint, bodyPointCount, visibilityOf, worldPoint } from './body-landmarks.ts';
import { refinePnp } from './pnp.ts';
import type { Pose, Vec3 } from './pose.ts';
import { backProject } from './intrinsics.ts';
import { lengthOf, subtractVectors, transformPoint } from './pose-algebra.ts';

/** Where a body's points are, at the size of the network's average body. */
export interface BodyPose {
  /** 33 points in the camera's frame, average millimetres: multiply by the metric scale for true ones. */
  readonly points: readonly Vec3[];
  /** Reprojection error over the shoulders' distance on the picture. */
  readonly relativeError: number;
}

/** Points seen less surely than this do not count: near a mirror the hips are guesses. */
const leastVisibility = 0.5;
const leastPoints = 5;
/** Reprojection errors beyond this share of the shoulders' width are a slip. */
const robustShare = 0.08;

/**
 * The points of a body before a calibrated camera: the network's own body, which it already turned as the person stands, is
 * put where its points project onto the picture (perspective-n-point), weighted by how surely each is seen. Null when too
 * little of a body is seen.
 */
export function solveBodyPose(
  landmarks: Float32Array,
  worldMm: Float32Array,
  intrinsics: CameraIntrinsics,
): BodyPose | null {
  const { widthPx, heightPx } = intrinsics;
  const pixels = new Float64Array(bodyPointCount * 2);
  const pointsMm = new Float64Array(bodyPointCount * 3);
  const weights = new Float64Array(bodyPointCount);
  let seen = 0;
  for (let point = 0; point < bodyPointCount; point += 1) {
    pixels[point * 2] = (landmarks[point * 4] ?? 0) * widthPx;
    pixels[point * 2 + 1] = (landmarks[point * 4 + 1] ?? 0) * heightPx;
    pointsMm.set(worldPoint(worldMm, point), point * 3);
    const visibility = visibilityOf(landmarks, point);
    if (visibility < leastVisibility) continue;
    weights[point] = visibility ** 2;
    seen += 1;
  }
  const [left, right] = [bodyPoint.leftShoulder, bodyPoint.rightShoulder];
  if (seen < leastPoints || weights[left] === 0 || weights[right] === 0) return null;
  const widthOnPicturePx = Math.hypot(
    (pixels[left * 2] ?? 0) - (pixels[right * 2] ?? 0),
    (pixels[left * 2 + 1] ?? 0) - (pixels[right * 2 + 1] ?? 0),
  );
  const initial = standing(worldMm, pixels, widthOnPicturePx, intrinsics);
  if (initial === null) return null;
  const solution = refinePnp({
    intrinsics,
    pointsMm,
    pixels,
    weights,
    robustPx: Math.max(1, robustShare * widthOnPicturePx),
    initialCameraFromBody: initial,
  });
  if (solution === null) return null;
  const points = Array.from({ length: bodyPointCount }, (_, point) =>
    transformPoint(solution.cameraFromBody, worldPoint(worldMm, point)),
  );
  return { points, relativeError: solution.rmsPx / widthOnPicturePx };
}

/** The network's body as it stands, at the distance at which its shoulders are as wide as on the picture. */
function standing(
  worldMm: Float32Array,
  pixels: Float64Array,
  widthOnPicturePx: number,
  intrinsics: CameraIntrinsics,
): Pose | null {
  const [left, right] = [bodyPoint.leftShoulder, bodyPoint.rightShoulder];
  const across = subtractVectors(worldPoint(worldMm, left), worldPoint(worldMm, right));
  const widthMm = Math.hypot(across[0], across[1]);
  if (!(widthOnPicturePx > 1) || !(lengthOf(across) > 1)) return null;
  const depthMm = (intrinsics.fxPx * Math.max(widthMm, 0.2 * lengthOf(across))) / widthOnPicturePx;
  const seen = backProject(intrinsics, pixels[left * 2] ?? 0, pixels[left * 2 + 1] ?? 0, depthMm);
  return {
    rotation: [0, 0, 0, 1],
    translationMm: subtractVectors(seen, worldPoint(worldMm, left)),
  };
}
