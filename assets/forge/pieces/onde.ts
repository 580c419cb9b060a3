import type { PartInstance, PieceSpec } from '../document/piece-spec.ts';
import { cross } from '../geometry/vector.ts';
import { frameQuaternion } from '../geometry/frame-quaternion.ts';
import { litBrilliant } from '../parts/lit-stone.ts';
import { litSmallDiamond } from '../materials/diamond-fire.ts';
import { ondeBody, ondeSize } from './onde-body.ts';
import { polishedGold, roseGold } from '../materials/metals.ts';

/** Aurelle Onde: an oval bangle whose crest runs round the wrist as a wave and opens over eleven brilliants. */
export function onde(): PieceSpec {
  const { upper, lower, pin, seats } = ondeBody();
  const stones = seats.map(({ origin, x, y }): PartInstance => ({
    translationMm: origin,
    rotation: frameQuaternion(x, y, cross(x, y)),
  }));
  return {
    id: 'onde',
    maison: 'aurelle',
    root: {
      name: 'onde',
      children: [
        {
          name: 'bangle',
          surfaces: [{ slot: 'metal', surface: upper }],
          children: [
            { name: 'stones', surfaces: litBrilliant(ondeSize.stoneMm, 'small'), instances: stones },
            {
              name: 'bangle_lower',
              translationMm: pin,
              surfaces: [{ slot: 'metal', surface: lower }],
            },
          ],
        },
      ],
    },
    shared: {},
    variants: [
      { name: 'yellow-gold', materials: { metal: polishedGold, ...litSmallDiamond } },
      { name: 'rose-gold', materials: { metal: roseGold, ...litSmallDiamond } },
    ],
    textureMm: {},
    extras: {
      schemaVersion: 1,
      category: 'bracelet',
      anchor: 'wrist',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: {
        innerWidthMm: ondeSize.innerWidthMm,
        innerHeightMm: ondeSize.innerHeightMm,
        sectionMm: ondeSize.sectionHeightMm,
      },
      moving: [{ node: 'bangle_lower', joint: 'hinge', axis: [0, 1, 0], limits: [0, 42] }],
      engraveable: [{ node: 'bangle_lower', areaMm: [40, 2.6] }],
    },
  };
}
