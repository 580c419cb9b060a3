import type { BenchResult, BenchRow } from '../bench-result.ts';
import { runOnVisitor } from './filming.ts';
import { headAt, looks, usualFilm } from './films.ts';

const distancesMm = [350, 500, 700] as const;
const yaws = [-45, -30, -15, 0, 15, 30, 45] as const;
const pitches = [-20, 0, 20] as const;

/**
 * Whether the landmark network takes the kit's own visitor for a person: six skins, each seen once from 21 sides at three
 * distances, on the whole picture and with nothing known from before. There is no reference: a person would be found.
 */
export function runVisitor(): Promise<BenchResult> {
  return runOnVisitor('visitor', 'none', async (page) => {
    const rows: BenchRow[] = [];
    for (const look of looks) {
      let [found, shown] = [0, 0];
      for (const distanceMm of distancesMm) {
        for (const yaw of yaws) {
          for (const pitch of pitches) {
            const { facesFound } = await page.evaluate((film) => globalThis.window.visitor.film(film), {
              ...usualFilm,
              look,
              pictures: [{ pose: headAt(yaw, pitch, 0, [0, 0, -distanceMm]) }],
            });
            found += facesFound;
            shown += 1;
          }
        }
      }
      rows.push({
        what: `${look}: found at first sight`,
        unit: '%',
        ours: (100 * found) / shown,
        reference: null,
        samples: shown,
      });
    }
    return rows;
  });
}
