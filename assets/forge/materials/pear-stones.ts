import type { MaterialRecipe } from '../document/recipes.ts';
import { diamond } from './small-parts.ts';

/** A pear diamond of 8 × 5 mm: light runs about 2.6 mm through it. */
export const pearDiamond: MaterialRecipe = { ...diamond, name: 'pear diamond', volume: { thicknessMm: 1.6 } };

/** A pear sapphire of the same size: royal blue, deeper where the stone is deeper. */
export const pearSapphire: MaterialRecipe = {
  ...diamond,
  name: 'pear sapphire',
  ior: 1.77,
  volume: { thicknessMm: 1.6, attenuationDistanceMm: 1.5, attenuationColor: [0.05, 0.1, 0.52] },
  dispersion: 0.18,
};
