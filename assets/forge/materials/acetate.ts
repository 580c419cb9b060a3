import type { MaterialRecipe } from '../document/recipes.ts';
import { tortoiseTexture } from '../textures/tortoise.ts';

/** Polished tortoise acetate: light enters, and leaves coloured by the flakes. */
export const tortoiseAcetate: MaterialRecipe = {
  name: 'tortoise acetate',
  baseColor: [1, 1, 1],
  metallic: 0,
  roughness: 0.16,
  baseColorTexture: tortoiseTexture,
  transmission: 0.45,
  ior: 1.48,
  volume: { thicknessMm: 3, attenuationDistanceMm: 9, attenuationColor: [0.86, 0.5, 0.2] },
  clearcoat: { factor: 1, roughness: 0.03 },
};

/**
 * The same sheet for temples. They are seen through the lenses, and a transmissive lens shows only what is opaque
 * behind it, so this one lets no light through.
 */
export const tortoiseTempleAcetate: MaterialRecipe = {
  name: 'tortoise temple acetate',
  baseColor: [1, 1, 1],
  metallic: 0,
  roughness: 0.2,
  baseColorTexture: tortoiseTexture,
  ior: 1.48,
  clearcoat: { factor: 1, roughness: 0.03 },
};

/** Polished smoke crystal acetate, clear enough to show the metal core. */
export const smokeCrystalAcetate: MaterialRecipe = {
  name: 'smoke crystal acetate',
  baseColor: [1, 1, 1],
  metallic: 0,
  roughness: 0.03,
  // Both sides, so that the bevels behind are seen through those in front.
  doubleSided: true,
  transmission: 1,
  ior: 1.48,
  volume: { thicknessMm: 2.4, attenuationDistanceMm: 6, attenuationColor: [0.5, 0.475, 0.46] },
};

/** Solid black acetate of temple tips. */
export const blackAcetate: MaterialRecipe = {
  name: 'black acetate',
  baseColor: [0.012, 0.012, 0.013],
  metallic: 0,
  roughness: 0.18,
  ior: 1.48,
  clearcoat: { factor: 1, roughness: 0.04 },
};

/** Warm nude acetate of Aurelle's temple tips. */
export const blushAcetate: MaterialRecipe = {
  name: 'blush acetate',
  baseColor: [0.5, 0.3, 0.24],
  metallic: 0,
  roughness: 0.22,
  ior: 1.48,
  clearcoat: { factor: 1, roughness: 0.04 },
};
