import type { LinearRgb, MaterialRecipe } from '../document/recipes.ts';
import { brushedLines } from '../textures/brushed.ts';

/** A metal brushed along its texture's u: the highlight spreads across the lines. */
export function brushed(name: string, baseColor: LinearRgb, roughness = 0.34): MaterialRecipe {
  return {
    name,
    baseColor,
    metallic: 1,
    roughness,
    normalTexture: { texture: brushedLines, scale: 0.7 },
    anisotropy: { strength: 0.7, rotationRad: Math.PI / 2 },
  };
}

/** Brushed 316L steel. */
export const brushedSteel = brushed('brushed steel', [0.43, 0.428, 0.42]);

/** A ring or a hand lacquered black. */
export const blackLacquer: MaterialRecipe = {
  name: 'black lacquer',
  baseColor: [0.012, 0.012, 0.013],
  metallic: 0,
  roughness: 0.3,
};

/** Luminous compound: chalky, a trace of green. */
export const luminous: MaterialRecipe = {
  name: 'luminous compound',
  baseColor: [0.74, 0.78, 0.7],
  metallic: 0,
  roughness: 0.7,
};

/**
 * Domed sapphire with an anti-reflection coating: nine hundredths of the surroundings come back, faintly blue, and the rest
 * is the dial, as sharp as without a crystal. Blended rather than transmissive, because a renderer blurs what it refracts and
 * draws the whole scene once more for it.
 */
export const sapphireCrystal: MaterialRecipe = {
  name: 'sapphire crystal',
  baseColor: [0.8, 0.9, 1],
  alpha: 0.09,
  metallic: 1,
  roughness: 0.03,
};
