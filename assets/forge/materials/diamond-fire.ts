import type { MaterialRecipe } from '../document/recipes.ts';
import { diamond } from './small-parts.ts';

/** The mirrored light inside a diamond (see geometry/stone-fire.ts): nearly white, with a breath of spectral colour. */
export const diamondFire: MaterialRecipe = {
  name: 'diamond fire',
  baseColor: [1, 1, 1],
  metallic: 1,
  roughness: 0.02,
  iridescence: { factor: 0.12, ior: 2.2, thicknessNm: 760 },
};

/** The cut stone round that light: its front alone, since the mirror stands before its back. */
function litDiamondOf(name: string, thicknessMm: number): MaterialRecipe {
  return { ...diamond, name, doubleSided: false, volume: { thicknessMm } };
}

/** Materials of a lit stone's slots: from about 4 mm, and below. The depth says how far each facet of the crown shifts what it shows. */
export const litDiamond = { stone: litDiamondOf('lit diamond', 1.7), fire: diamondFire } as const;
export const litSmallDiamond = { stone: litDiamondOf('lit small diamond', 0.45), fire: diamondFire } as const;

/** A pear sapphire of 8 × 5 mm: royal blue, deeper where the stone is deeper. */
const sapphire: MaterialRecipe = {
  ...litDiamondOf('pear sapphire', 1.6),
  ior: 1.77,
  volume: { thicknessMm: 1.6, attenuationDistanceMm: 1.5, attenuationColor: [0.05, 0.1, 0.52] },
  dispersion: 0.18,
};
export const litSapphire = { stone: sapphire, fire: diamondFire } as const;
