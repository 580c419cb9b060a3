import type { Quaternion, Vec3 } from '../../sdk/geometry/pose.ts';
import type { TempleShape } from './measure-temple.ts';

/** Where the wearer's ears are and what the frame's temples do to meet them. */
export interface EyewearFit {
  /** Turn of the whole frame about the bridge's x axis, positive lifts the temples' ends. */
  pitchRad: number;
  /** Turn of each temple about its hinge's y axis. */
  leftTempleRad: number;
  rightTempleRad: number;
  /** Depth of the ears behind the bridge, negative. */
  earZMm: number;
}

/** Where one face carries spectacles: poses in the camera's frame. */
export interface EyewearSeat {
  readonly bridgeRotation: Quaternion;
  readonly bridgeMm: Vec3;
  readonly leftEarMm: Vec3;
  readonly rightEarMm: Vec3;
}

/**
 * An optician bends temples by a few degrees and no more; beyond that the frame is of the wrong size and must look so.
 * The arm clears the skin by the thickness of hair.
 */
const MAX_OPEN_RAD = (9 * Math.PI) / 180;
const MAX_CLOSE_RAD = (3 * Math.PI) / 180;
const MAX_PITCH_RAD = (7 * Math.PI) / 180;
const CLEARANCE_MM = 1;

/**
 * How a frame attaches: its origin on the skin of the nose's bridge at true size, tipped until its temples lie on the
 * ears, each temple opened until it meets its own ear. Temples of null do not turn. Writes into `out`.
 */
export function fitEyewear(
  seat: EyewearSeat,
  left: TempleShape | null,
  right: TempleShape | null,
  out: EyewearFit,
): void {
  const leftEarZ = inBridge(seat, seat.leftEarMm, 2);
  const rightEarZ = inBridge(seat, seat.rightEarMm, 2);
  out.earZMm = (leftEarZ + rightEarZ) / 2;
  const lift =
    (liftFor(left, inBridge(seat, seat.leftEarMm, 1), leftEarZ) +
      liftFor(right, inBridge(seat, seat.rightEarMm, 1), rightEarZ)) /
    2;
  out.pitchRad = clamp(lift, -MAX_PITCH_RAD, MAX_PITCH_RAD);
  out.leftTempleRad = -turnFor(left, inBridge(seat, seat.leftEarMm, 0), leftEarZ, 1);
  out.rightTempleRad = turnFor(right, inBridge(seat, seat.rightEarMm, 0), rightEarZ, -1);
}

function liftFor(temple: TempleShape | null, earY: number, earZ: number): number {
  return temple === null ? 0 : Math.atan2(earY - armAt(temple, earZ, 2), -earZ);
}

/** How far a temple of one side (+1 left, −1 right) opens outwards, in radians. */
function turnFor(temple: TempleShape | null, earX: number, earZ: number, side: 1 | -1): number {
  if (temple === null) return 0;
  const reachMm = temple.hingeMm[2] - earZ;
  if (reachMm <= 0) return 0;
  const outwardsMm = side * (earX - armAt(temple, earZ, 1)) + CLEARANCE_MM;
  return clamp(Math.atan2(outwardsMm, reachMm), -MAX_CLOSE_RAD, MAX_OPEN_RAD);
}

/** The arm's inner x (1) or lower y (2) at a depth, between its steps. */
function armAt(temple: TempleShape, zMm: number, component: 1 | 2): number {
  const { steps } = temple;
  let before = steps[0];
  for (const step of steps) {
    if (before !== undefined && step[0] <= zMm) {
      const span = before[0] - step[0];
      const share = span > 0 ? clamp((before[0] - zMm) / span, 0, 1) : 1;
      return before[component] + share * (step[component] - before[component]);
    }
    before = step;
  }
  return before?.[component] ?? 0;
}

/** One component of a camera-frame point in the bridge's frame. */
function inBridge(seat: EyewearSeat, point: Vec3, component: 0 | 1 | 2): number {
  const [qx, qy, qz, qw] = seat.bridgeRotation;
  const x = point[0] - seat.bridgeMm[0];
  const y = point[1] - seat.bridgeMm[1];
  const z = point[2] - seat.bridgeMm[2];
  switch (component) {
    case 0:
      return (1 - 2 * (qy * qy + qz * qz)) * x + 2 * (qx * qy + qz * qw) * y + 2 * (qx * qz - qy * qw) * z;
    case 1:
      return 2 * (qx * qy - qz * qw) * x + (1 - 2 * (qx * qx + qz * qz)) * y + 2 * (qy * qz + qx * qw) * z;
    case 2:
      return 2 * (qx * qz + qy * qw) * x + 2 * (qy * qz - qx * qw) * y + (1 - 2 * (qx * qx + qy * qy)) * z;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
