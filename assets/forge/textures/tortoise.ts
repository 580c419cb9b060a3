import type { LinearRgb, TextureRecipe } from '../document/recipes.ts';
import { smoothstep } from '../geometry/vector.ts';
import { layeredNoise } from './noise.ts';
import { paintWebp } from './encode.ts';

/** Millimetres of acetate sheet that the tortoise texture covers before it repeats. */
export const tortoiseSheetMm = { widthMm: 150, heightMm: 75 } as const;

const honey: LinearRgb = [0.74, 0.3, 0.05];
const amber: LinearRgb = [0.34, 0.082, 0.011];
const brown: LinearRgb = [0.016, 0.0055, 0.0025];

function blend(a: LinearRgb, b: LinearRgb, k: number): LinearRgb {
  return [a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k, a[2] + (b[2] - a[2]) * k];
}

/**
 * Havana acetate, as deep as it is thick: a honey ground with clouds of amber; flakes that lie low in the sheet, of which only a warm
 * dusk comes up through the honey; and flakes near its face, dark, with an amber rim where they thin out. Warping each layer by the
 * one below keeps them from looking like plain noise.
 */
export function tortoiseColor(u: number, v: number): LinearRgb {
  const warpU = layeredNoise(u, v, 10, 5, 2, 11) * 0.03;
  const warpV = layeredNoise(u, v, 10, 5, 2, 29) * 0.06;
  const clouds = layeredNoise(u + warpU, v + warpV, 8, 4, 3, 43);
  const ground = blend(honey, amber, smoothstep(-0.2, 0.6, clouds));
  const low = layeredNoise(u - warpU, v - warpV, 9, 5, 1, 131);
  const dusk = blend(ground, amber, 0.85 * smoothstep(-0.12, 0.34, low));
  const flakes = layeredNoise(u + warpU * 1.4, v + warpV * 1.4, 10, 5, 2, 71) + 0.3 * low + 0.14 * clouds;
  const rim = blend(dusk, amber, smoothstep(-0.2, 0.06, flakes));
  return blend(rim, brown, 0.97 * smoothstep(0.0, 0.24, flakes));
}

/** The texture itself, repeating in both directions. */
export const tortoiseTexture: TextureRecipe = {
  name: 'tortoise',
  wrap: 'repeat',
  bake: (scale) => paintWebp(1024 * scale, 512 * scale, 88, tortoiseColor),
};
