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

/**
 * Silicone of nose pads: milky, soft. Opaque, because a clear lens before it shows only what is opaque behind
 * (a renderer draws transmissive surfaces over a picture of the opaque ones).
 */
export const silicone: MaterialRecipe = {
  name: 'silicone',
  baseColor: [0.58, 0.57, 0.545],
  metallic: 0,
  roughness: 0.42,
  ior: 1.41,
  specular: { factor: 0.8, color: [1, 1, 1] },
};
