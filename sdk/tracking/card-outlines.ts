import { faceLandmark } from '../geometry/canonical-face.ts';
import { handLandmark } from '../geometry/canonical-hand.ts';
import { cardCornersMm } from '../geometry/card.ts';
import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import { landmarkPx } from '../geometry/face-landmarks.ts';
import type { Point2, Quad } from '../geometry/homography.ts';
import type { PictureSize } from './picture-region.ts';

/** Between the eyes' outer corners, and from between them up to the hairline, on the canonical face. */
const eyeSpanMm = 88.9;
const foreheadMm = 56.5;
/** How far above the eyes' line the middle of a card may lie that rests on the forehead. */
const cardAboveEyesMm = [46, 62, 34];
/** Between the roots of index and little finger as the network has them on a palm with a card; the palm's length it then misses by more. */
const knucklesMm = 57;
/** How far below the middle of the fingers' roots the middle of a card may lie that rests on the palm. */
const cardBelowRootsMm = [34, 27, 41];

/** Where a card may be seen that is held upright against the forehead, as the face's own width and height put it on the picture. */
export function foreheadOutlines(landmarks: FaceLandmarks, size: PictureSize): readonly Quad[] {
  const right = landmarkPx(landmarks, faceLandmark.rightEyeOuter, size);
  const left = landmarkPx(landmarks, faceLandmark.leftEyeOuter, size);
  const top = landmarkPx(landmarks, faceLandmark.foreheadTop, size);
  const middle: Point2 = [(right[0] + left[0]) / 2, (right[1] + left[1]) / 2];
  const across: Point2 = [(left[0] - right[0]) / eyeSpanMm, (left[1] - right[1]) / eyeSpanMm];
  const up: Point2 = [(top[0] - middle[0]) / foreheadMm, (top[1] - middle[1]) / foreheadMm];
  return cardAboveEyesMm.map((aboveMm) => outlineAt(middle, across, up, aboveMm));
}

/** Where a card may be seen that is held across a palm under the fingers. `landmarks` as in `TrackedHand`. */
export function palmOutlines(
  landmarks: ArrayLike<number>,
  { widthPx, heightPx }: PictureSize,
): readonly Quad[] {
  const at = (landmark: number): Point2 => [
    (landmarks[landmark * 3] ?? 0) * widthPx,
    (landmarks[landmark * 3 + 1] ?? 0) * heightPx,
  ];
  const [wrist, index, little] = [
    at(handLandmark.wrist),
    at(handLandmark.indexRoot),
    at(handLandmark.littleRoot),
  ];
  const [middle, ring] = [at(handLandmark.middleRoot), at(handLandmark.ringRoot)];
  const roots: Point2 = [
    (index[0] + middle[0] + ring[0] + little[0]) / 4,
    (index[1] + middle[1] + ring[1] + little[1]) / 4,
  ];
  const lengthPx = Math.hypot(roots[0] - wrist[0], roots[1] - wrist[1]);
  const perMm = Math.hypot(little[0] - index[0], little[1] - index[1]) / knucklesMm / lengthPx;
  const up: Point2 = [(roots[0] - wrist[0]) * perMm, (roots[1] - wrist[1]) * perMm];
  // A card is held square to the hand, and its breadth goes to the right of who looks at it.
  const across: Point2 = [-up[1], up[0]];
  return cardBelowRootsMm.map((belowMm) => outlineAt(roots, across, up, -belowMm));
}

/** A card's corners, its middle `aboveMm` up from `origin`; `across` and `up` are pixels per millimetre. */
function outlineAt(origin: Point2, across: Point2, up: Point2, aboveMm: number): Quad {
  const at = ([x, y]: Point2): Point2 => [
    origin[0] + x * across[0] + (aboveMm + y) * up[0],
    origin[1] + x * across[1] + (aboveMm + y) * up[1],
  ];
  const [a, b, c, d] = cardCornersMm;
  return [at(a), at(b), at(c), at(d)];
}
