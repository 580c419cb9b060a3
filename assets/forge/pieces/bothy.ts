import type { PieceSpec } from '../document/piece-spec.ts';
import type { KnitCap } from '../parts/knit-cap.ts';
import { boneTape, darkThread, signalWool, slateWool } from '../materials/wool.ts';
import { bothyLabel } from '../parts/cap-label.ts';
import { knitCap } from '../parts/knit-cap.ts';
import { labelMm } from '../textures/label.ts';
import { ribKnitMm } from '../textures/rib-knit.ts';

/** Bothy's sizes in millimetres. */
export const bothySize = { headMm: 570, turnUpMm: 65, crownMm: 163 } as const;

/** A head is about 1.27 times as long as broad; these half axes give an oval of 570 round. */
export const bothyCap: KnitCap = { halfXMm: 79.64, halfZMm: 101.16, ribs: 100, ribMm: 2, pitchMm: 6 };

/** Norde Bothy: a ribbed cap of lambswool, turned up once, its crown drawn together by hand. */
export function bothy(): PieceSpec {
  const { tape, stitches } = bothyLabel(bothyCap);
  return {
    id: 'bothy',
    maison: 'norde',
    root: {
      name: 'bothy',
      children: [
        { name: 'cap', surfaces: [{ slot: 'wool', surface: knitCap(bothyCap) }] },
        {
          name: 'label',
          surfaces: [
            { slot: 'tape', surface: tape },
            { slot: 'thread', surface: stitches },
          ],
        },
      ],
    },
    shared: {},
    variants: [
      { name: 'signal', materials: { wool: signalWool, tape: boneTape, thread: darkThread } },
      { name: 'slate', materials: { wool: slateWool, tape: boneTape, thread: darkThread } },
    ],
    textureMm: { wool: ribKnitMm, tape: labelMm },
    extras: {
      schemaVersion: 1,
      category: 'hat',
      anchor: 'head',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: { headCircumferenceMm: bothySize.headMm, crownHeightMm: bothySize.crownMm },
      moving: [],
      engraveable: [],
    },
  };
}
