import { cardHeightMm, cardThicknessMm, cardWidthMm } from '../../sdk/geometry/card.ts';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';
import {
  addVectors,
  dotVectors,
  mixVectors,
  multiplyQuaternions,
  quaternionFromRotationVector,
  rotateVector,
  scaleVector,
  subtractVectors,
  transformPoint,
} from '../../sdk/geometry/pose-algebra.ts';
import type { Flesh } from './hand-form.ts';

/** How a visitor holds a card across the palm, its lower edge held by the other hand's thumb. */
export interface PalmCardHold {
  /** From the middle of the palm towards the fingers, and to the card's own right, mm. */
  readonly upMm: number;
  readonly asideMm: number;
  /** How far the card turns about its normal, and leans away from the palm at its upper edge, in radians. */
  readonly turnRad: number;
  readonly leanRad: number;
  /** The gap that an unsteady hand leaves between palm and card. */
  readonly gapMm: number;
}

/** As one is asked to hold it. */
export const usualPalmHold: PalmCardHold = { upMm: 4, asideMm: 0, turnRad: 0, leanRad: 0, gapMm: 0 };

/** A card in a palm and the thumb that holds it, camera frame, mm. */
export interface PalmCard {
  /** As in `projectCard`: +z out of the side that is seen. */
  readonly cameraFromCard: Pose;
  readonly thumb: { readonly from: Vec3; readonly to: Vec3; readonly radiusMm: number };
}

/** Points along each capsule of flesh that are asked whether the card touches there. */
const stepsAlong = 6;
const thumbRadiusMm = 9;

/** Lays a card on a palm so that it touches the flesh exactly where that is nearest; `size` is the hand's. */
export function layCard(
  { upMm, asideMm, turnRad, leanRad, gapMm }: PalmCardHold,
  { rotation, translationMm }: Pose,
  flesh: readonly Flesh[],
  size: number,
): PalmCard {
  // The hand's +z is its back: the card faces the other way.
  const turned = multiplyQuaternions(
    multiplyQuaternions(rotation, [0, 1, 0, 0]),
    multiplyQuaternions(
      quaternionFromRotationVector([leanRad, 0, 0]),
      quaternionFromRotationVector([0, 0, turnRad]),
    ),
  );
  const [right, up, out] = [
    rotateVector(turned, [1, 0, 0]),
    rotateVector(turned, [0, 1, 0]),
    rotateVector(turned, [0, 0, 1]),
  ];
  const palm = addVectors(translationMm, rotateVector(rotation, [0, (60 + upMm) * size, 0]));
  const middle = addVectors(palm, scaleVector(right, asideMm));
  let nearest = Number.NEGATIVE_INFINITY;
  for (const { from, to, fromRadiusMm, toRadiusMm } of flesh) {
    for (let step = 0; step <= stepsAlong; step += 1) {
      const share = step / stepsAlong;
      const offset = subtractVectors(mixVectors(from, to, share), middle);
      const isUnder =
        Math.abs(dotVectors(offset, right)) <= cardWidthMm / 2 &&
        Math.abs(dotVectors(offset, up)) <= cardHeightMm / 2;
      if (!isUnder) continue;
      const radiusMm = fromRadiusMm + share * (toRadiusMm - fromRadiusMm);
      nearest = Math.max(nearest, dotVectors(offset, out) + radiusMm);
    }
  }
  const cameraFromCard: Pose = {
    rotation: turned,
    translationMm: addVectors(middle, scaleVector(out, nearest + cardThicknessMm + gapMm)),
  };
  const at = (x: number, y: number, z: number): Vec3 => transformPoint(cameraFromCard, [x, y, z]);
  return {
    cameraFromCard,
    thumb: {
      from: at(26, -cardHeightMm / 2 + 9, thumbRadiusMm - 1),
      to: at(38, -cardHeightMm / 2 - 34, thumbRadiusMm),
      radiusMm: thumbRadiusMm,
    },
  };
}
