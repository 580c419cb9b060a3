import type { LinearRgb, TextureRecipe } from '../document/recipes.ts';
import { smoothstep } from '../geometry/vector.ts';
import { layeredNoise } from './noise.ts';
import { paintWebp } from './encode.ts';

/** Millimetres of acetate sheet that the tortoise texture covers before it repeats. */
export const tortoiseSheetMm = { widthMm: 150, heightMm: 75 } as const;

const honey: LinearRgb = [0.66, 0.235, 0.037];
const amber: LinearRgb = [0.26, 0.06, 0.0095];
const brown: LinearRgb = [0.018, 0.0065, 0.003];

function blend(a: LinearRgb, b: LinearRgb, k: number): LinearRgb {
  return [a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k, a[2] + (b[2] - a[2]) * k];
}

/**
 * Havana acetate: a honey ground, clouds of a deeper amber, and flakes of brown that melt into each other as pressed
 * chips do. Warping each layer by the one below keeps the flakes from looking like plain noise.
 */
export function tortoiseColor(u: number, v: number): LinearRgb {
  const warpU = layeredNoise(u, v, 10, 5, 2, 11) * 0.035;
  const warpV = layeredNoise(u, v, 10, 5, 2, 29) * 0.07;
  const clouds = layeredNoise(u + warpU, v + warpV, 8, 4, 3, 43);
  const ground = blend(honey, amber, smoothstep(-0.35, 0.4, clouds));
  const flakes = layeredNoise(u + warpU * 1.6, v + warpV * 1.6, 12, 6, 3, 71);
  const specks = layeredNoise(u - warpU, v + warpV, 30, 15, 2, 97);
  const depth = smoothstep(-0.1, 0.19, flakes + specks * 0.12 + clouds * 0.16);
  const smoke = 0.35 * smoothstep(-0.3, 0.15, flakes);
  return blend(blend(ground, amber, smoke), brown, depth * 0.96);
}

/** The texture itself, repeating in both directions. */
export const tortoiseTexture: TextureRecipe = {
  name: 'tortoise',
  wrap: 'repeat',
  bake: (scale) => paintWebp(1024 * scale, 512 * scale, 88, tortoiseColor),
};
