import type { HandAnchors, Side } from '../../sdk/anchors/hand-anchors.ts';
import { defaultIntrinsics } from '../../sdk/geometry/intrinsics.ts';
import { HandSolver } from '../../sdk/tracking/hand-solver.ts';
import { HandsFollower } from '../../sdk/tracking/hands-follower.ts';
import { nothingSeen } from '../../sdk/tracking/landmark-frame.ts';
import { paperAngles, seePaperHand } from './paper-hand.ts';

const intrinsics = defaultIntrinsics(1280, 720);

/** What is told of a paper hand half a metre before a camera, its back to it, the fingers up. */
export function followedHand(side: Side): HandAnchors {
  const sight = seePaperHand(
    {
      side,
      cameraFromHand: { rotation: [0, 0, 0, 1], translationMm: [20, -60, -500] },
      anglesRad: paperAngles(0.2),
      scale: 1,
    },
    intrinsics,
  );
  if (sight === null) throw new Error('the hand is not before the camera');
  const { landmarks, worldMm } = sight;
  const seen = { trackId: 1, side, sideScore: 0.95, landmarks, worldMm };
  const solved = { ...seen, solution: new HandSolver().solve(seen, intrinsics) };
  const frame = { ...nothingSeen, capturedAtMs: 1, hands: [solved] };
  const hand = new HandsFollower().follow(frame, intrinsics, null, null)[0];
  if (hand === undefined) throw new Error('no hand');
  return hand;
}
