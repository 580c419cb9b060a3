import type { LinearRgb, MaterialRecipe } from '../document/recipes.ts';

function metal(name: string, baseColor: LinearRgb, roughness: number): MaterialRecipe {
  return { name, baseColor, metallic: 1, roughness };
}

/** Polished 18 k yellow gold, warm (3N): a greener one turns to brass where it reflects the dark of a studio. */
export const polishedGold = metal('polished gold', [1.0, 0.725, 0.33], 0.1);
/** Polished 18 k rose gold. */
export const roseGold = metal('rose gold', [0.96, 0.68, 0.55], 0.09);
/** Polished white gold, rhodium plated. */
export const whiteGold = metal('white gold', [0.74, 0.72, 0.68], 0.08);
/** Polished platinum 950: greyer and denser than rhodium-plated gold. */
export const platinum = metal('platinum', [0.7, 0.68, 0.64], 0.08);
/** Polished 316L steel. */
export const polishedSteel = metal('polished steel', [0.56, 0.555, 0.545], 0.09);
/** Satin steel of the ring between a dial and its crystal. */
export const satinSteel = metal('satin steel', [0.5, 0.5, 0.495], 0.34);
/** Titanium under a gunmetal coating. */
export const gunmetal = metal('gunmetal', [0.145, 0.145, 0.155], 0.2);
/** Nickel silver of hinges, rivets and temple cores. */
export const nickelSilver = metal('nickel silver', [0.78, 0.75, 0.69], 0.14);
/** Hinges and rivets plated in pale gold. */
export const paleGold = metal('pale gold', [0.93, 0.76, 0.46], 0.14);
