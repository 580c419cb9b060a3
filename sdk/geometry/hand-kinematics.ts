import { canonicalHand, fingerRoot, handLandmarkCount } from './canonical-hand.ts';

/**
 * A hand's posture is 27 numbers: six for its place (rotation vector and translation, handled by the solver), then four
 * angles for each finger, thumb first, and the thumb's twist, radians.
 */
export const anglesPerFinger = 4;
/** Sideways, then the bend of each of three joints; the thumb's twist comes last of all. */
export const jointAngleCount = 21;
const thumbTwist = 20;

/** The landmarks and the backs of the phalanges of a posed hand, in the hand's own frame. */
export interface PosedHand {
  /** 21 × (x, y, z), millimetres. */
  readonly jointsMm: Float64Array;
  /** Unit vectors out of the back of each of the 5 × 3 phalanges, root to tip. */
  readonly backs: Float64Array;
  /** Unit vectors about which each finger turns sideways (towards the thumb's side) and bends (away from the palm). */
  readonly sideAxes: Float64Array;
  readonly bendAxes: Float64Array;
}

/** Room for one posed hand. */
export function createPosedHand(): PosedHand {
  return {
    jointsMm: new Float64Array(handLandmarkCount * 3),
    backs: new Float64Array(canonicalHand.length * 9),
    sideAxes: new Float64Array(canonicalHand.length * 3),
    bendAxes: new Float64Array(canonicalHand.length * 3),
  };
}

/**
 * Bends the canonical left hand by `anglesRad` (21 numbers: for each finger sideways, then the three joints' bend towards
 * the palm; last the thumb's twist about its own axis) and writes it into `posed`.
 */
export function poseHand(anglesRad: ArrayLike<number>, posed: PosedHand): void {
  const { jointsMm, backs, sideAxes, bendAxes } = posed;
  jointsMm[0] = 0;
  jointsMm[1] = 0;
  jointsMm[2] = 0;
  for (let finger = 0; finger < canonicalHand.length; finger += 1) {
    const shape = canonicalHand[finger];
    if (shape === undefined) continue;
    const at = finger * anglesPerFinger;
    let [ux, uy, uz] = shape.along;
    let [wx, wy, wz] = shape.back;
    // The axis of the bend: along × back.
    let [px, py, pz] = [uy * wz - uz * wy, uz * wx - ux * wz, ux * wy - uy * wx];
    if (finger === 0) {
      const [cos, sin] = [Math.cos(anglesRad[thumbTwist] ?? 0), Math.sin(anglesRad[thumbTwist] ?? 0)];
      [wx, wy, wz, px, py, pz] = [
        cos * wx + sin * px,
        cos * wy + sin * py,
        cos * wz + sin * pz,
        cos * px - sin * wx,
        cos * py - sin * wy,
        cos * pz - sin * wz,
      ];
    }
    // Sideways: along turns in the plane square to the back.
    const [cosSide, sinSide] = [Math.cos(anglesRad[at] ?? 0), Math.sin(anglesRad[at] ?? 0)];
    [ux, uy, uz] = [cosSide * ux + sinSide * px, cosSide * uy + sinSide * py, cosSide * uz + sinSide * pz];
    sideAxes[finger * 3] = -wx;
    sideAxes[finger * 3 + 1] = -wy;
    sideAxes[finger * 3 + 2] = -wz;
    bendAxes[finger * 3] = uy * wz - uz * wy;
    bendAxes[finger * 3 + 1] = uz * wx - ux * wz;
    bendAxes[finger * 3 + 2] = ux * wy - uy * wx;
    let [x, y, z] = shape.rootMm;
    const root = fingerRoot(finger) * 3;
    jointsMm[root] = x;
    jointsMm[root + 1] = y;
    jointsMm[root + 2] = z;
    let bendRad = 0;
    for (let bone = 0; bone < 3; bone += 1) {
      bendRad += anglesRad[at + 1 + bone] ?? 0;
      const [cos, sin] = [Math.cos(bendRad), Math.sin(bendRad)];
      const lengthMm = shape.lengthsMm[bone] ?? 0;
      x += lengthMm * (cos * ux - sin * wx);
      y += lengthMm * (cos * uy - sin * wy);
      z += lengthMm * (cos * uz - sin * wz);
      const joint = root + (bone + 1) * 3;
      jointsMm[joint] = x;
      jointsMm[joint + 1] = y;
      jointsMm[joint + 2] = z;
      const back = (finger * 3 + bone) * 3;
      backs[back] = sin * ux + cos * wx;
      backs[back + 1] = sin * uy + cos * wy;
      backs[back + 2] = sin * uz + cos * wz;
    }
  }
}

/** What a joint does at ease, and how far from it hands stray (one standard deviation), radians. */
export interface JointHabit {
  readonly restRad: number;
  readonly spreadRad: number;
  /** Beyond these no healthy hand bends it. */
  readonly leastRad: number;
  readonly mostRad: number;
}

const degree = Math.PI / 180;
const habit = (rest: number, spread: number, least: number, most: number): JointHabit => ({
  restRad: rest * degree,
  spreadRad: spread * degree,
  leastRad: least * degree,
  mostRad: most * degree,
});
const fingerHabits = [
  habit(0, 9, -22, 22),
  habit(18, 35, -30, 95),
  habit(20, 40, -6, 112),
  habit(14, 30, -12, 85),
];
const thumbHabits = [
  habit(0, 20, -50, 50),
  habit(0, 20, -45, 50),
  habit(12, 25, -15, 65),
  habit(12, 30, -25, 85),
];

/**
 * The 21 angles' habits, in their order. Limits are the usual ranges of motion of hand surgery's textbooks (finger MCP to
 * 90°, PIP to 110°, DIP to 80°, a little stretch beyond straight); the spreads are wide on purpose, so that a habit decides
 * only what the picture leaves open.
 */
export const jointHabits: readonly JointHabit[] = [
  ...thumbHabits,
  ...fingerHabits,
  ...fingerHabits,
  ...fingerHabits,
  ...fingerHabits,
  habit(0, 18, -45, 45),
];
