import type { TextureRecipe } from '../document/recipes.ts';
import { cellularNoise } from './cellular.ts';
import { gradientNoise, layeredNoise } from './noise.ts';
import { normalMapWebp, roughnessMapWebp } from './normal-map.ts';

/** Millimetres of leather that the grain covers before it repeats. */
export const strapGrainMm = 24;
const cells = 26;

/** How far a place lies from the border between two pebbles, in cells. */
function borderAt(u: number, v: number): number {
  const { nearest, second } = cellularNoise(u * cells, v * cells, cells, cells, 3);
  return second - nearest;
}

/** Height of a fine-grained calf in millimetres: pebbles of about 0.9 mm parted by creases, pores between. */
function grainMm(u: number, v: number): number {
  const bend = 0.012;
  const u2 = u + bend * gradientNoise(u * 9, v * 9, 9, 9, 11);
  const v2 = v + bend * gradientNoise(u * 9, v * 9, 9, 9, 23);
  const crease = 1 - Math.exp(-borderAt(u2, v2) * 5);
  return 0.075 * crease + 0.012 * layeredNoise(u, v, 60, 60, 2, 5);
}

/** Normals of the strap's grain. */
export const strapGrain: TextureRecipe = {
  name: 'strap grain',
  wrap: 'repeat',
  bake: (scale) =>
    normalMapWebp(
      { widthPx: 512 * scale, heightPx: 512 * scale },
      { width: strapGrainMm, height: strapGrainMm },
      grainMm,
    ),
};

/** The crests are worn smoother than the creases. */
export const strapWear: TextureRecipe = {
  name: 'strap wear',
  wrap: 'repeat',
  bake: (scale) =>
    roughnessMapWebp(
      256 * scale,
      256 * scale,
      (u, v) => 0.98 - 0.3 * Math.min(1, borderAt(u, v) * 1.6) + 0.12 * layeredNoise(u, v, 5, 5, 2, 9),
    ),
};
