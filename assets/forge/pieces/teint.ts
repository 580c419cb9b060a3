import type { NamedShade } from '../materials/makeup-shades.ts';
import type { PieceSpec } from '../document/piece-spec.ts';
import type { Relief } from '../parts/compact.ts';
import { cheekShades, lidShades, mirrorGlass, powderOf } from '../materials/makeup-shades.ts';
import { compact, compactSize, rays, waves } from '../parts/compact.ts';
import { roseGold } from '../materials/metals.ts';

function teint(
  id: string,
  region: 'cheeks' | 'eyes',
  shades: readonly NamedShade[],
  relief: Relief,
): PieceSpec {
  return {
    id,
    maison: 'aurelle',
    root: { name: id, children: compact(relief) },
    shared: {},
    variants: shades.map((shade) => ({
      name: shade.name,
      materials: { metal: roseGold, mirror: mirrorGlass, powder: powderOf(shade) },
    })),
    textureMm: {},
    extras: {
      schemaVersion: 1,
      category: 'makeup',
      anchor: 'face',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: {
        lengthMm: compactSize.diameterMm,
        widthMm: compactSize.closedMm,
        region,
        shades: Object.fromEntries(
          shades.map(({ name, color, opacity, finish }) => [name, { color, opacity, finish }]),
        ),
      },
      moving: [{ node: 'lid', joint: 'hinge', axis: [1, 0, 0], limits: [0, compactSize.openDeg] }],
      engraveable: [{ node: 'lid', areaMm: [24, 24] }],
    },
  };
}

/** Aurelle Teint for the cheek: a round compact, the powder pressed as rays. */
export function teintJoue(): PieceSpec {
  return teint('teint-joue', 'cheeks', cheekShades, rays);
}

/** Aurelle Teint for the lid: the same case, the powder pressed as waves. */
export function teintPaupiere(): PieceSpec {
  return teint('teint-paupiere', 'eyes', lidShades, waves);
}
