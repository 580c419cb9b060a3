import type { LinearRgb, MaterialRecipe } from '../document/recipes.ts';
import { leatherGrain } from '../textures/leather-grain.ts';
import { strapGrain, strapWear } from '../textures/strap-grain.ts';

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

/** What is done to the paint of a cut edge: a bag's is built up in coats, sanded and polished; a strap's is rubbed in and burnished. */
const edgeFinishes = {
  polished: { roughness: 0.42, clearcoat: { factor: 0.7, roughness: 0.16 } },
  burnished: {
    roughness: 0.62,
    specular: { factor: 0.6, color: [1, 1, 1] },
    clearcoat: { factor: 0.12, roughness: 0.45 },
  },
} as const;

/** Paint of a cut edge. */
export function edgePaint(
  name: string,
  baseColor: LinearRgb,
  finish: keyof typeof edgeFinishes = 'polished',
): MaterialRecipe {
  return { name, baseColor, metallic: 0, ...edgeFinishes[finish] };
}

/** Goat suede that lines a bag. */
export function suede(name: string, baseColor: LinearRgb, sheen: LinearRgb): MaterialRecipe {
  return { name, baseColor, metallic: 0, roughness: 1, sheen: { color: sheen, roughness: 0.7 } };
}

/** Suede-finished lining that touches the skin. */
export function strapLining(name: string, baseColor: LinearRgb): MaterialRecipe {
  return {
    ...suede(name, baseColor, [0.12, 0.11, 0.1]),
    roughness: 0.9,
    normalTexture: { texture: strapGrain, scale: 0.3 },
  };
}

/** Waxed linen thread. */
export function linenThread(name: string, baseColor: LinearRgb): MaterialRecipe {
  return { name, baseColor, metallic: 0, roughness: 0.62, sheen: { color: [0.1, 0.1, 0.1], roughness: 0.4 } };
}
