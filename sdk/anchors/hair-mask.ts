import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import { projectPoint } from '../geometry/intrinsics.ts';
import type { Pose, Vec3 } from '../geometry/pose.ts';
import { mixVectors, rotateVector } from '../geometry/pose-algebra.ts';
import type { FaceAnchors } from './anchor-frame.ts';

/** Hair in a square region of a picture, as it was segmented there. */
export interface HairShares {
  /** `sidePx` × `sidePx`, rows from the top: 0 is no hair, 255 is hair. */
  readonly shares: Uint8Array;
  readonly sidePx: number;
  /** The region's upper left corner and side, in pixels of the picture; it may reach beyond the picture. */
  readonly leftPx: number;
  readonly topPx: number;
  readonly regionPx: number;
}

/**
 * The hair of one person, with the pose of the head in the picture where it was seen: as hair goes with the head, it tells on later
 * pictures too where hair is. It lives in memory as the pictures do.
 */
export interface HairMask extends HairShares {
  /** Whose hair: `FaceAnchors.identity`. */
  readonly identity: number;
  readonly intrinsics: CameraIntrinsics;
  readonly cameraFromHead: Pose;
  /** How far hair covers the wearer's ears, 0 to 1: what is worn there lies under it. Hair beside a bare ear lies behind. */
  readonly leftEarCovered: number;
  readonly rightEarCovered: number;
}

/** Places on an ear from its root to the lobe, as shares of the way, at which hair is looked for. */
const earPlaces = [0.15, 0.4, 0.65, 0.9] as const;
/** The pinna stands off the head by so much. */
const pinnaMm = 6;
/** An ear that is seen through strands is bare up to the first share, and covered from the second on. */
const bareUntil = 0.4;
const coveredFrom = 0.8;

/** Hair as it lies on this face, on the picture in which both were seen. */
export function hairOnHead(
  hair: HairShares,
  { identity, cameraFromAnchor }: FaceAnchors,
  intrinsics: CameraIntrinsics,
): HairMask {
  const { head, leftEar, leftEarlobe, rightEar, rightEarlobe } = cameraFromAnchor;
  const covered = (root: Pose, lobe: Pose, side: 1 | -1): number => {
    const [x, y, z] = rotateVector(head.rotation, [side * pinnaMm, 0, 0]);
    let sum = 0;
    for (const share of earPlaces) {
      const [u, v, w]: Vec3 = mixVectors(root.translationMm, lobe.translationMm, share);
      const [uPx, vPx] = projectPoint(intrinsics, [u + x, v + y, w + z]);
      sum += hairAt(hair, uPx, vPx);
    }
    const share = (sum / earPlaces.length - bareUntil) / (coveredFrom - bareUntil);
    return Math.min(1, Math.max(0, share));
  };
  return {
    ...hair,
    identity,
    intrinsics,
    cameraFromHead: head,
    leftEarCovered: covered(leftEar, leftEarlobe, 1),
    rightEarCovered: covered(rightEar, rightEarlobe, -1),
  };
}

/** How much of a place in the picture is hair, 0 to 1; 0 beyond the region. */
export function hairAt(
  { shares, sidePx, leftPx, topPx, regionPx }: HairShares,
  uPx: number,
  vPx: number,
): number {
  const x = Math.floor(((uPx - leftPx) / regionPx) * sidePx);
  const y = Math.floor(((vPx - topPx) / regionPx) * sidePx);
  if (x < 0 || y < 0 || x >= sidePx || y >= sidePx) return 0;
  return (shares[y * sidePx + x] ?? 0) / 255;
}
