import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { canonicalHand, fingerRoot, handLandmark, handLandmarkCount } from './canonical-hand.ts';

/** What a landmark network says of one hand, turned into a left hand's numbers: a right hand's mirror picture. */
export interface LeftHandSight {
  /** 21 × (u, v), pixels; for a right hand mirrored about the principal point. */
  readonly pixels: Float64Array;
  /**
   * How far each of the 20 bones leans away from the camera: the sine of its angle to the picture's plane, positive when its
   * far end is farther. Bones in the order of `handBones`.
   */
  readonly leans: Float64Array;
  /** 21 × (x, y, z), millimetres of the network's own average hand; x right, y up, z towards the camera. */
  readonly worldMm: Float64Array;
}

/** The 20 bones as pairs of landmarks: from the wrist to each root, then along each finger. */
export const handBones: readonly (readonly [from: number, to: number])[] = canonicalHand.flatMap(
  (_, finger) => {
    const root = fingerRoot(finger);
    return [
      [handLandmark.wrist, root],
      [root, root + 1],
      [root + 1, root + 2],
      [root + 2, root + 3],
    ] as const;
  },
);

/** Whether a hand's landmarks and its world landmarks are whole and of numbers only. */
export function isWholeHand(landmarks: Float32Array, worldMm: Float32Array): boolean {
  const length = handLandmarkCount * 3;
  return (
    landmarks.length === length &&
    worldMm.length === length &&
    landmarks.every((value) => Number.isFinite(value)) &&
    worldMm.every((value) => Number.isFinite(value))
  );
}

/**
 * How much of a bone's lean is taken from the picture's own depths, the rest from the world landmarks.
 */
const pictureDepthShare = 0.5;

/**
 * The network's landmarks as a left hand's: `landmarks` are 21 × (x, y, z) as `TrackedHand` has them, `worldMm` likewise.
 */
export function leftHandSight(
  landmarks: Float32Array,
  worldMm: Float32Array,
  isLeft: boolean,
  intrinsics: CameraIntrinsics,
): LeftHandSight {
  const mirror = isLeft ? 1 : -1;
  const pixels = new Float64Array(handLandmarkCount * 2);
  const world = new Float64Array(handLandmarkCount * 3);
  for (let landmark = 0; landmark < handLandmarkCount; landmark += 1) {
    const at = landmark * 3;
    const uPx = (landmarks[at] ?? 0) * intrinsics.widthPx;
    pixels[landmark * 2] = intrinsics.cxPx + mirror * (uPx - intrinsics.cxPx);
    pixels[landmark * 2 + 1] = (landmarks[at + 1] ?? 0) * intrinsics.heightPx;
    world[at] = mirror * (worldMm[at] ?? 0);
    world[at + 1] = -(worldMm[at + 1] ?? 0);
    world[at + 2] = -(worldMm[at + 2] ?? 0);
  }
  const leans = Float64Array.from(handBones, ([from, to]) => {
    const inWorld = leanOf(
      (worldMm[to * 3] ?? 0) - (worldMm[from * 3] ?? 0),
      (worldMm[to * 3 + 1] ?? 0) - (worldMm[from * 3 + 1] ?? 0),
      (worldMm[to * 3 + 2] ?? 0) - (worldMm[from * 3 + 2] ?? 0),
    );
    const inPicture = leanOf(
      (pixels[to * 2] ?? 0) - (pixels[from * 2] ?? 0),
      (pixels[to * 2 + 1] ?? 0) - (pixels[from * 2 + 1] ?? 0),
      ((landmarks[to * 3 + 2] ?? 0) - (landmarks[from * 3 + 2] ?? 0)) * intrinsics.widthPx,
    );
    return inWorld + pictureDepthShare * (inPicture - inWorld);
  });
  return { pixels, leans, worldMm: world };
}

function leanOf(x: number, y: number, fartherBy: number): number {
  const length = Math.hypot(x, y, fartherBy);
  return length > 0 ? fartherBy / length : 0;
}

/**
 * Which hand the shape itself tells: +1 when the fingers bend as a left hand's do, −1 as a right hand's, near 0 when the
 * hand is too flat to tell. `worldMm` as `TrackedHand` has it.
 */
export function leftness(worldMm: ArrayLike<number>): number {
  const at = (landmark: number, axis: number): number => worldMm[landmark * 3 + axis] ?? 0;
  const offset = (to: number, from: number): readonly [number, number, number] => [
    at(to, 0) - at(from, 0),
    at(to, 1) - at(from, 1),
    at(to, 2) - at(from, 2),
  ];
  const [a, b] = [offset(handLandmark.indexRoot, 0), offset(handLandmark.littleRoot, 0)];
  const normal = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]] as const;
  const size = Math.hypot(...normal);
  if (!(size > 0)) return 0;
  let bent = 0;
  let reach = 0;
  for (let finger = 0; finger < canonicalHand.length; finger += 1) {
    const root = finger === 0 ? handLandmark.indexRoot : fingerRoot(finger);
    const tip = offset(fingerRoot(finger) + 3, root);
    bent -= (tip[0] * normal[0] + tip[1] * normal[1] + tip[2] * normal[2]) / size;
    reach += Math.hypot(...tip);
  }
  return reach > 0 ? bent / reach : 0;
}
