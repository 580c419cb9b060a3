import type { BenchResult } from '../bench-result.ts';
import { noPairs, rowOf } from './pairs.ts';
import { runOnVisitor, wornPieces } from './filming.ts';
import { headAt, usualFilm } from './films.ts';

const pictures = 6;
const yaws = [-40, -25, -10, 0, 10, 25, 40] as const;
const pitches = [-12, 0, 12] as const;
const leastWidthPx = 512;

/**
 * How well the client's own head hides what lies behind it: three pairs of spectacles on the visitor, seen from 21 sides. Of the whole
 * visible product, intersection over union with what the true head leaves of it; all at the tracked pose, so that only the
 * hiding is measured. Reference: no occluder.
 */
export function runOcclusion(): Promise<BenchResult> {
  return runOnVisitor('occlusion', 'no occluder', async (page) => {
    const each = wornPieces.map(() => noPairs());
    for (const yaw of yaws) {
      for (const pitch of pitches) {
        const seen = await page.evaluate((film) => globalThis.window.visitor.occlude(film), {
          ...usualFilm,
          pictures: Array.from({ length: pictures }, (_, at) => ({
            pose: headAt((yaw * (at + 1)) / pictures, (pitch * (at + 1)) / pictures, 0, [0, 0, -400]),
          })),
        });
        for (const [piece, { ours, reference, widthPx }] of seen.entries()) {
          if (widthPx < leastWidthPx && yaw === 0) throw new Error(`A piece is ${widthPx} pixels wide only.`);
          each[piece]?.ours.push(ours);
          each[piece]?.reference.push(reference);
        }
      }
    }
    const all = {
      ours: each.flatMap(({ ours }) => ours),
      reference: each.flatMap(({ reference }) => reference),
    };
    return [
      rowOf('all, median', 'IoU', all, 0.5, '≥ 0.95'),
      rowOf('all, worst twentieth', 'IoU', all, 0.05, '≥ 0.95'),
      ...each.map((some, piece) =>
        rowOf(
          `${/([a-z0-9-]+)\.glb$/.exec(wornPieces[piece] ?? '')?.[1] ?? piece}, median`,
          'IoU',
          some,
          0.5,
        ),
      ),
    ];
  });
}
