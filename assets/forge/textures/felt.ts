import type { TextureRecipe } from '../document/recipes.ts';
import { latticeValue, layeredNoise } from './noise.ts';
import { normalMapWebp } from './normal-map.ts';

/** Millimetres of felt that the texture covers before it repeats. */
export const feltTileMm = { widthMm: 48, heightMm: 48 } as const;

const sidePx = 512;
const fibres = 5200;

/** Heights of short hairs, each a bent stroke of 2 to 4 mm pressed into those below it; a grid of `sidePx` squared, millimetres. */
function feltHeights(): Float32Array {
  const heights = new Float32Array(sidePx * sidePx);
  const perMm = sidePx / feltTileMm.widthMm;
  for (let fibre = 0; fibre < fibres; fibre += 1) {
    const value = (part: number): number => latticeValue(fibre, part, 211);
    const lengthPx = (1.6 + 2.4 * value(0)) * perMm;
    let [x, y] = [value(1) * sidePx, value(2) * sidePx];
    let heading = value(3) * 2 * Math.PI;
    const bend = (value(4) - 0.5) * 0.12;
    const level = 0.03 + 0.05 * value(5);
    for (let step = 0; step < lengthPx; step += 0.7) {
      const lift = level * Math.sin((Math.PI * step) / lengthPx);
      const place =
        (((Math.round(y) % sidePx) + sidePx) % sidePx) * sidePx +
        (((Math.round(x) % sidePx) + sidePx) % sidePx);
      heights[place] = Math.max((heights[place] ?? 0) * 0.9, lift);
      x += Math.cos(heading) * 0.7;
      y += Math.sin(heading) * 0.7;
      heading += bend;
    }
  }
  return heights;
}

/** Fur felt: short fibres over a softly uneven ground, as a normal map. */
export const feltFibres: TextureRecipe = {
  name: 'felt fibres',
  wrap: 'repeat',
  bake: (scale) => {
    const heights = feltHeights();
    return normalMapWebp(
      { widthPx: sidePx * scale, heightPx: sidePx * scale },
      { width: feltTileMm.widthMm, height: feltTileMm.heightMm },
      (u, v) =>
        (heights[Math.floor(v * sidePx) * sidePx + Math.floor(u * sidePx)] ?? 0) +
        0.12 * layeredNoise(u, v, 12, 12, 3, 83),
    );
  },
};
