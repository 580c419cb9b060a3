import type { PieceSpec } from '../document/piece-spec.ts';
import { frameQuaternion } from '../geometry/frame-quaternion.ts';
import { litBrilliant } from '../parts/lit-stone.ts';
import { litSmallDiamond } from '../materials/diamond-fire.ts';
import { paveBand } from '../parts/pave-band.ts';
import { platinum, polishedGold } from '../materials/metals.ts';

/** Aube pavé's sizes in millimetres, at EU 52. */
export const aubePaveSize = {
  innerDiameterMm: 16.55,
  widthMm: 2.1,
  thicknessMm: 1.7,
  palmThicknessMm: 1.45,
  stones: 22,
  stoneMm: 1.5,
  pitchMm: 1.63,
} as const;

/** Aurelle Aube pavé: a comfort-fit band with a row of twenty-two brilliants in shared claws. */
export function aubePave(): PieceSpec {
  const { metal, seats } = paveBand(aubePaveSize);
  return {
    id: 'aube-pave',
    maison: 'aurelle',
    root: {
      name: 'aube-pave',
      children: [
        {
          name: 'band',
          surfaces: [{ slot: 'metal', surface: metal }],
          children: [
            {
              name: 'stones',
              surfaces: litBrilliant(aubePaveSize.stoneMm, 'small'),
              instances: seats.map(({ origin, x, y, z }) => ({
                translationMm: origin,
                rotation: frameQuaternion(x, y, z),
              })),
            },
          ],
        },
      ],
    },
    shared: {},
    variants: [
      { name: 'yellow-gold', materials: { metal: polishedGold, ...litSmallDiamond } },
      { name: 'platinum', materials: { metal: platinum, ...litSmallDiamond } },
    ],
    textureMm: {},
    extras: {
      schemaVersion: 1,
      category: 'ring',
      anchor: 'finger',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: {
        innerDiameterMm: aubePaveSize.innerDiameterMm,
        bandWidthMm: aubePaveSize.widthMm,
        leastSizeEu: 48,
        greatestSizeEu: 60,
      },
      moving: [],
      engraveable: [{ node: 'band', areaMm: [14, 1.1] }],
    },
  };
}
