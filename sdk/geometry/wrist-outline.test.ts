import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paperAngles, seePaperHand } from '../../tests/support/paper-hand.ts';
import { wristBreadthMm, wristDepthMm } from './canonical-hand.ts';
import { defaultIntrinsics } from './intrinsics.ts';
import { quaternionFromYawPitchRoll } from './pose-algebra.ts';
import { findWrist, wristReach, wristSight, type PicturePatch, type WristSight } from './wrist-outline.ts';

const [widthPx, heightPx] = [1280, 720];
const intrinsics = defaultIntrinsics(widthPx, heightPx);
const awayMm = 500;
const pxPerMm = intrinsics.fxPx / awayMm;

/** Where the wrist of a straight left hand is that is turned so about the upright, the depth and the line of sight. */
function sightOf(yaw: number, pitch = 0, roll = 0): WristSight | null {
  const { landmarks, worldMm } = seePaperHand(
    {
      side: 'left',
      cameraFromHand: {
        rotation: quaternionFromYawPitchRoll(yaw, pitch, roll),
        translationMm: [0, -20, -awayMm],
      },
      anglesRad: paperAngles(),
      scale: 1,
    },
    intrinsics,
  )!;
  return wristSight(landmarks, worldMm, widthPx, heightPx);
}

describe('where a wrist is by its hand', () => {
  it('is as broad as it is from that side', () => {
    const flat = sightOf(0)!;
    expect(flat.palmPx[1]).toBeLessThan(-80 * pxPerMm);
    expect(Math.abs((2 * flat.radiusPx) / (wristBreadthMm * pxPerMm) - 1)).toBeLessThan(0.06);
    const edgewise = sightOf(1.4)!;
    expect(Math.abs((2 * edgewise.radiusPx) / (wristDepthMm * pxPerMm) - 1)).toBeLessThan(0.15);
  });

  it('goes with the hand as it turns', () => {
    const lying = sightOf(0, 0, -Math.PI / 2)!;
    expect(lying.palmPx[0]).toBeGreaterThan(80 * pxPerMm);
    expect(Math.abs(lying.palmPx[1])).toBeLessThan(10 * pxPerMm);
  });

  it('is nowhere on a hand that points at the camera', () => {
    expect(sightOf(0, Math.PI / 2 - 0.1)).toBeNull();
  });
});

/** A hand that points up, its wrist in the middle of a picture. */
const upright: WristSight = { uPx: 640, vPx: 300, palmPx: [0, -120], radiusPx: 40 };
const skin = [205, 160, 140] as const;
const wall = [90, 100, 110] as const;

/** An arm that goes on from beside the wrist, bent so, so broad. */
interface Arm {
  readonly bendRad: number;
  readonly offPx: number;
  readonly halfPx: number;
}

/** Which way an arm goes, away from its hand. */
const armwards = ({ bendRad }: Arm): readonly [u: number, v: number] => [
  -Math.sin(bendRad),
  Math.cos(bendRad),
];

/** How a picture shows an arm before a wall. */
interface Film {
  /** Of skin against the wall; 1 unless told. */
  readonly contrast?: number;
  /** How far below the wrist, and to its right, the picture ends. */
  readonly endsBelowPx?: number;
  readonly endsRightPx?: number;
  /** Where the shade on the arm begins, across it: beyond there it is darker. */
  readonly shadeFromPx?: number;
}

function patchOf(
  sight: WristSight,
  arm: Arm,
  { contrast = 1, endsBelowPx = Infinity, endsRightPx = Infinity, shadeFromPx = Infinity }: Film = {},
): PicturePatch {
  const sidePx = 160;
  const reachPx = wristReach(sight);
  const [leftPx, topPx, scale] = [sight.uPx - reachPx, sight.vPx - reachPx, (2 * reachPx) / sidePx];
  const [awayU, awayV] = armwards(arm);
  const rgba = new Uint8ClampedArray(sidePx * sidePx * 4);
  for (let y = 0; y < sidePx; y += 1) {
    for (let x = 0; x < sidePx; x += 1) {
      const [u, v] = [leftPx + (x + 0.5) * scale - sight.uPx, topPx + (y + 0.5) * scale - sight.vPx];
      if (v > endsBelowPx || u > endsRightPx) continue;
      const across = u * awayV - v * awayU - arm.offPx;
      const inside = 1 / (1 + Math.exp((Math.abs(across) - arm.halfPx) / 1.5));
      const lit = 1 - 0.3 / (1 + Math.exp((shadeFromPx - across) / 1.5));
      for (let channel = 0; channel < 3; channel += 1) {
        const [from, to] = [wall[channel] ?? 0, skin[channel] ?? 0];
        rgba[(y * sidePx + x) * 4 + channel] = from + contrast * inside * (lit * to - from);
      }
      rgba[(y * sidePx + x) * 4 + 3] = 255;
    }
  }
  return { rgba, sidePx, leftPx, topPx, scale };
}

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('what a picture shows of a wrist', () => {
  it('is the arm’s middle, breadth and direction, however it is bent, wherever it lies and however broad it is', () => {
    fc.assert(
      fc.property(within(-0.6, 0.6), within(-10, 10), within(34, 48), (bendRad, offPx, halfPx) => {
        const arm = { bendRad, offPx, halfPx };
        const found = findWrist(upright, patchOf(upright, arm))!;
        const [awayU, awayV] = armwards(arm);
        const across = (found.uPx - upright.uPx) * awayV - (found.vPx - upright.vPx) * awayU;
        expect(Math.abs(across - offPx)).toBeLessThan(3);
        expect(Math.abs(found.halfPx / halfPx - 1)).toBeLessThan(0.1);
        expect(found.along![0] * -awayU + found.along![1] * -awayV).toBeGreaterThan(Math.cos(0.1));
        expect(found.trust).toBeGreaterThan(0.25);
      }),
    );
  });

  it('is nothing where the arm does not stand out', () => {
    const arm = { bendRad: 0, offPx: 0, halfPx: 40 };
    expect(findWrist(upright, patchOf(upright, arm, { contrast: 0 }))).toBeNull();
    expect(findWrist(upright, patchOf(upright, arm, { contrast: 0.02 }))?.trust ?? 0).toBeLessThan(0.25);
  });

  it('is the arm, not what is lit of it', () => {
    // The shade's border and the lit edge are nearer to an average wrist's breadth than the arm's own edges are.
    const arm = { bendRad: 0, offPx: 0, halfPx: 52 };
    const found = findWrist(upright, patchOf(upright, arm, { shadeFromPx: 28 }))!;
    expect(Math.abs(found.halfPx - 52)).toBeLessThan(4);
    expect(Math.abs(found.uPx - upright.uPx)).toBeLessThan(4);
  });

  it('is not the border of the picture, nor what lies beyond it', () => {
    const arm = { bendRad: 0, offPx: 0, halfPx: 40 };
    // Ends between the watch's place and farther up: the wrist is seen, the way that the arm goes is not.
    const cut = findWrist(upright, patchOf(upright, arm, { endsBelowPx: 50 }))!;
    expect(Math.abs(cut.uPx - upright.uPx)).toBeLessThan(3);
    expect(Math.abs(cut.halfPx - 40)).toBeLessThan(4);
    expect(cut.along).toBeNull();
    expect(findWrist(upright, patchOf(upright, arm, { endsBelowPx: 5 }))).toBeNull();
    expect(findWrist(upright, patchOf(upright, arm, { endsRightPx: 30 }))?.trust ?? 0).toBeLessThan(0.25);
  });
});
