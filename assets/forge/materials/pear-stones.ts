import type { MaterialRecipe } from '../document/recipes.ts';

/** A pear diamond of 8 × 5 mm: light runs about 2.6 mm through it. */
export const pearDiamond: MaterialRecipe = {
  name: 'pear diamond',
  baseColor: [1, 1, 1],
  metallic: 0,
  roughness: 0,
  doubleSided: true,
  transmission: 1,
  ior: 2.417,
  volume: { thicknessMm: 1.6 },
  dispersion: 0.36,
};

/** A pear sapphire of the same size: royal blue, deeper where the stone is deeper. */
export const pearSapphire: MaterialRecipe = {
  name: 'pear sapphire',
  baseColor: [1, 1, 1],
  metallic: 0,
  roughness: 0,
  doubleSided: true,
  transmission: 1,
  ior: 1.77,
  volume: { thicknessMm: 1.6, attenuationDistanceMm: 1.5, attenuationColor: [0.05, 0.1, 0.52] },
  dispersion: 0.18,
};
