import { handForm } from '../../scenes/visitor/hand-form.ts';
import { fingerNames } from '../../sdk/anchors/hand-anchors.ts';
import type { HandAnchors, Side } from '../../sdk/anchors/hand-anchors.ts';
import { assumedHandScale } from '../../sdk/anchors/hand-scale.ts';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import { directionOnPicture } from '../../sdk/geometry/picture-direction.ts';
import { ringPhalanx } from '../../sdk/geometry/canonical-hand.ts';
import { intrinsicsFromVerticalFov, projectPoint } from '../../sdk/geometry/intrinsics.ts';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';
import {
  crossVectors,
  dotVectors,
  rotateVector,
  scaleVector,
  subtractVectors,
} from '../../sdk/geometry/pose-algebra.ts';
import { unitOrNull } from '../../sdk/geometry/vector-products.ts';
import { HandFollower } from '../../sdk/tracking/hand-follower.ts';
import { HandSolver } from '../../sdk/tracking/hand-solver.ts';
import type { SeenHand } from './page/main.ts';
import type { HandSample } from './sampling.ts';

const widthPx = 1280;
const heightPx = 720;

/** How far one claim about a ring or a watch is off. */
export interface Miss {
  /** Between the axes, and between the outward normals, radians. */
  readonly axisRad: number;
  readonly backRad: number;
  /** On the picture, over the breadth of the finger (of the wrist): all of it, and the part across the axis. */
  readonly centre: number;
  readonly across: number;
  /** Between the axes as the picture shows them, radians. */
  readonly bentRad: number;
}

/** Ours beside the reference, on one ring or watch. */
export interface PairOfMisses {
  readonly ours: Miss;
  readonly reference: Miss;
}

/** What one picture showed. */
export interface HandMisses {
  readonly sample: HandSample;
  /** The fingers' rings, without the thumb's, and the thumb's; those that we would show (confidence 0.5 and more). */
  readonly rings: readonly PairOfMisses[];
  readonly thumb: readonly PairOfMisses[];
  readonly watch: PairOfMisses;
  /** Whether our side is right, and the network's label. */
  readonly side: { readonly ours: boolean; readonly reference: boolean };
}

/** The first frame of a hand through solver and follower, against the truth; null when the follower gave no hand. */
export function missesOf(sample: HandSample, seen: SeenHand): HandMisses | null {
  const intrinsics = intrinsicsFromVerticalFov(widthPx, heightPx, sample.verticalFovRad);
  const truth = handForm(sample);
  const [landmarks, worldMm] = [Float32Array.from(seen.landmarks), Float32Array.from(seen.worldMm)];
  const context = { scale: assumedHandScale, forearms: { left: null, right: null }, sought: null };
  const follow = (side: Side, sideScore: number): HandAnchors | null => {
    const hand = {
      trackId: 1,
      side,
      sideScore,
      landmarks,
      worldMm,
      outline: seen.outline,
      wristOutline: seen.wristOutline,
    };
    const solution = new HandSolver().solve(hand, intrinsics);
    return new HandFollower(1).follow({ ...hand, solution }, 1, intrinsics, context);
  };
  const told = follow(seen.side, seen.sideScore);
  // Places are measured for the true side: which hand it is has a row of its own, and a wrong one turns all backs over.
  const hand = follow(sample.side, 1);
  if (told === null || hand === null) return null;
  const raw = rawHand(landmarks, worldMm, sample.side);
  const pairs = fingerNames.flatMap((name, finger) => {
    const [is, anchor] = [truth.rings[finger], hand.fingers[name]];
    if (is === undefined || anchor.confidence < 0.5) return [];
    const breadthMm = 2 * (truth.radiiMm[finger] ?? 0);
    const from = ringPhalanx(finger);
    return [
      {
        finger,
        ours: missOf(is, claimOf(anchor.cameraFromRing, intrinsics), breadthMm, intrinsics),
        reference: missOf(is, raw.claim(from, from + 1, 0.5), breadthMm, intrinsics),
      },
    ];
  });
  const wristMm = 2 * truth.forearm.fromRadiusMm;
  return {
    sample,
    rings: pairs.filter(({ finger }) => finger > 0),
    thumb: pairs.filter(({ finger }) => finger === 0),
    watch: {
      ours: missOf(truth.watch, claimOf(hand.wrist.cameraFromWrist, intrinsics), wristMm, intrinsics),
      reference: missOf(truth.watch, raw.claim(0, 9, -0.3), wristMm, intrinsics),
    },
    side: { ours: told.side === sample.side, reference: seen.side === sample.side },
  };
}

/** A place and two directions, as a solver claims them. */
interface Claim {
  readonly uPx: number;
  readonly vPx: number;
  readonly along: Vec3;
  readonly back: Vec3;
  /** The way along on the picture, pixels. */
  readonly wayPx: readonly [u: number, v: number];
}

function claimOf({ rotation, translationMm }: Pose, intrinsics: CameraIntrinsics): Claim {
  const [uPx, vPx] = projectPoint(intrinsics, translationMm);
  const along = rotateVector(rotation, [0, 1, 0]);
  const way = directionOnPicture(intrinsics, translationMm, along);
  return { uPx, vPx, along, back: rotateVector(rotation, [0, 0, 1]), wayPx: [way?.u ?? 0, way?.v ?? 0] };
}

/**
 * The reference: directions straight from the network's world landmarks, places straight from its landmarks on the picture,
 * the palm's normal as the back of every finger and of the wrist.
 */
function rawHand(
  landmarks: Float32Array,
  worldMm: Float32Array,
  side: Side,
): { readonly claim: (from: number, to: number, share: number) => Claim } {
  const world = (from: number, to: number): Vec3 => [
    (worldMm[to * 3] ?? 0) - (worldMm[from * 3] ?? 0),
    (worldMm[from * 3 + 1] ?? 0) - (worldMm[to * 3 + 1] ?? 0),
    (worldMm[from * 3 + 2] ?? 0) - (worldMm[to * 3 + 2] ?? 0),
  ];
  const normal = scaleVector(crossVectors(world(0, 5), world(0, 17)), side === 'left' ? 1 : -1);
  return {
    claim: (from, to, share) => {
      const along = unitOrNull(world(from, to)) ?? [0, 1, 0];
      const mix = (axis: number, sizePx: number): number =>
        ((landmarks[from * 3 + axis] ?? 0) * (1 - share) + (landmarks[to * 3 + axis] ?? 0) * share) * sizePx;
      const back = unitOrNull(subtractVectors(normal, scaleVector(along, dotVectors(normal, along)))) ?? [
        0, 0, 1,
      ];
      const wayOf = (axis: number, sizePx: number): number =>
        ((landmarks[to * 3 + axis] ?? 0) - (landmarks[from * 3 + axis] ?? 0)) * sizePx;
      const wayPx = [wayOf(0, widthPx), wayOf(1, heightPx)] as const;
      return { uPx: mix(0, widthPx), vPx: mix(1, heightPx), along, back, wayPx };
    },
  };
}

function missOf(truth: Pose, claim: Claim, breadthMm: number, intrinsics: CameraIntrinsics): Miss {
  const is = claimOf(truth, intrinsics);
  const [[wayU, wayV], [claimedU, claimedV]] = [is.wayPx, claim.wayPx];
  const breadthPx = (breadthMm * intrinsics.fxPx) / -truth.translationMm[2];
  const [du, dv] = [claim.uPx - is.uPx, claim.vPx - is.vPx];
  return {
    axisRad: angleBetween(is.along, claim.along),
    backRad: angleBetween(is.back, claim.back),
    centre: Math.hypot(du, dv) / breadthPx,
    across: Math.abs(dv * wayU - du * wayV) / breadthPx,
    bentRad: Math.abs(Math.atan2(wayU * claimedV - wayV * claimedU, wayU * claimedU + wayV * claimedV)),
  };
}

function angleBetween(a: Vec3, b: Vec3): number {
  return Math.acos(Math.min(1, Math.max(-1, dotVectors(a, b))));
}
