import type { MaterialRecipe } from '../document/recipes.ts';
import type { MakeupShade } from '../../../protocol/piece-extras.ts';

/** A shade by its name in the model, as it is worn. */
export interface NamedShade extends MakeupShade {
  readonly name: string;
  readonly color: [number, number, number];
}

const shade = (
  name: string,
  finish: MakeupShade['finish'],
  opacity: number,
  color: [number, number, number],
): NamedShade => ({ name, finish, opacity, color });

/** Aurelle Rouge. Matte covers most; a gloss lets the lip's own colour through. */
export const lipShades: readonly NamedShade[] = [
  shade('rouge-aurelle', 'satin', 0.86, [0.36, 0.008, 0.017]),
  shade('brique', 'matte', 0.88, [0.32, 0.045, 0.025]),
  shade('bois-de-rose', 'matte', 0.82, [0.36, 0.115, 0.105]),
  shade('rose-nu', 'satin', 0.72, [0.52, 0.21, 0.175]),
  shade('corail', 'satin', 0.78, [0.66, 0.105, 0.065]),
  shade('grenade', 'gloss', 0.7, [0.36, 0.01, 0.05]),
  shade('miel', 'gloss', 0.5, [0.55, 0.2, 0.11]),
  shade('prune', 'matte', 0.86, [0.13, 0.012, 0.035]),
];

/** Aurelle Teint for the cheek. */
export const cheekShades: readonly NamedShade[] = [
  shade('petale', 'satin', 0.36, [0.42, 0.09, 0.105]),
  shade('abricot', 'satin', 0.36, [0.45, 0.125, 0.06]),
  shade('figue', 'matte', 0.4, [0.32, 0.07, 0.095]),
  shade('ambre', 'matte', 0.42, [0.36, 0.14, 0.06]),
];

/** Aurelle Teint for the lid. */
export const lidShades: readonly NamedShade[] = [
  shade('cacao', 'matte', 0.76, [0.075, 0.034, 0.022]),
  shade('bronze', 'satin', 0.66, [0.22, 0.11, 0.045]),
  shade('mauve', 'matte', 0.62, [0.17, 0.075, 0.11]),
  shade('champagne', 'gloss', 0.55, [0.46, 0.31, 0.21]),
];

const bulletRoughness = { matte: 0.62, satin: 0.4, gloss: 0.24 } as const;

/** The stick itself: wax, which shines a little whatever its finish. */
export function stickOf({ name, finish, color }: NamedShade): MaterialRecipe {
  return {
    name: `stick ${name}`,
    baseColor: color,
    metallic: 0,
    roughness: bulletRoughness[finish],
    ior: 1.44,
  };
}

/** Enamel in the shade, under a clear coat. */
export function enamelOf({ name, color }: NamedShade): MaterialRecipe {
  return {
    name: `enamel ${name}`,
    baseColor: color,
    metallic: 0,
    roughness: 0.3,
    clearcoat: { factor: 1, roughness: 0.04 },
  };
}

/** Pressed powder: dull; a satin or a gloss carries fine mica. */
export function powderOf({ name, finish, color }: NamedShade): MaterialRecipe {
  return {
    name: `powder ${name}`,
    baseColor: color,
    metallic: finish === 'matte' ? 0 : 0.18,
    roughness: finish === 'matte' ? 0.95 : 0.6,
  };
}

/** Silvered glass. */
export const mirrorGlass: MaterialRecipe = {
  name: 'mirror',
  baseColor: [0.93, 0.94, 0.94],
  metallic: 1,
  roughness: 0.015,
};
