import { canonicalHand, fingerRoot, ringPhalanx } from '../geometry/canonical-hand.ts';
import type { Pose, Vec3 } from '../geometry/pose.ts';
import { dotVectors, lengthOf, mixVectors, scaleVector, subtractVectors } from '../geometry/pose-algebra.ts';
import { frameOf, smoothStep, unitOrNull } from '../geometry/vector-products.ts';
import type { FingerAnchor } from './hand-anchors.ts';
import type { HandPoints } from './hand-points.ts';
import { jointAt } from './hand-points.ts';

/** Where on the proximal phalanx a ring sits: half way from knuckle to joint, just before the web. */
const ringShare = 0.5;
/** Sine of the bend between two phalanges from which their plane begins to tell the finger's twist, and fully does. */
const bendTells = 0.35;
const bendTellsAll = 0.8;
/** How much of the twist is then taken from the plane, the rest from the hand's build. */
const planeShare = 0.4;
/** Cosine of the angle between finger and line of sight at which a ring begins to fade, and is gone: seen end on. */
const endOnBegins = 0.86;
const endOnGone = 0.97;

/** The ring's frame on one finger (0 is the thumb), camera frame; null when the finger has no direction. */
export function ringFrame(hand: HandPoints, finger: number): Pose | null {
  const from = ringPhalanx(finger);
  const [near, far] = [jointAt(hand.jointsMm, from), jointAt(hand.jointsMm, from + 1)];
  return frameOf(mixVectors(near, far, ringShare), subtractVectors(far, near), fingerBack(hand, finger));
}

/**
 * What is the back of the ring's phalanx: by the hand's build, and, when the finger is bent, by the plane in which it bends,
 * which follows the finger's own twist.
 */
function fingerBack({ jointsMm, backs }: HandPoints, finger: number): Vec3 {
  const bone = ringPhalanx(finger) - fingerRoot(finger);
  const built = jointAt(backs, finger * 3 + bone);
  const [a, b, c] = [0, 1, 2].map((joint) => jointAt(jointsMm, ringPhalanx(finger) + joint));
  if (a === undefined || b === undefined || c === undefined) return built;
  const first = unitOrNull(subtractVectors(b, a));
  const second = unitOrNull(subtractVectors(c, b));
  if (first === null || second === null) return built;
  // The second phalanx bends towards the palm, so the back is what is left of the opposite of it.
  const towardsPalm = subtractVectors(second, scaleVector(first, dotVectors(first, second)));
  const inPlane = unitOrNull(scaleVector(towardsPalm, -1));
  const share = planeShare * smoothStep(bendTells, bendTellsAll, lengthOf(towardsPalm));
  // A plane that contradicts the build is a joint that slipped, or one bent backwards.
  if (inPlane === null || share === 0 || dotVectors(inPlane, built) <= 0.3) return built;
  return mixVectors(built, inPlane, share);
}

/** The anchor of one finger (0 is the thumb) from its ring's frame, filtered or not, and half its breadth there. */
export function fingerAnchor(
  hand: HandPoints,
  finger: number,
  cameraFromRing: Pose,
  radiusMm: number,
  handConfidence: number,
): FingerAnchor {
  const along = subtractVectors(
    jointAt(hand.jointsMm, ringPhalanx(finger) + 1),
    jointAt(hand.jointsMm, ringPhalanx(finger)),
  );
  const { translationMm } = cameraFromRing;
  const endOn = Math.abs(dotVectors(along, translationMm)) / (lengthOf(along) * lengthOf(translationMm));
  return {
    cameraFromRing,
    radiusMm,
    confidence:
      handConfidence *
      smoothStep(endOnGone, endOnBegins, endOn) *
      (1 - hiddenShare(hand, finger, translationMm)),
  };
}

/** Half the breadth of a finger at its ring's place, for a hand of this size. */
export function ringRadiusMm(finger: number, scale: number): number {
  return ((canonicalHand[finger]?.ringBreadthMm ?? 0) / 2) * scale;
}

/**
 * How far another phalanx lies before the ring's place: 1 when it is covered, 0 when it is seen. By scalars: it runs for every phalanx
 * before every finger of every picture.
 */
function hiddenShare({ jointsMm, scale }: HandPoints, finger: number, [rx, ry, rz]: Vec3): number {
  const distanceMm = Math.sqrt(rx * rx + ry * ry + rz * rz);
  if (!(distanceMm > 1e-9)) return 0;
  const [sx, sy, sz] = [rx / distanceMm, ry / distanceMm, rz / distanceMm];
  const ringRadius = ringRadiusMm(finger, scale);
  const ringBone = ringPhalanx(finger) - fingerRoot(finger);
  let hidden = 0;
  for (let other = 0; other < canonicalHand.length; other += 1) {
    for (let bone = 0; bone < 3; bone += 1) {
      // The phalanx itself and its neighbours touch the ring's place without hiding it, unless bent back over it.
      if (other === finger && bone <= ringBone) continue;
      const at = (fingerRoot(other) + bone) * 3;
      const ax = jointsMm[at] ?? 0;
      const ay = jointsMm[at + 1] ?? 0;
      const az = jointsMm[at + 2] ?? 0;
      const bx = (jointsMm[at + 3] ?? 0) - ax;
      const by = (jointsMm[at + 4] ?? 0) - ay;
      const bz = (jointsMm[at + 5] ?? 0) - az;
      // Seen along the line of sight: where the bone passes nearest to the ring's place, and whether it does so before it.
      const aDeep = ax * sx + ay * sy + az * sz;
      const bDeep = bx * sx + by * sy + bz * sz;
      const flat2 = bx * bx + by * by + bz * bz - bDeep * bDeep;
      const against = ax * bx + ay * by + az * bz - aDeep * bDeep;
      const t = flat2 > 1e-9 ? Math.min(1, Math.max(0, -against / flat2)) : 0;
      const nx = ax + t * bx;
      const ny = ay + t * by;
      const nz = az + t * bz;
      const deep = aDeep + t * bDeep;
      const asideMm = Math.sqrt(Math.max(0, nx * nx + ny * ny + nz * nz - deep * deep));
      const radius = ((canonicalHand[other]?.breadthsMm[bone + 1] ?? 0) / 2) * scale;
      const covered =
        smoothStep(radius + 0.3 * ringRadius, radius - 0.3 * ringRadius, asideMm) *
        smoothStep(0.5 * (radius + ringRadius), radius + ringRadius, distanceMm - deep);
      hidden = Math.max(hidden, covered);
    }
  }
  return hidden;
}
