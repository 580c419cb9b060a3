import type { CameraIntrinsics } from './camera-intrinsics.ts';
import type { Point2, Quad } from './homography.ts';
import { projectPoint } from './intrinsics.ts';
import type { Pose, Vec3 } from './pose.ts';
import { transformPoint } from './pose-algebra.ts';

/** Width of an identity or bank card. Source: ISO/IEC 7810, ID-1. */
export const cardWidthMm = 85.6;
/** Height of an identity or bank card. Source: ISO/IEC 7810, ID-1. */
export const cardHeightMm = 53.98;
/** Radius of a card's rounded corners. Source: ISO/IEC 7810, ID-1. */
export const cardCornerRadiusMm = 3.18;
/** A card's thickness. Source: ISO/IEC 7810, ID-1. */
export const cardThicknessMm = 0.76;

const [halfWidth, halfHeight] = [cardWidthMm / 2, cardHeightMm / 2];

/**
 * The corners where a card's straight edges would meet, on the card's plane: upper left, upper right, lower right, lower
 * left as seen by who looks at it. Card frame: origin in the middle, +x to the right, +y up, +z out of the side that is seen.
 */
export const cardCornersMm: Quad = [
  [-halfWidth, halfHeight],
  [halfWidth, halfHeight],
  [halfWidth, -halfHeight],
  [-halfWidth, -halfHeight],
];

/** How many pixels a millimetre has at a card's middle, its corners in the order of `cardCornersMm`. */
export function cardPixelsPerMm([a, b, c, d]: Quad): number {
  const side = ([au, av]: Point2, [bu, bv]: Point2): number => Math.hypot(bu - au, bv - av);
  // A card that is turned away shows less of one side only.
  return Math.max(
    (side(a, b) + side(d, c)) / (2 * cardWidthMm),
    (side(a, d) + side(b, c)) / (2 * cardHeightMm),
  );
}

/** A point of the card's plane as a point in space, card frame. */
export function onCard([x, y]: Point2): Vec3 {
  return [x, y, 0];
}

/** Where a posed card's corners appear, in pixels and in the order of `cardCornersMm`. */
export function projectCard(intrinsics: CameraIntrinsics, cameraFromCard: Pose): Quad {
  const at = (corner: Point2): Point2 =>
    projectPoint(intrinsics, transformPoint(cameraFromCard, onCard(corner)));
  const [a, b, c, d] = cardCornersMm;
  return [at(a), at(b), at(c), at(d)];
}
