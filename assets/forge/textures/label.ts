import type { LinearRgb, TextureRecipe } from '../document/recipes.ts';
import { distanceToStroke } from './dial-print.ts';
import { lettered, nordeLettering } from './house-letters.ts';
import { paintWebp } from './encode.ts';
import { vec2 } from '../geometry/vector.ts';

/** The tape of a label. */
export const labelMm = { widthMm: 30, heightMm: 11 } as const;

const capitalMm = 3.5;
/** Threads of the weft to the millimetre. */
const weft = 4;

/** A house's name woven into tape: the letters float over the weft, whose threads are a little lighter on their backs. */
export function wovenLabel(word: string, ground: LinearRgb, ink: LinearRgb): TextureRecipe {
  const strokes = lettered(word, nordeLettering, capitalMm, vec2(0, 0));
  return {
    name: `label ${word}`,
    wrap: 'repeat',
    bake: (scale) =>
      paintWebp(512 * scale, 256 * scale, 90, (u, v) => {
        const place = vec2((u - 0.5) * labelMm.widthMm, (0.5 - v) * labelMm.heightMm);
        const soft = labelMm.widthMm / (512 * scale);
        const inside = Math.max(...strokes.map((one) => one.widthMm / 2 - distanceToStroke(place, one)));
        const cover = Math.min(1, Math.max(0, inside / soft + 0.5));
        const back = 0.9 + 0.1 * Math.abs(Math.sin(Math.PI * weft * (cover > 0.5 ? place.x : place.y)));
        const mixed = (channel: 0 | 1 | 2): number =>
          (ground[channel] + (ink[channel] - ground[channel]) * cover) * back;
        return [mixed(0), mixed(1), mixed(2)];
      }),
  };
}
