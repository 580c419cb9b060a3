import type { LinearRgb, MaterialRecipe } from '../document/recipes.ts';
import { strapGrain, strapWear } from '../textures/strap-grain.ts';

/** Fine-grained calf for a strap. */
export function strapCalf(name: string, baseColor: LinearRgb): MaterialRecipe {
  return {
    name,
    baseColor,
    metallic: 0,
    roughness: 0.68,
    normalTexture: { texture: strapGrain, scale: 0.8 },
    roughnessTexture: strapWear,
    specular: { factor: 0.7, color: [1, 1, 1] },
  };
}

/** Edge paint, burnished. */
export function edgePaint(name: string, baseColor: LinearRgb): MaterialRecipe {
  return {
    name,
    baseColor,
    metallic: 0,
    roughness: 0.62,
    specular: { factor: 0.6, color: [1, 1, 1] },
    clearcoat: { factor: 0.12, roughness: 0.45 },
  };
}

/** Waxed linen thread. */
export function waxedThread(name: string, baseColor: LinearRgb): MaterialRecipe {
  return { name, baseColor, metallic: 0, roughness: 0.55 };
}

/** Suede-finished lining that touches the skin. */
export function lining(name: string, baseColor: LinearRgb): MaterialRecipe {
  return {
    name,
    baseColor,
    metallic: 0,
    roughness: 0.9,
    normalTexture: { texture: strapGrain, scale: 0.3 },
    sheen: { color: [0.12, 0.11, 0.1], roughness: 0.6 },
  };
}
