import type { Page } from 'playwright-core';
import type { VisitorLookName } from '../../scenes/visitor/skin-tones.ts';
import { turningHand } from '../../scenes/visitor/hand-motion.ts';
import type { BenchResult, BenchRow } from '../bench-result.ts';
import { runOnVisitor } from './filming.ts';
import { headAt, looks, usualFilm } from './films.ts';

const distancesMm = [350, 500, 700] as const;
const yaws = [-45, -30, -15, 0, 15, 30, 45] as const;
const pitches = [-20, 0, 20] as const;
const handPhasesMs = [0, 900, 1_800, 4_600] as const;

/**
 * Whether the landmark network takes the kit's own visitor for a person: six skins, each seen once from 21 sides at three
 * distances, on the whole picture and with nothing known from before; and the hand network its hand. There is no reference: a person would be found.
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
    for (const look of looks) rows.push(await handRow(page, look));
    return rows;
  });
}

/** A hand beside the face, left and right, its back and its palm, turning: whether it is found, and on its own side. */
async function handRow(page: Page, look: VisitorLookName): Promise<BenchRow> {
  let [right, shown] = [0, 0];
  for (const side of ['left', 'right'] as const) {
    for (const shows of ['back', 'palm'] as const) {
      const motion = turningHand({ side, shows });
      const { handSides } = await page.evaluate((film) => globalThis.window.visitor.film(film), {
        ...usualFilm,
        look,
        pictures: handPhasesMs.map((phaseMs) => ({
          pose: headAt(0, 0, 0, [0, -10, -620]),
          hand: motion(phaseMs),
        })),
      });
      right += handSides.filter((named) => named === side).length;
      shown += handPhasesMs.length;
    }
  }
  return {
    what: `${look}: hand found, and on its own side`,
    unit: '%',
    ours: (100 * right) / shown,
    reference: null,
    samples: shown,
  };
}
