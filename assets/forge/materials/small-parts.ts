import type { MaterialRecipe } from '../document/recipes.ts';

/** Diamond: index and dispersion (Abbe-style, 20 / V) of the stone itself. */
export const diamond: MaterialRecipe = {
  name: 'diamond',
  baseColor: [1, 1, 1],
  metallic: 0,
  roughness: 0,
  doubleSided: true,
  transmission: 1,
  ior: 2.417,
  volume: { thicknessMm: 0.5 },
  dispersion: 0.36,
};

/** Silicone of nose pads: milky, soft. */
export const silicone: MaterialRecipe = {
  name: 'silicone',
  baseColor: [0.94, 0.93, 0.9],
  metallic: 0,
  roughness: 0.32,
  transmission: 0.82,
  ior: 1.41,
  volume: { thicknessMm: 1.6, attenuationDistanceMm: 7, attenuationColor: [0.85, 0.83, 0.78] },
};
