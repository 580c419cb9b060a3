import type { LinearRgb, MaterialRecipe } from '../document/recipes.ts';
import { leatherGrain } from '../textures/leather-grain.ts';

/** Full-grain calf of a colour: a low sheen, creases that hold the light. */
export function calf(name: string, baseColor: LinearRgb, sheen: LinearRgb, roughness = 0.5): MaterialRecipe {
  return {
    name,
    baseColor,
    metallic: 0,
    roughness,
    normalTexture: { texture: leatherGrain, scale: 0.72 },
    sheen: { color: sheen, roughness: 0.5 },
    specular: { factor: 0.8, color: [1, 1, 1] },
  };
}

/** Paint of a cut edge: several coats, sanded and polished. */
export function edgePaint(name: string, baseColor: LinearRgb): MaterialRecipe {
  return {
    name,
    baseColor,
    metallic: 0,
    roughness: 0.42,
    clearcoat: { factor: 0.7, roughness: 0.16 },
  };
}

/** Goat suede that lines a bag. */
export function suede(name: string, baseColor: LinearRgb, sheen: LinearRgb): MaterialRecipe {
  return { name, baseColor, metallic: 0, roughness: 1, sheen: { color: sheen, roughness: 0.7 } };
}

/** Waxed linen thread. */
export function linenThread(name: string, baseColor: LinearRgb): MaterialRecipe {
  return { name, baseColor, metallic: 0, roughness: 0.62, sheen: { color: [0.1, 0.1, 0.1], roughness: 0.4 } };
}
