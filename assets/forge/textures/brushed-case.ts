import type { TextureRecipe } from '../document/recipes.ts';
import { gradientNoise } from './noise.ts';
import { normalMapWebp } from './normal-map.ts';

/** Millimetres that the brush's lines cover before they repeat. */
export const brushedMm = 12;

/** Fine lines along u, as an abrasive belt leaves them: uneven in depth, some of them ending. */
export const brushedLines: TextureRecipe = {
  name: 'brushed lines',
  wrap: 'repeat',
  bake: (scale) =>
    normalMapWebp(
      { widthPx: 128 * scale, heightPx: 512 * scale },
      { width: brushedMm, height: brushedMm },
      (u, v) =>
        0.01 * gradientNoise(u * 4, v * 170, 4, 170, 31) +
        0.012 * gradientNoise(u * 3, v * 90, 3, 90, 47) +
        0.012 * gradientNoise(u * 2, v * 40, 2, 40, 53),
    ),
};
