import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { cardPose } from './card-pose.ts';
import { cardHeightMm, cardThicknessMm, cardWidthMm } from './card.ts';
import type { Quad } from './homography.ts';
import type { ScaleEstimate } from './iris-scale.ts';
import type { Pose, Vec3 } from './pose.ts';
import { conjugate, dotVectors, rotateVector, subtractVectors, transformPoint } from './pose-algebra.ts';
import { trimmedMean } from './trimmed-mean.ts';

/** What a card before a face tells of that face's size. */
export type CardOnFace =
  /** True millimetres per canonical millimetre. */
  | { readonly kind: 'held'; readonly scale: number; readonly distanceMm: number }
  /** There is a card, but it does not lie against the forehead, or not flat. */
  | { readonly kind: 'amiss'; readonly why: 'away' | 'tilted' };

/** A forehead slopes back, and nobody holds a card exactly along it. */
const greatestTiltRad = 0.6;
/** Fewer vertices under the card, and it does not lie where the face can be compared with it. */
const leastVerticesUnder = 8;
/**
 * Fewer than two in a hundred adult heads differ so much from the canonical one (5 % is a standard deviation): a card that says so is held before
 * the face, not against it. A card nearer to the forehead than that, yet not at it, cannot be told from a smaller head.
 */
const greatestOddness = 0.12;

/**
 * The size of a face against whose forehead a card is held: the card's plane, known in millimetres, touches the face where that comes
 * nearest to it. Depths are compared, not widths, so an error of the focal length cancels.
 *
 * @param corners - as in a `CardSighting`, in pixels
 * @param verticesMm - the face's shape in the head frame, canonical millimetres
 * @param cameraFromFace - at the canonical scale
 * @returns null where the corners are no card's
 */
export function cardOnFace(
  corners: Quad,
  intrinsics: CameraIntrinsics,
  verticesMm: ArrayLike<number>,
  cameraFromFace: Pose,
): CardOnFace | null {
  const card = cardPose(corners, intrinsics);
  if (card === null) return null;
  const { cameraFromCard } = card;
  const normal = rotateVector(cameraFromCard.rotation, [0, 0, 1]);
  const forward = rotateVector(cameraFromFace.rotation, [0, 0, 1]);
  if (Math.acos(Math.min(1, dotVectors(normal, forward))) > greatestTiltRad)
    return { kind: 'amiss', why: 'tilted' };
  const back = dotVectors(normal, cameraFromCard.translationMm) - cardThicknessMm;
  const nearest = nearestUnder(cameraFromCard, normal, verticesMm, cameraFromFace, back);
  if (nearest === null) return { kind: 'amiss', why: 'away' };
  const scale = back / nearest;
  if (Math.abs(scale - 1) > greatestOddness) return { kind: 'amiss', why: 'away' };
  return { kind: 'held', scale, distanceMm: -back };
}

/** How far along the card's normal the face comes under the card; null where too little of it lies there. */
function nearestUnder(
  { rotation, translationMm }: Pose,
  normal: Vec3,
  verticesMm: ArrayLike<number>,
  cameraFromFace: Pose,
  back: number,
): number | null {
  const cardFromCamera = conjugate(rotation);
  let nearest = Number.NEGATIVE_INFINITY;
  let under = 0;
  for (let at = 0; at + 2 < verticesMm.length; at += 3) {
    const point = transformPoint(cameraFromFace, [
      verticesMm[at] ?? 0,
      verticesMm[at + 1] ?? 0,
      verticesMm[at + 2] ?? 0,
    ]);
    const along = dotVectors(normal, point);
    if (!(along < 0)) continue;
    // Where the ray to the vertex meets the card's plane: of its true size nothing is known yet.
    const onPlane: Vec3 = [(point[0] * back) / along, (point[1] * back) / along, (point[2] * back) / along];
    const [x, y] = rotateVector(cardFromCamera, subtractVectors(onPlane, translationMm));
    if (Math.abs(x) > cardWidthMm / 2 || Math.abs(y) > cardHeightMm / 2) continue;
    under += 1;
    nearest = Math.max(nearest, along);
  }
  return under < leastVerticesUnder ? null : nearest;
}

/** So many sights of a card make a measurement. */
export const cardSightsNeeded = 12;
const trimmedPerSide = 2;
const normal95 = 1.96;
/**
 * 95 % half-interval of how far off the forehead is from where the fitted face has it, hair and a hand's slack under the card
 * included. Chosen on the visitor's tuning seed.
 */
const contactPlusMinusMm = 6;

/** Gathers the true scale of one face from sights of a card held against its forehead. */
export class CardScaleEstimator {
  #scales: number[] = [];
  #distanceMm = 0;

  observe({ scale, distanceMm }: Extract<CardOnFace, { kind: 'held' }>): void {
    this.#scales.push(scale);
    this.#distanceMm = distanceMm;
  }

  /** How many sights are taken into account. */
  get sights(): number {
    return this.#scales.length;
  }

  /** Null until there were enough sights. */
  estimate(): ScaleEstimate | null {
    if (this.#scales.length < cardSightsNeeded) return null;
    const seen = trimmedMean(this.#scales, trimmedPerSide);
    if (seen === null) return null;
    const { mean: scale, standardError } = seen;
    const contact = (scale * contactPlusMinusMm) / this.#distanceMm;
    return {
      scale,
      plusMinus: Math.hypot(contact, normal95 * standardError),
      samples: this.#scales.length,
    };
  }

  /** Begins anew, for another measurement. */
  reset(): void {
    this.#scales = [];
  }
}
