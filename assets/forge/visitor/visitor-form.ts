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
  // Under the jersey nobody sees where it ends; round, so that the head may turn on the body.
  return y > -150 ? skin : Math.max(skin, Math.hypot(x, z + 70) - 98, -206 - y);
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

/** A plain knit dress with a round neck and long sleeves, from its collar to the thighs. */
export function visitorGarmentMm(xSigned: number, y: number, z: number): number {
  const x = Math.abs(xSigned);
  let d = ellipsoid(x, y + 330, z + 78, 168, 190, 102);
  d = smoothUnion(d, ellipsoid(x, y + 560, z + 78, 152, 260, 96), 60);
  d = smoothUnion(d, ellipsoid(x, y + 740, z + 80, 172, 150, 112), 60);
  d = smoothUnion(d, ellipsoid(x, y + 960, z + 80, 164, 300, 112), 60);
  d = smoothUnion(d, taperedCapsule(x, y, z, [70, -182, -84, 34], [168, -226, -84, 50]), 40);
  let arm = taperedCapsule(x, y, z, [182, -236, -84, 53], [222, -510, -92, 41]);
  arm = smoothUnion(arm, taperedCapsule(x, y, z, [222, -510, -92, 41], [232, -740, -34, 29]), 16);
  d = smoothUnion(d, arm, 22);
  d = smoothUnion(d, uncutNeckMm(x, y, z) - 5, 12);
  // The collar: a tilted tube about the neck is left free, and whatever is above it.
  const opening = Math.hypot(x / 84, (z + 66 + 0.3 * (y + 160)) / 76) - 1;
  d = smoothDifference(d, Math.max(opening * 78, -(y + 205)), 5);
  return Math.max(smoothIntersection(d, y + 120, 4), -(y + 1000));
}

/** The hands that hang from the sleeves: enough of them to be told for hands from afar. */
export function visitorHandsMm(xSigned: number, y: number, z: number): number {
  const x = Math.abs(xSigned);
  const palm = ellipsoid(x - 232, y + 800, z + 22, 15, 52, 38);
  const fingers = ellipsoid(x - 230, y + 868, z + 18, 11, 52, 30);
  const thumb = taperedCapsule(x, y, z, [226, -790, 10, 13], [214, -846, 26, 9]);
  return smoothUnion(smoothUnion(palm, fingers, 14), thumb, 10);
}
