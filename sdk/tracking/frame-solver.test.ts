import { describe, expect, it } from 'vitest';
import { paperAngles, seePaperHand } from '../../tests/support/paper-hand.ts';
import { paperFace } from '../../tests/support/paper-face.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import { projectFace } from '../geometry/face-projection.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import { exactLandmarks } from '../geometry/network-slips.ts';
import type { Pose } from '../geometry/pose.ts';
import { quaternionFromYawPitchRoll } from '../geometry/pose-algebra.ts';
import { FrameSolver } from './frame-solver.ts';
import { nothingSeen } from './landmark-frame.ts';

const intrinsics = defaultIntrinsics(1280, 720);
const face = paperFace();
/** Somebody with a longer nose and a broader face. */
const other: CanonicalFace = {
  ...face,
  verticesMm: face.verticesMm.map((value, at) => (at % 3 === 0 ? value * 1.08 : value * 0.97)),
};
const framePeriodMs = 33;

function poseAt(frame: number): Pose {
  const yawRad = 0.3 * Math.sin(frame / 4);
  return { rotation: quaternionFromYawPitchRoll(yawRad, 0.1, 0), translationMm: [0, 0, -600] };
}

/** Shows a solver pictures of somebody; gives back how far the last mesh is from that of a solver that sees the picture first. */
function film(): {
  readonly solver: FrameSolver;
  readonly show: (who: CanonicalFace | null, trackId?: number) => number;
  readonly wait: (ms: number) => void;
} {
  const solver = new FrameSolver(face, exactLandmarks);
  let [frame, timeMs] = [0, 0];
  const solve = (by: FrameSolver, who: CanonicalFace | null, trackId: number): Float32Array | null => {
    const landmarks = who && projectFace(who, poseAt(frame), 1, intrinsics);
    const faces = landmarks === null ? [] : [{ trackId, landmarks }];
    const solved = by.solve({ ...nothingSeen, frameId: frame, capturedAtMs: timeMs, faces }, intrinsics);
    return solved.faces[0]?.solution?.meshMm ?? null;
  };
  return {
    solver,
    show: (who, trackId = 1) => {
      frame += 1;
      timeMs += framePeriodMs;
      const known = solve(solver, who, trackId);
      const fresh = solve(new FrameSolver(face, exactLandmarks), who, trackId);
      if (known === null || fresh === null) return Number.NaN;
      return Math.hypot(...known.map((value, at) => value - (fresh[at] ?? 0)));
    },
    wait: (ms) => {
      timeMs += ms;
    },
  };
}

describe('what is worked out beside the display', () => {
  it('learns the shape of whoever stays', () => {
    const { show } = film();
    expect(show(other)).toBeCloseTo(0, 6);
    for (let frame = 0; frame < 8; frame += 1) show(other);
    expect(show(other)).toBeGreaterThan(1);
  });

  it.each([
    ['is told to', ({ solver }: ReturnType<typeof film>) => solver.reset()],
    [
      'nobody is there for two seconds',
      ({ show, wait }: ReturnType<typeof film>) => {
        show(null);
        wait(2_100);
      },
    ],
    [
      'they may no longer be followed',
      ({ solver, show }: ReturnType<typeof film>) => {
        solver.forgetUnseen();
        show(null);
      },
    ],
    [
      'a machine stalls for so long that it may be anybody',
      ({ wait }: ReturnType<typeof film>) => wait(9_000),
    ],
  ])('knows nothing more of a shape after it %s', (_, happen) => {
    const seen = film();
    for (let frame = 0; frame < 8; frame += 1) seen.show(other);
    happen(seen);
    expect(seen.show(face)).toBeCloseTo(0, 6);
  });

  it('remembers whoever blinked out for a moment, or stayed while the machine stalled', () => {
    for (const happen of [
      ({ show }: ReturnType<typeof film>) => void show(null),
      ({ wait }: ReturnType<typeof film>) => wait(5_000),
    ]) {
      const seen = film();
      for (let frame = 0; frame < 8; frame += 1) seen.show(other);
      happen(seen);
      expect(seen.show(other)).toBeGreaterThan(1);
    }
  });

  it('gives every frame a mesh of its own', () => {
    const solver = new FrameSolver(face, exactLandmarks);
    const landmarks = projectFace(other, poseAt(0), 1, intrinsics)!;
    const [first, second] = [33, 66].map((capturedAtMs) => {
      const frame = { ...nothingSeen, capturedAtMs, faces: [{ trackId: 1, landmarks }] };
      return solver.solve(frame, intrinsics).faces[0]?.solution?.meshMm.buffer;
    });
    expect(first).toBeDefined();
    expect(first).not.toBe(second);
  });

  it('says that landmarks of nothing are nothing', () => {
    const hand = seePaperHand(
      {
        side: 'left',
        cameraFromHand: { rotation: [0, 0, 0, 1], translationMm: [20, -60, -500] },
        anglesRad: paperAngles(0.3),
        scale: 1,
      },
      intrinsics,
    )!;
    const solved = new FrameSolver(face, exactLandmarks).solve(
      {
        ...nothingSeen,
        capturedAtMs: 1,
        faces: [{ trackId: 1, landmarks: new Float32Array(478 * 3).fill(Number.NaN) }],
        hands: [
          { trackId: 1, sideScore: 1, ...hand },
          { trackId: 2, sideScore: 1, ...hand, landmarks: new Float32Array(63).fill(Number.NaN) },
        ],
        body: { trackId: 1, landmarks: new Float32Array(33 * 4), worldMm: new Float32Array(33 * 3) },
      },
      intrinsics,
    );
    expect(solved.faces.map(({ solution }) => solution)).toEqual([null]);
    expect(solved.hands.map(({ solution }) => solution?.side ?? null)).toEqual(['left', null]);
    expect(solved.body?.solution).toBeNull();
  });
});
