import { describe, expect, it } from 'vitest';
import { paperAngles, seePaperHand } from '../../tests/support/paper-hand.ts';
import type { Side } from '../anchors/hand-anchors.ts';
import { defaultIntrinsics, projectPoint } from '../geometry/intrinsics.ts';
import { rotateVector } from '../geometry/pose-algebra.ts';
import { projectCard } from '../geometry/card.ts';
import { palmSightsNeeded } from '../geometry/palm-card.ts';
import type { Quaternion, Vec3 } from '../geometry/pose.ts';
import { paperFace } from '../../tests/support/paper-face.ts';
import { exactLandmarks } from '../geometry/network-slips.ts';
import { FrameSolver } from './frame-solver.ts';
import { HandsFollower } from './hands-follower.ts';
import type { SeenCard, TrackedHand } from './landmark-frame.ts';
import { nothingSeen } from './landmark-frame.ts';
import { SideJudge, sideOfLabel } from './handedness.ts';

const intrinsics = defaultIntrinsics(1280, 720);
const newSolver = () => new FrameSolver(paperFace(), exactLandmarks);

function seen(trackId: number, side: Side, at: Vec3 = [20, -60, -500], label: Side = side): TrackedHand {
  const { landmarks, worldMm } = seePaperHand(
    {
      side,
      cameraFromHand: { rotation: [0, 0, 0, 1], translationMm: at },
      anglesRad: paperAngles(0.4),
      scale: 1,
    },
    intrinsics,
  )!;
  return { trackId, side: label, sideScore: 0.95, landmarks, worldMm };
}

function film(): {
  show: (hands: readonly TrackedHand[], stepMs?: number) => ReturnType<HandsFollower['follow']>;
} {
  const follower = new HandsFollower();
  const solver = newSolver();
  let timeMs = 0;
  let frameId = 0;
  return {
    show: (hands, stepMs = 33) => {
      timeMs += stepMs;
      frameId += 1;
      const frame = { ...nothingSeen, frameId, capturedAtMs: timeMs, hands };
      return follower.follow(solver.solve(frame, intrinsics), intrinsics, null, null);
    },
  };
}

describe('hands in front of the mirror', () => {
  it('are followed, left and right, each with its identity', () => {
    const { show } = film();
    const first = show([seen(1, 'left', [80, -60, -500]), seen(2, 'right', [-80, -60, -500])]);
    const later = show([seen(2, 'right', [-82, -60, -500]), seen(1, 'left', [82, -60, -500])]);
    expect(first.map(({ side }) => side)).toEqual(['left', 'right']);
    expect(later.map(({ side, identity }) => [side, identity])).toEqual(
      first.map(({ side, identity }) => [side, identity]),
    );
  });

  it('are at most one left and one right', () => {
    const { show } = film();
    const hands = show([
      seen(1, 'left'),
      seen(2, 'left', [-90, -60, -500]),
      seen(3, 'right', [90, -60, -500]),
    ]);
    expect(hands.map(({ side }) => side)).toEqual(['left', 'right']);
  });

  it('keep their side through a few frames in which the network errs', () => {
    const { show } = film();
    for (let frame = 0; frame < 10; frame += 1) show([seen(1, 'right')]);
    for (let frame = 0; frame < 3; frame += 1) {
      expect(show([seen(1, 'right', [20, -60, -500], 'left')])[0]?.side).toBe('right');
    }
  });

  it('are known again after passing behind something, and are strangers after a while', () => {
    const { show } = film();
    const known = show([seen(1, 'left')])[0]?.identity;
    for (let frame = 0; frame < 20; frame += 1) expect(show([])).toEqual([]);
    expect(show([seen(1, 'left')])[0]?.identity).toBe(known);
    for (let frame = 0; frame < 30; frame += 1) show([], 100);
    expect(show([seen(1, 'left')])[0]?.identity).not.toBe(known);
  });

  it('are nobody else’s for a machine that stalled between two pictures', () => {
    const { show } = film();
    const known = show([seen(1, 'left')])[0]?.identity;
    expect(show([seen(1, 'left')], 6_000)[0]?.identity).toBe(known);
    expect(show([seen(1, 'left')], 9_000)[0]?.identity).not.toBe(known);
  });

  it('do not glide from where they were lost', () => {
    const { show } = film();
    for (let frame = 0; frame < 10; frame += 1) show([seen(1, 'left', [-100, -60, -500])]);
    for (let frame = 0; frame < 20; frame += 1) show([]);
    const back = show([seen(1, 'left', [100, -60, -500])])[0];
    const fresh = film().show([seen(1, 'left', [100, -60, -500])])[0];
    expect(back?.fingers.ring.cameraFromRing.translationMm[0]).toBeCloseTo(
      fresh?.fingers.ring.cameraFromRing.translationMm[0] ?? NaN,
      3,
    );
  });

  it('set a ring into the middle between the finger’s edges and take its width from them', () => {
    const { show } = film();
    const plain = show([seen(1, 'left')])[0]?.fingers.ring;
    const { show: showEdges } = film();
    const edges = { lowPx: -12, highPx: 18, trust: 0.9 };
    const edged = showEdges([{ ...seen(1, 'left'), outline: [null, null, null, edges, null] }])[0]?.fingers
      .ring;
    const pxPerMm = intrinsics.fxPx / -(plain?.cameraFromRing.translationMm[2] ?? NaN);
    const shiftMm =
      (edged?.cameraFromRing.translationMm[0] ?? NaN) - (plain?.cameraFromRing.translationMm[0] ?? NaN);
    expect(shiftMm * pxPerMm).toBeCloseTo(3, 0);
    expect((edged?.radiusMm ?? NaN) * pxPerMm).toBeCloseTo(15, 0);
    // Those of a finger beside it are none of its own.
    const wide = { lowPx: -30, highPx: 30, trust: 0.9 };
    const widened = film().show([{ ...seen(1, 'left'), outline: [null, null, null, wide, null] }])[0];
    expect((widened?.fingers.ring.radiusMm ?? NaN) / (plain?.radiusMm ?? NaN)).toBeCloseTo(1.18, 2);
  });

  it('lay a watch between the arm’s edges, as broad as they are apart, and begin anew after an absence', () => {
    const plain = film().show([seen(1, 'left')])[0]?.wrist;
    if (plain === undefined) throw new Error('no hand');
    const { translationMm, rotation } = plain.cameraFromWrist;
    const pxPerMm = intrinsics.fxPx / -translationMm[2];
    const [uPx, vPx] = projectPoint(intrinsics, translationMm);
    const [alongX, alongY] = rotateVector(rotation, [0, 1, 0]);
    const wristOutline = {
      uPx: uPx + 6,
      vPx,
      halfPx: 1.2 * (plain.breadthMm / 2) * pxPerMm,
      along: [
        Math.sin(0.3 + Math.atan2(alongX, alongY)),
        -Math.cos(0.3 + Math.atan2(alongX, alongY)),
      ] as const,
      trust: 0.9,
    };
    const { show } = film();
    const edged = show([{ ...seen(1, 'left'), wristOutline }])[0]?.wrist;
    expect(edged && projectPoint(intrinsics, edged.cameraFromWrist.translationMm)[0] - uPx).toBeCloseTo(6, 0);
    expect((edged?.breadthMm ?? NaN) / plain.breadthMm).toBeCloseTo(1.2, 1);
    const [bentX, bentY] = rotateVector(edged?.cameraFromWrist.rotation ?? rotation, [0, 1, 0]);
    expect(Math.atan2(bentX, bentY) - Math.atan2(alongX, alongY)).toBeCloseTo(0.3, 1);
    for (let frame = 0; frame < 20; frame += 1) show([]);
    const back = show([seen(1, 'left')])[0]?.wrist;
    expect(back?.cameraFromWrist.translationMm[0]).toBeCloseTo(translationMm[0], 2);
    expect((back?.breadthMm ?? NaN) / plain.breadthMm).toBeCloseTo(1.2, 1);
  });

  it('are left out when the landmarks are no hand', () => {
    const broken = { ...seen(1, 'left'), landmarks: new Float32Array(63).fill(Number.NaN) };
    expect(film().show([broken])).toEqual([]);
  });
});

describe('the side of a hand', () => {
  it('is the network’s label as it stands, on a picture that is not mirrored', () => {
    expect([sideOfLabel('Left'), sideOfLabel('Right'), sideOfLabel('')]).toEqual(['left', 'right', null]);
  });

  it('changes when the network has been wrong at first', () => {
    const judge = new SideJudge();
    const { worldMm } = seen(1, 'left');
    expect(judge.judge('right', 0.99, seen(1, 'right').worldMm)).toBe('right');
    const sides = Array.from({ length: 30 }, () => judge.judge('left', 0.95, worldMm));
    expect(sides.at(-1)).toBe('left');
    expect(sides.filter((side, at) => side !== (sides[at - 1] ?? 'right')).length).toBe(1);
  });
});

describe('a card in a palm', () => {
  const palmTurned: Quaternion = [0, 1, 0, 0];
  const inPalm = (trackId: number, at: Vec3): TrackedHand => {
    const { landmarks, worldMm } = seePaperHand(
      {
        side: 'left',
        cameraFromHand: { rotation: palmTurned, translationMm: at },
        anglesRad: paperAngles(0),
        scale: 1,
      },
      intrinsics,
    )!;
    const edge = { lowPx: -18, highPx: 18, trust: 0.9 };
    return {
      trackId,
      side: 'left',
      sideScore: 0.95,
      landmarks,
      worldMm,
      outline: [null, edge, edge, edge, null],
    };
  };
  const cardAt = (z: number, place: SeenCard['place'] = 'palm', trackId = 1): SeenCard => ({
    place,
    trackId,
    corners: projectCard(intrinsics, { rotation: [0, 0, 0, 1], translationMm: [0, -10, z] }),
  });

  it('is sought in that hand only, tells what is amiss, and measures the fingers whose edges are clear', () => {
    const follower = new HandsFollower();
    const solver = newSolver();
    let timeMs = 0;
    const show = (card: SeenCard | null): void => {
      timeMs += 33;
      const hands = [inPalm(1, [0, -60, -380])];
      const frame = { ...nothingSeen, frameId: timeMs, capturedAtMs: timeMs, hands, card };
      follower.follow(solver.solve(frame, intrinsics), intrinsics, null, null);
    };
    show(cardAt(-365));
    expect(follower.palm?.measurer.sight).toBe('none');
    follower.seekCard(true);
    show(cardAt(-365, 'forehead'));
    show(cardAt(-365, 'palm', 2));
    expect(follower.palm?.measurer.sight).toBe('none');
    show(cardAt(-180));
    expect(follower.palm?.measurer.sight).toBe('away');
    for (let frame = 0; frame < palmSightsNeeded; frame += 1) {
      expect(follower.palm?.measurer.measure).toBeNull();
      show(cardAt(-365));
    }
    expect(follower.palm?.measurer).toMatchObject({ sight: 'measured', progress: 1 });
    const { side, ringCircumferences } = follower.palm!.measurer.measure!;
    expect([side, ringCircumferences.thumb, ringCircumferences.little]).toEqual(['left', null, null]);
    expect(ringCircumferences.ring?.valueMm).toBeGreaterThan(40);
    // Whoever asks again begins anew; what is known stays until then.
    follower.seekCard(true);
    expect(follower.palm?.measurer).toMatchObject({ sight: 'none', progress: 0 });
    expect(follower.palm?.measurer.measure).not.toBeNull();
  });
});
