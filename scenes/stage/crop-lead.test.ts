import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import { defaultIntrinsics, projectPoint } from '../../sdk/geometry/intrinsics.ts';
import { CropLead, type LedPart } from './crop-lead.ts';
import { coverCrop, type CoverCrop } from './projection.ts';

const intrinsics = defaultIntrinsics(1280, 720);
const [tall, wide] = [[1080, 1920] as const, [1920, 1080] as const];

/** A hand of two joints, which is all that a crop sees of it. */
function handAt(xMm: number, depthMm = 480): HandAnchors {
  const joints = [xMm - 40, -60, -depthMm, xMm + 40, 40, -depthMm];
  const wrist = { cameraFromWrist: { translationMm: [xMm, -95, -depthMm] } };
  return { jointsMm: Float32Array.from(joints), wrist } as unknown as HandAnchors;
}

/** Leads to fingers unless told. */
function leading(part: LedPart = 'fingers'): CropLead {
  const lead = new CropLead();
  lead.part = part;
  return lead;
}

function faceAt(bridgeYMm: number, zMm = -560): FaceAnchors {
  const noseBridge = { translationMm: [30, bridgeYMm, zMm] };
  return { cameraFromAnchor: { noseBridge } } as unknown as FaceAnchors;
}

/** The crop after the same hands were seen for so long. */
function cropAfter(
  lead: CropLead,
  view: readonly [number, number],
  hands: readonly HandAnchors[],
  fromMs: number,
  forMs: number,
  covered = 0,
  faces: readonly FaceAnchors[] = [],
): CoverCrop {
  const crop: CoverCrop = { xPx: 0, yPx: 0, widthPx: 1, heightPx: 1 };
  for (let atMs = fromMs; atMs <= fromMs + forMs; atMs += 33) {
    coverCrop(intrinsics, view[0], view[1], crop);
    lead.lead(crop, intrinsics, { faces, hands }, covered, atMs);
  }
  return crop;
}
const middle = (view: readonly [number, number]) =>
  coverCrop(intrinsics, view[0], view[1], { xPx: 0, yPx: 0, widthPx: 1, heightPx: 1 });

describe('the crop of a tall mirror', () => {
  it('stays in the middle while the hand is seen there, or none is', () => {
    expect(cropAfter(leading(), tall, [handAt(20)], 0, 4_000).xPx).toBeCloseTo(middle(tall).xPx, 1);
    expect(cropAfter(leading(), tall, [], 0, 4_000).xPx).toBe(middle(tall).xPx);
  });

  it('goes to a hand beside the face until all of it is seen, and no farther', () => {
    for (const xMm of [150, -150]) {
      const { xPx, widthPx } = cropAfter(leading(), tall, [handAt(xMm)], 0, 6_000);
      const [least] = projectPoint(intrinsics, [xMm - 40, 0, -480]);
      const [most] = projectPoint(intrinsics, [xMm + 40, 0, -480]);
      expect(least).toBeGreaterThan(xPx);
      expect(most).toBeLessThan(xPx + widthPx);
      const air = xMm > 0 ? xPx + widthPx - most : least - xPx;
      expect(air).toBeLessThan(40);
    }
  });

  it('never shows what is not in the picture, and stands still where all of it is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600, max: 600 }), fc.integer({ min: 200, max: 900 }), (xMm, depthMm) => {
        const { xPx, widthPx } = cropAfter(leading(), tall, [handAt(xMm, depthMm)], 0, 3_000);
        expect(xPx).toBeGreaterThanOrEqual(0);
        expect(xPx + widthPx).toBeLessThanOrEqual(intrinsics.widthPx);
        expect(cropAfter(leading(), wide, [handAt(xMm, depthMm)], 0, 3_000).xPx).toBeCloseTo(0);
      }),
      { numRuns: 40 },
    );
  });

  it('raises a hand that is held behind the controls, as far as they hide what is below the picture', () => {
    const covered = 0.4;
    const low = handAt(0);
    const { yPx, heightPx } = cropAfter(leading(), tall, [low], 0, 6_000, covered);
    const [, lowest] = projectPoint(intrinsics, [0, -60, -480]);
    expect(lowest).toBeGreaterThan(heightPx * (1 - covered));
    expect(lowest).toBeLessThan(yPx + heightPx * (1 - covered));
    const beyond = handAt(0, 210);
    const most = cropAfter(leading(), tall, [beyond], 0, 9_000, covered);
    expect(most.yPx).toBeLessThanOrEqual(heightPx * covered * 0.7 + 1e-6);
    expect(cropAfter(leading(), tall, [low], 0, 6_000).yPx).toBeCloseTo(0, 1);
  });

  it('shows what lies on the chest above the controls, as far as there is a picture, and leaves a face where it stands', () => {
    const crop = (part: LedPart, covered: number, y = 0) =>
      cropAfter(leading(part), tall, [], 0, 6_000, covered, [faceAt(y)]);
    const { yPx, xPx, heightPx } = crop('neck', 0.4);
    const [, chest] = projectPoint(intrinsics, [30, -260, -560]);
    expect(chest).toBeGreaterThan(heightPx * 0.6);
    expect(yPx).toBeGreaterThan(0.1 * heightPx);
    expect(xPx).toBe(middle(tall).xPx);
    expect([crop('face', 0.4).yPx, crop('neck', 0).yPx]).toEqual([0, 0]);
  });

  it('shows what lies on the chest of who stands so close that their head has no room beside it', () => {
    const near = -420;
    const { yPx, heightPx } = cropAfter(leading('neck'), tall, [], 0, 9_000, 0.5, [faceAt(150, near)]);
    const [, chest] = projectPoint(intrinsics, [30, 150 - 250, near]);
    const [, crown] = projectPoint(intrinsics, [30, 150 + 130, near]);
    expect(chest - crown).toBeGreaterThan(heightPx * 0.5);
    expect(chest - yPx).toBeLessThan(heightPx * 0.5);
  });

  it('shows a mouth above the controls, for a colour', () => {
    const { yPx, heightPx } = cropAfter(leading('mouth'), tall, [], 0, 6_000, 0.45, [faceAt(-60)]);
    const [, mouth] = projectPoint(intrinsics, [30, -60 - 75, -560]);
    expect(mouth).toBeGreaterThan(heightPx * 0.55);
    expect(mouth - yPx).toBeLessThan(heightPx * 0.55);
    const [, brows] = projectPoint(intrinsics, [30, -60 + 40, -560]);
    expect(brows).toBeGreaterThan(yPx);
  });

  it('shows a wrist with its watch above the controls, whatever becomes of the fingers', () => {
    const crop = (part: LedPart) => cropAfter(leading(part), tall, [handAt(0)], 0, 6_000, 0.3);
    const { yPx, heightPx } = crop('wrist');
    const [, lowest] = projectPoint(intrinsics, [0, -95 - 40, -480]);
    expect(lowest).toBeLessThan(yPx + heightPx * 0.7);
    expect(lowest).toBeGreaterThan(crop('fingers').yPx + heightPx * 0.7);
  });

  it('shows what lies beside a watch on the arm, too', () => {
    const crop = (part: LedPart) => cropAfter(leading(part), tall, [handAt(0, 700)], 0, 6_000, 0.45);
    const [, lowest] = projectPoint(intrinsics, [0, -95 - 98, -700]);
    const seenTo = ({ yPx, heightPx }: CoverCrop): number => yPx + heightPx * 0.55;
    expect(lowest).toBeLessThan(seenTo(crop('arm')));
    expect(lowest).toBeGreaterThan(seenTo(crop('wrist')));
  });

  it('follows no hand that nothing is looked at on', () => {
    const { xPx } = cropAfter(leading('face'), tall, [handAt(150)], 0, 4_000);
    expect(xPx).toBe(middle(tall).xPx);
  });

  it('moves slowly, waits for a hand that blinks, and comes back for one that is gone', () => {
    const lead = leading();
    const start = middle(tall).xPx;
    const soon = cropAfter(lead, tall, [handAt(150)], 0, 66).xPx - start;
    const there = cropAfter(lead, tall, [handAt(150)], 99, 5_000).xPx - start;
    expect(soon).toBeGreaterThan(0);
    expect(soon).toBeLessThan(there / 3);
    expect(cropAfter(lead, tall, [], 5_132, 600).xPx - start).toBeCloseTo(there, 0);
    expect(cropAfter(lead, tall, [], 5_765, 8_000).xPx - start).toBeCloseTo(0, 0);
  });
});
