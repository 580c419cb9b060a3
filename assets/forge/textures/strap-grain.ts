import type { TextureRecipe } from '../document/recipes.ts';
import { gradientNoise, layeredNoise } from './noise.ts';
import { normalMapWebp, roughnessMapWebp } from './normal-map.ts';

/** Millimetres of leather that the grain covers before it repeats. */
export const strapGrainMm = 24;
const cells = 26;

function hash(x: number, y: number, salt: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(salt, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Distances to the nearest and the next pebble's middle, in cells (Worley 1996), repeating. */
function pebbles(u: number, v: number): readonly [number, number] {
  const x = u * cells;
  const y = v * cells;
  let first = 9;
  let second = 9;
  for (let j = Math.floor(y) - 1; j <= Math.floor(y) + 1; j += 1) {
    for (let i = Math.floor(x) - 1; i <= Math.floor(x) + 1; i += 1) {
      const [wi, wj] = [(i + cells) % cells, (j + cells) % cells];
      const d = Math.hypot(i + hash(wi, wj, 3) - x, j + hash(wi, wj, 7) - y);
      if (d < first) {
        second = first;
        first = d;
      } else if (d < second) {
        second = d;
      }
    }
  }
  return [first, second];
}

/** Height of a fine-grained calf in millimetres: pebbles of about 0.9 mm parted by creases, pores between. */
function grainMm(u: number, v: number): number {
  const bend = 0.012;
  const u2 = u + bend * gradientNoise(u * 9, v * 9, 9, 9, 11);
  const v2 = v + bend * gradientNoise(u * 9, v * 9, 9, 9, 23);
  const [first, second] = pebbles((u2 + 1) % 1, (v2 + 1) % 1);
  const crease = 1 - Math.exp(-(second - first) * 5);
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
    roughnessMapWebp(256 * scale, 256 * scale, (u, v) => {
      const [first, second] = pebbles(u, v);
      return 0.98 - 0.3 * Math.min(1, (second - first) * 1.6) + 0.12 * layeredNoise(u, v, 5, 5, 2, 9);
    }),
};
