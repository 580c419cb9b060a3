import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CropSchedule } from './crop-schedule.ts';
import type { PictureRegion, PictureSize } from './picture-region.ts';

const landscape = { widthPx: 1280, heightPx: 720 };
const nothing = { lastSeen: null, motion: null, chosen: null };

function sweep(size: PictureSize): PictureRegion[] {
  return new CropSchedule().next(size, nothing, CropSchedule.sweepLooks(size));
}

function holds(region: PictureRegion, u: number, v: number, halfPx: number): boolean {
  return (
    u - halfPx >= region.xPx - 0.5 &&
    u + halfPx <= region.xPx + region.widthPx + 0.5 &&
    v - halfPx >= region.yPx - 0.5 &&
    v + halfPx <= region.yPx + region.heightPx + 0.5
  );
}

describe('the search for a face', () => {
  it('shows every face that lies in the picture whole, at an eighth of a crop or more, within one sweep', () => {
    const sizes = [landscape, { widthPx: 720, heightPx: 1280 }, { widthPx: 640, heightPx: 480 }];
    fc.assert(
      fc.property(
        fc.constantFrom(...sizes),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1 / 16, max: 1 / 1.3, noNaN: true }),
        (size, across, down, share) => {
          const facePx = share * Math.min(size.widthPx, size.heightPx);
          const u = facePx / 2 + across * (size.widthPx - facePx);
          const v = facePx / 2 + down * (size.heightPx - facePx);
          const shown = sweep(size).some(
            (region) =>
              facePx + 0.5 >= Math.max(region.widthPx, region.heightPx) / 8 &&
              holds(region, u, v, facePx / 2),
          );
          expect(shown).toBe(true);
        },
      ),
    );
  });

  it('begins with the whole picture, goes on from coarse to fine and begins again', () => {
    const schedule = new CropSchedule();
    const looks = CropSchedule.sweepLooks(landscape);
    const first = schedule.next(landscape, nothing, looks);
    expect(first[0]).toEqual({ xPx: 0, yPx: 0, ...landscape });
    const sides = first.slice(1).map(({ widthPx }) => widthPx);
    expect(sides).toEqual(sides.toSorted((a, b) => b - a));
    expect(schedule.next(landscape, nothing, 1)).toEqual([first[0]]);
  });

  it('looks first where a face was lost and where something moves, and still goes on with the sweep', () => {
    const schedule = new CropSchedule();
    const lastSeen = { uPx: 300, vPx: 200, heightPx: 80 };
    const motion = { uPx: 1_000, vPx: 500 };
    const regions = schedule.next(landscape, { ...nothing, lastSeen, motion }, 4);
    expect(regions).toHaveLength(4);
    expect(holds(regions[0]!, 300, 200, 60)).toBe(true);
    expect(regions[0]!.widthPx).toBe(200);
    expect(holds(regions[1]!, 1_000, 500, 60)).toBe(true);
    expect(regions[2]).toEqual({ xPx: 0, yPx: 0, ...landscape });
  });

  it('stays within the picture, wherever the cue lies', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 1_400 }), fc.integer({ min: -50, max: 800 }), (uPx, vPx) => {
        const [region] = new CropSchedule().next(landscape, { ...nothing, motion: { uPx, vPx } }, 2);
        expect(region!.xPx).toBeGreaterThanOrEqual(0);
        expect(region!.yPx).toBeGreaterThanOrEqual(0);
        expect(region!.xPx + region!.widthPx).toBeLessThanOrEqual(1280);
        expect(region!.yPx + region!.heightPx).toBeLessThanOrEqual(720);
      }),
    );
  });
});
