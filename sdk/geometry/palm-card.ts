import type { CameraIntrinsics } from './camera-intrinsics.ts';
import { fingerCount } from './canonical-hand.ts';
import { cardPose } from './card-pose.ts';
import { cardThicknessMm } from './card.ts';
import type { HandOutline } from './finger-outline.ts';
import { fingerBreadth, ringCircumference, scaleFromDepth } from './finger-size.ts';
import type { Quad } from './homography.ts';
import type { Pose, Vec3 } from './pose.ts';
import { dotVectors, lengthOf, rotateVector } from './pose-algebra.ts';
import type { LengthMm } from './ring-size.ts';
import { trimmedMean } from './trimmed-mean.ts';

/** A solved hand in whose palm a card is held, camera frame, millimetres at the scale it is taken for. */
export interface HandUnderCard {
  /** Out of the back of the hand, or of its palm; a unit vector. */
  readonly back: Vec3;
  /** The rings' places, thumb first, as in a `FingerAnchor`. */
  readonly rings: readonly Pose[];
}

/** One finger's breadth on one picture. */
export interface FingerSight {
  readonly breadthPx: number;
  /** Millimetres per pixel at the finger, and its distance from the camera. */
  readonly mmPerPx: number;
  readonly distanceMm: number;
  /** As in a `SeenBreadth`. */
  readonly turnRad: number;
}

/** What a card in a palm tells of that hand's fingers. */
export type CardOnPalm =
  /** The fingers, thumb first; null where the edges do not stand out. */
  | { readonly kind: 'held'; readonly fingers: readonly (FingerSight | null)[] }
  /** There is a card, but it does not lie against the palm, or not flat. */
  | { readonly kind: 'amiss'; readonly why: 'away' | 'tilted' };

/** How far the card may be turned from the line of sight: edges seen askew are no breadth. */
const greatestAskewRad = 0.5;
/**
 * And from the hand, which a network that sees little of it has up to 0.8 radians off. Whether that is its palm or its back is not asked:
 * of a palm under a card the network mostly names the other hand, and with that all backs turn over.
 */
const greatestTiltRad = 1;
/**
 * A card at the hand is between these shares of the distance at which the solved hand is: adult hands differ by a sixth, and one that is
 * covered by a card is solved up to a quarter too far away.
 */
const nearestShare = 0.6;
const farthestShare = 1.2;
/**
 * How far the fingers' axes lie behind a card that rests on the pads under the fingers and on the ball of the thumb, and the 95 %
 * half-interval: hands differ, and fingers are never quite straight.
 */
const fingersUnderCardMm = 24;
const fingersPlusMinusMm = 14;
/** Edges less clear than this are not measured. */
const leastTrust = 0.4;
/** Cosine of the angle between finger and line of sight from which on a finger is seen too much end on. */
const endOn = 0.6;

/**
 * The breadths of the fingers of a hand in whose palm a card is held: the card's plane is known in millimetres, and the fingers lie a
 * little behind it.
 *
 * @param corners - as in a `CardSighting`, in pixels
 * @returns null where the corners are no card's
 */
export function cardOnPalm(
  corners: Quad,
  intrinsics: CameraIntrinsics,
  { back, rings }: HandUnderCard,
  outline: HandOutline,
): CardOnPalm | null {
  const card = cardPose(corners, intrinsics);
  if (card === null) return null;
  const { rotation, translationMm } = card.cameraFromCard;
  const normal = rotateVector(rotation, [0, 0, 1]);
  const isAskew = angleBetween(normal, translationMm) > greatestAskewRad;
  if (isAskew || angleBetween(normal, back) > greatestTiltRad) return { kind: 'amiss', why: 'tilted' };
  const plane = dotVectors(normal, translationMm) - cardThicknessMm - fingersUnderCardMm;
  // Where the ray to each ring's place meets the plane of the fingers, as a share of the way that the solved hand says.
  const shares = rings.map(({ translationMm: place }) => plane / dotVectors(normal, place));
  if (shares.some((share) => !(share > nearestShare && share < farthestShare)))
    return { kind: 'amiss', why: 'away' };
  const fingers = Array.from({ length: fingerCount }, (_, finger): FingerSight | null => {
    const [edges, ring, share] = [outline[finger] ?? null, rings[finger], shares[finger]];
    if (edges === null || ring === undefined || share === undefined || edges.trust < leastTrust) return null;
    const place = ring.translationMm;
    const length = lengthOf(place);
    if (Math.abs(dotVectors(rotateVector(ring.rotation, [0, 1, 0]), place)) > endOn * length) return null;
    const cosine = Math.abs(dotVectors(rotateVector(ring.rotation, [0, 0, 1]), place)) / length;
    return {
      breadthPx: edges.highPx - edges.lowPx,
      mmPerPx: (-place[2] * share) / intrinsics.fxPx,
      distanceMm: length * share,
      turnRad: Math.acos(Math.min(1, cosine)),
    };
  });
  return { kind: 'held', fingers };
}

/** Between two lines, whichever way they point. */
function angleBetween(a: Vec3, b: Vec3): number {
  return Math.acos(Math.min(1, Math.abs(dotVectors(a, b)) / (lengthOf(a) * lengthOf(b))));
}

/** So many sights of a card make a measurement, and so many of a finger's edges among them. */
export const palmSightsNeeded = 12;
const fingerSightsNeeded = 6;
const trimmedPerSide = 2;
/**
 * 95 % half-interval of how far off a finger's two edges are found together, as a share of the breadth and on every picture of a person
 * alike: fingers that touch, webs and creases have edges too. From 273 fingers of two tuning seeds.
 */
const edgesPlusMinusShare = 0.165;
const normal95 = 1.96;

/** Gathers the breadths of one hand's fingers from sights of a card held in its palm. */
export class PalmCardEstimator {
  readonly #fingers: FingerSight[][] = Array.from({ length: fingerCount }, () => []);
  #sights = 0;

  observe({ fingers }: Extract<CardOnPalm, { kind: 'held' }>): void {
    this.#sights += 1;
    fingers.forEach((sight, finger) => {
      if (sight !== null) this.#fingers[finger]?.push(sight);
    });
  }

  /** How many sights are taken into account. */
  get sights(): number {
    return this.#sights;
  }

  /** The inner circumference of the ring that fits each finger, thumb first; null for a finger whose edges were not seen often enough. */
  circumferences(): readonly (LengthMm | null)[] {
    return this.#fingers.map((sights) =>
      sights.length < fingerSightsNeeded ? null : circumferenceOf(sights),
    );
  }

  /** Begins anew, for another measurement. */
  reset(): void {
    this.#sights = 0;
    for (const sights of this.#fingers) sights.length = 0;
  }
}

function circumferenceOf(sights: readonly FingerSight[]): LengthMm | null {
  const breadths = sights.map((sight) =>
    fingerBreadth(
      {
        breadthPx: sight.breadthPx,
        plusMinusPx: edgesPlusMinusShare * sight.breadthPx,
        turnRad: sight.turnRad,
      },
      scaleFromDepth(sight.mmPerPx, sight.distanceMm, fingersPlusMinusMm),
    ),
  );
  const mean = trimmedMean(
    breadths.map(({ valueMm }) => valueMm),
    Math.min(trimmedPerSide, Math.floor((sights.length - 1) / 3)),
  );
  if (mean === null) return null;
  // What edges and plane are off is off on every picture alike: many pictures take only the scatter away.
  const eachMm = breadths.reduce((sum, { plusMinusMm }) => sum + plusMinusMm, 0) / breadths.length;
  return ringCircumference({
    valueMm: mean.mean,
    plusMinusMm: Math.hypot(eachMm, normal95 * mean.standardError),
  });
}
