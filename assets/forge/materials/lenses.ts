import type { MaterialRecipe } from '../document/recipes.ts';
import { gradientTexture } from '../textures/gradient.ts';

/** A clear lens with an anti-reflection coating, whose rest of a reflection is faintly green. */
export const clearLens: MaterialRecipe = {
  name: 'clear lens',
  baseColor: [1, 1, 1],
  metallic: 0,
  roughness: 0,
  transmission: 1,
  ior: 1.5,
  volume: { thicknessMm: 1, attenuationDistanceMm: 60, attenuationColor: [0.97, 0.99, 0.98] },
  specular: { factor: 0.5, color: [0.5, 0.95, 0.72] },
};

/** The polished edge of a rimless lens: it gathers light from the whole lens and shows it, faintly green. */
export const polishedLensEdge: MaterialRecipe = {
  name: 'polished lens edge',
  baseColor: [0.8, 0.87, 0.85],
  metallic: 0,
  roughness: 0.12,
  transmission: 0.55,
  ior: 1.6,
  volume: { thicknessMm: 2, attenuationDistanceMm: 8, attenuationColor: [0.68, 0.8, 0.77] },
  clearcoat: { factor: 1, roughness: 0.02 },
};

/** Bottle green, dipped: dark above, light below. */
export const greenGradientLens: MaterialRecipe = {
  name: 'green gradient lens',
  baseColor: [1, 1, 1],
  metallic: 0,
  roughness: 0,
  baseColorTexture: gradientTexture('green gradient', [0.085, 0.13, 0.075], [0.55, 0.66, 0.46], 0.12, 0.92),
  transmission: 1,
  ior: 1.55,
  volume: { thicknessMm: 1, attenuationDistanceMm: 30, attenuationColor: [0.8, 0.9, 0.78] },
  specular: { factor: 1, color: [1, 1, 1] },
};

/**
 * Grey, dipped, under a blue mirror: one thin film of titanium dioxide, three quarters of a wave thick at 440 nm, which
 * gives back about a third of the blue and almost nothing of the red.
 */
export const blueMirrorLens: MaterialRecipe = {
  name: 'blue mirror lens',
  baseColor: [1, 1, 1],
  metallic: 0,
  roughness: 0,
  baseColorTexture: gradientTexture('grey gradient', [0.05, 0.055, 0.075], [0.2, 0.21, 0.26], 0.2, 0.95),
  transmission: 1,
  ior: 1.55,
  volume: { thicknessMm: 1, attenuationDistanceMm: 30, attenuationColor: [0.85, 0.87, 0.92] },
  iridescence: { factor: 1, ior: 2.4, thicknessNm: 138 },
};
