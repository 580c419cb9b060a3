import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import { faceLandmarkCount } from '../geometry/canonical-face.ts';
import type { FacePlace, PictureRegion, PictureSize } from './picture-region.ts';
import { squareAround } from './picture-region.ts';

/** The side of the square in which a face is followed, in heights of the face: its own box and as much around it. */
const cropPerFace = 2.6;
/**
 * A face of this share of the picture's shorter side is followed on the whole picture, where nothing moves but the face: a
 * crop that moves under a quick face on a slow machine would add its own steps to the network's smoothing. It goes back to a
 * crop below the smaller share, as the whole picture's own detector finds only large faces again.
 */
const wholeFrom = 0.3;
const wholeUntil = 0.24;
/** A crop is kept for as long as the face's height in it stays within these shares of its side. */
const smallestShare = 0.26;
const largestShare = 0.55;
/** Beside another face a crop is smaller, down to this many heights of the face, so that the other's middle lies outside. */
const closeCropPerFace = 1.5;
const largestShareBeside = 0.8;
/** And for as long as the face's middle stays within this share of its side from its own middle. */
const centredWithin = 0.12;
/**
 * How far a crop may move from one picture to the next, in heights of the face. The network looks where the face was in the
 * last crop, half a face further out on every side: a step of this size is no more to it than a head that moves.
 */
const largestStep = 0.12;

/**
 * The crop in which a face that was just found is followed. `others` are the faces followed beside it: on the whole picture, and
 * on a crop that shows two, the network may take one for the other.
 */
export function cropAround(
  face: FacePlace,
  picture: PictureSize,
  others: readonly FacePlace[] = [],
): PictureRegion {
  if (others.length === 0 && shareOf(face, picture) >= wholeFrom) return wholeOf(picture);
  const besidePx = others.map(
    (other) => 2 * Math.max(Math.abs(other.uPx - face.uPx), Math.abs(other.vPx - face.vPx)),
  );
  const freePx = Math.max(face.heightPx * closeCropPerFace, Math.min(...besidePx));
  const sidePx = Math.min(face.heightPx * cropPerFace, freePx, picture.widthPx, picture.heightPx);
  return squareAround(face, sidePx, picture);
}

/**
 * The crop for the next picture: the same while the face is well inside, else moved after it by steps that the network takes
 * for motion; made anew when the face has outgrown or outrun it.
 */
export function followCrop(
  crop: PictureRegion,
  face: FacePlace,
  picture: PictureSize,
  others: readonly FacePlace[] = [],
): PictureRegion {
  const isAlone = others.length === 0;
  if (isWhole(crop, picture)) {
    return isAlone && shareOf(face, picture) >= wholeUntil ? crop : cropAround(face, picture, others);
  }
  if (isAlone && shareOf(face, picture) >= wholeFrom) return wholeOf(picture);
  const sidePx = Math.max(crop.widthPx, crop.heightPx);
  const share = face.heightPx / sidePx;
  const isTooLarge = share > (isAlone ? largestShare : largestShareBeside);
  const showsAnother = share * closeCropPerFace < 0.9 && others.some((other) => isInside(other, crop));
  if (share < smallestShare || isTooLarge || showsAnother) {
    return cropAround(face, picture, others);
  }
  const offsetX = face.uPx - (crop.xPx + crop.widthPx / 2);
  const offsetY = face.vPx - (crop.yPx + crop.heightPx / 2);
  const slackPx = centredWithin * sidePx;
  if (Math.abs(offsetX) <= slackPx && Math.abs(offsetY) <= slackPx) return crop;
  const stepPx = largestStep * face.heightPx;
  const step = (offset: number): number => Math.min(stepPx, Math.max(-stepPx, offset));
  return squareAround(
    {
      uPx: crop.xPx + crop.widthPx / 2 + step(offsetX),
      vPx: crop.yPx + crop.heightPx / 2 + step(offsetY),
    },
    sidePx,
    picture,
  );
}

/** Whether a crop is the whole picture. */
export function isWhole(crop: PictureRegion, picture: PictureSize): boolean {
  return crop.widthPx === picture.widthPx && crop.heightPx === picture.heightPx;
}

function isInside({ uPx, vPx }: FacePlace, { xPx, yPx, widthPx, heightPx }: PictureRegion): boolean {
  return uPx > xPx && uPx < xPx + widthPx && vPx > yPx && vPx < yPx + heightPx;
}

function wholeOf({ widthPx, heightPx }: PictureSize): PictureRegion {
  return { xPx: 0, yPx: 0, widthPx, heightPx };
}

function shareOf({ heightPx }: FacePlace, picture: PictureSize): number {
  return heightPx / Math.min(picture.widthPx, picture.heightPx);
}

/** Landmarks of a crop as landmarks of the whole picture, depth included; changes them in place. */
export function uncrop(landmarks: FaceLandmarks, crop: PictureRegion, picture: PictureSize): FaceLandmarks {
  const [sx, sy] = [crop.widthPx / picture.widthPx, crop.heightPx / picture.heightPx];
  const [ox, oy] = [crop.xPx / picture.widthPx, crop.yPx / picture.heightPx];
  for (let at = 0; at + 2 < landmarks.length; at += 3) {
    landmarks[at] = ox + (landmarks[at] ?? 0) * sx;
    landmarks[at + 1] = oy + (landmarks[at + 1] ?? 0) * sy;
    // Depth is on the scale of x.
    landmarks[at + 2] = (landmarks[at + 2] ?? 0) * sx;
  }
  return landmarks;
}

/** Where a face's landmarks lie on the picture; null when they are no face's. */
export function placeOf(landmarks: FaceLandmarks, picture: PictureSize): FacePlace | null {
  if (landmarks.length !== faceLandmarkCount * 3) return null;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at + 2 < landmarks.length; at += 3) {
    const [x, y] = [landmarks[at] ?? Number.NaN, landmarks[at + 1] ?? Number.NaN];
    if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const widthPx = (right - left) * picture.widthPx;
  const heightPx = (bottom - top) * picture.heightPx;
  if (!(widthPx > 0 && heightPx > 0)) return null;
  return {
    uPx: ((left + right) / 2) * picture.widthPx,
    vPx: ((top + bottom) / 2) * picture.heightPx,
    // A head on its side is as large as one that stands.
    heightPx: Math.max(widthPx, heightPx),
  };
}
