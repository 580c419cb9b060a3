import { headOnNeckMm } from '../mannequin/mannequin-form.ts';
import { uncutNeckMm } from '../mannequin/neck-form.ts';
import {
  ellipsoid,
  smoothDifference,
  smoothIntersection,
  smoothUnion,
  taperedCapsule,
} from '../mannequin/signed-distance.ts';
import { openLids } from './eye-opening.ts';

/** Head and neck with open eyes, in the canonical face frame. Distance in millimetres; symmetric in x. */
export function visitorSkinMm(x: number, y: number, z: number): number {
  const skin = headOnNeckMm(x, y, z, uncutNeckMm(x, y, z), openLids);
  // Under the jersey nobody sees where it ends.
  return y > -150 ? skin : Math.max(skin, Math.abs(x) - 118, -206 - y);
}

/** Short hair, combed back: a cap over the skull that leaves the face, the ears and the nape free. */
export function visitorHairMm(xSigned: number, y: number, z: number): number {
  const x = Math.abs(xSigned);
  let cap = ellipsoid(x, y - 54, z + 47, 79, 94, 104);
  cap = smoothUnion(cap, ellipsoid(x, y - 34, z + 72, 74, 74, 78), 20);
  // Fuller over the brow, where it is combed up.
  cap = smoothUnion(cap, ellipsoid(x, y - 116, z + 4, 52, 30, 36), 26);
  // Locks that run back from the brow, finer to the sides.
  const around = Math.atan2(x, y - 20);
  cap +=
    1.5 * Math.sin(around * 24 + z * 0.035 + 0.9 * Math.sin(around * 7)) +
    0.8 * Math.sin(around * 53 + z * 0.07);
  const face = ellipsoid(x, y - 6, z - 50, 69, 84, 74);
  let hair = smoothDifference(cap, face, 5);
  hair = smoothIntersection(hair, -(y + 46 + 0.5 * (z + 100)), 10);
  // Around the ear, and before it, it is cut short.
  hair = smoothDifference(hair, ellipsoid(x - 84, y - 8, z + 62, 26, 40, 27), 4);
  return smoothDifference(hair, ellipsoid(x - 80, y + 22, z + 18, 30, 46, 32), 6);
}

/** A plain jersey with a round neck, from its collar to the picture's lower edge. */
export function visitorGarmentMm(xSigned: number, y: number, z: number): number {
  const x = Math.abs(xSigned);
  let d = ellipsoid(x, y + 330, z + 78, 172, 190, 104);
  d = smoothUnion(d, taperedCapsule(x, y, z, [70, -182, -84, 34], [168, -226, -84, 50]), 40);
  d = smoothUnion(d, taperedCapsule(x, y, z, [176, -232, -84, 52], [214, -520, -62, 44]), 26);
  d = smoothUnion(d, uncutNeckMm(x, y, z) - 5, 12);
  // The collar: a tilted tube about the neck is left free, and whatever is above it.
  const opening = Math.hypot(x / 84, (z + 66 + 0.3 * (y + 160)) / 76) - 1;
  d = smoothDifference(d, Math.max(opening * 78, -(y + 205)), 5);
  return Math.max(smoothIntersection(d, y + 120, 4), -(y + 470));
}
