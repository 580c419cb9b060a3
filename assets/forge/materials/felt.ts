import type { LinearRgb, MaterialRecipe } from '../document/recipes.ts';
import { feltFibres } from '../textures/felt.ts';
import { grosgrainRibs } from '../textures/grosgrain.ts';

/** Fur felt: no gloss, but every hair's tip lights up at a grazing angle. */
export function furFelt(name: string, baseColor: LinearRgb, sheen: LinearRgb): MaterialRecipe {
  return {
    name,
    baseColor,
    metallic: 0,
    roughness: 1,
    normalTexture: { texture: feltFibres, scale: 0.55 },
    sheen: { color: sheen, roughness: 0.45 },
    specular: { factor: 0.25, color: [1, 1, 1] },
  };
}

/** Ribbed ribbon, half matt. */
export function grosgrain(name: string, baseColor: LinearRgb, sheen: LinearRgb): MaterialRecipe {
  return {
    name,
    baseColor,
    metallic: 0,
    roughness: 0.6,
    normalTexture: { texture: grosgrainRibs, scale: 0.8 },
    sheen: { color: sheen, roughness: 0.35 },
  };
}

/** Viscose satin of a lining. */
export function satin(name: string, baseColor: LinearRgb): MaterialRecipe {
  return {
    name,
    baseColor,
    metallic: 0,
    roughness: 0.36,
    sheen: { color: [0.15, 0.15, 0.15], roughness: 0.3 },
  };
}
