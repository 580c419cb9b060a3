import type { TextureRecipe } from '../document/recipes.ts';
import { gradientNoise } from './noise.ts';
import { normalMapWebp } from './normal-map.ts';

/** Millimetres of metal that the brushing covers, along the wire (u) and round it (v). */
export interface BrushedSheet {
  readonly alongMm: number;
  readonly roundMm: number;
}

/** Strokes of a wheel held against a turning wire: they run round it, of uneven depth and length. Repeats in both directions. */
export function brushedNormals(name: string, sheet: BrushedSheet): TextureRecipe {
  const strokes = (u: number, v: number): number =>
    gradientNoise(u * 70, v * 2, 70, 2, 3) * 0.5 +
    gradientNoise(u * 120, v * 3, 120, 3, 17) * 0.4 +
    gradientNoise(u * 210, v * 5, 210, 5, 31) * 0.25;
  return {
    name,
    wrap: 'repeat',
    bake: (scale) =>
      normalMapWebp(
        { widthPx: 512 * scale, heightPx: 128 * scale },
        { width: sheet.alongMm, height: sheet.roundMm },
        (u, v) => strokes(u, v) * 0.055,
      ),
  };
}
