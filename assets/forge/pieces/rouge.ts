import type { PieceSpec } from '../document/piece-spec.ts';
import {
  capEnamel,
  lipstickBase,
  lipstickCap,
  lipstickSize,
  lipstickStick,
  lipstickTube,
} from '../parts/lipstick.ts';
import { enamelOf, lipShades, stickOf } from '../materials/makeup-shades.ts';
import { paleGold, roseGold } from '../materials/metals.ts';
import { vec3 } from '../geometry/vector.ts';

/** The slanted face looks a little past whoever looks at it. */
const stickTurnRad = (28 * Math.PI) / 180;

/** Aurelle Rouge: a stick of lip colour in a fluted case, its cap beside it with the shade in enamel. */
export function rouge(): PieceSpec {
  return {
    id: 'rouge',
    maison: 'aurelle',
    root: {
      name: 'rouge',
      children: [
        { name: 'case', surfaces: [{ slot: 'metal', surface: lipstickBase() }] },
        { name: 'tube', surfaces: [{ slot: 'tube', surface: lipstickTube() }] },
        {
          name: 'stick',
          rotation: [0, Math.sin(stickTurnRad / 2), 0, Math.cos(stickTurnRad / 2)],
          surfaces: [{ slot: 'stick', surface: lipstickStick() }],
        },
        {
          name: 'cap',
          translationMm: vec3(23.5, 0, -9),
          surfaces: [
            { slot: 'metal', surface: lipstickCap() },
            { slot: 'enamel', surface: capEnamel() },
          ],
        },
      ],
    },
    shared: {},
    variants: lipShades.map((shade) => ({
      name: shade.name,
      materials: { metal: roseGold, tube: paleGold, stick: stickOf(shade), enamel: enamelOf(shade) },
    })),
    textureMm: {},
    extras: {
      schemaVersion: 1,
      category: 'makeup',
      anchor: 'face',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: {
        lengthMm: lipstickSize.closedMm,
        widthMm: lipstickSize.widthMm,
        region: 'lips',
        shades: Object.fromEntries(
          lipShades.map(({ name, color, opacity, finish }) => [name, { color, opacity, finish }]),
        ),
      },
      moving: [{ node: 'stick', joint: 'slide', axis: [0, 1, 0], limits: [-17, 0] }],
      engraveable: [{ node: 'cap', areaMm: [8, 3] }],
    },
  };
}
