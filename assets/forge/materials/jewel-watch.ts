import type { LinearRgb, MaterialRecipe } from '../document/recipes.ts';
import { milaneseColor, milaneseNormals } from '../textures/milanese.ts';

/** A metal woven into mesh. */
export function milaneseMetal(metal: string, color: LinearRgb): MaterialRecipe {
  return {
    name: `${metal} mesh`,
    baseColor: [1, 1, 1],
    metallic: 1,
    roughness: 0.26,
    baseColorTexture: milaneseColor(`${metal} mesh`, color),
    normalTexture: { texture: milaneseNormals, scale: 1 },
  };
}

function cabochon(name: string, baseColor: LinearRgb): MaterialRecipe {
  return {
    name,
    baseColor,
    metallic: 0,
    roughness: 0.18,
    ior: 1.77,
    clearcoat: { factor: 1, roughness: 0.02 },
  };
}

/** A sapphire cabochon, night blue; opaque, because its light is spent within a millimetre. */
export const nightCabochon = cabochon('sapphire cabochon', [0.01, 0.022, 0.12]);
/** A pink spinel cabochon. */
export const roseCabochon = cabochon('spinel cabochon', [0.36, 0.03, 0.07]);
