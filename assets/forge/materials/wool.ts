import type { LinearRgb, MaterialRecipe } from '../document/recipes.ts';
import { wovenLabel } from '../textures/label.ts';
import { ribKnitColor, ribKnitNormals } from '../textures/rib-knit.ts';

function ribbedWool(name: string, baseColor: LinearRgb, sheen: LinearRgb): MaterialRecipe {
  return {
    name,
    baseColor,
    metallic: 0,
    roughness: 1,
    baseColorTexture: ribKnitColor,
    normalTexture: { texture: ribKnitNormals, scale: 1 },
    specular: { factor: 0.3, color: [1, 1, 1] },
    sheen: { color: sheen, roughness: 0.8 },
  };
}

/** Norde's signal colour (#ff5326) in wool. */
export const signalWool = ribbedWool('signal wool', [1, 0.1, 0.026], [0.3, 0.09, 0.05]);
/** The grey of wet stone. */
export const slateWool = ribbedWool('slate wool', [0.085, 0.105, 0.125], [0.07, 0.08, 0.09]);

/** Woven tape of Norde's label. */
export const boneTape: MaterialRecipe = {
  name: 'bone tape',
  baseColor: [1, 1, 1],
  baseColorTexture: wovenLabel('NORDE', [0.74, 0.7, 0.61], [0.02, 0.02, 0.022]),
  metallic: 0,
  roughness: 0.85,
  specular: { factor: 0.4, color: [1, 1, 1] },
  sheen: { color: [0.1, 0.1, 0.1], roughness: 0.5 },
};

/** Waxed thread, nearly black. */
export const darkThread: MaterialRecipe = {
  name: 'dark thread',
  baseColor: [0.02, 0.02, 0.022],
  metallic: 0,
  roughness: 0.6,
};
