import type { LinearRgb, TextureRecipe } from '../document/recipes.ts';
import { smoothstep } from '../geometry/vector.ts';
import { paintWebp } from './encode.ts';

/** A lens dyed by dipping: `top` above, `bottom` below, blended between two heights (0 is the upper edge, 1 the lower). */
export function gradientTexture(
  name: string,
  top: LinearRgb,
  bottom: LinearRgb,
  from: number,
  to: number,
): TextureRecipe {
  return {
    name,
    wrap: 'clamp',
    bake: (scale) =>
      paintWebp(16, 256 * scale, 96, (_, v) => {
        const k = smoothstep(from, to, v);
        return [
          top[0] + (bottom[0] - top[0]) * k,
          top[1] + (bottom[1] - top[1]) * k,
          top[2] + (bottom[2] - top[2]) * k,
        ];
      }),
  };
}
