import type { TextureRecipe } from '../document/recipes.ts';
import { gradientNoise } from './noise.ts';
import { normalMapWebp } from './normal-map.ts';
import { paintWebp } from './encode.ts';

/** Millimetres that the knit covers before it repeats: four ribs of two stitches each, sixteen courses. */
export const ribKnitMm = { widthMm: 24, heightMm: 32 } as const;
const ribs = 4;
const courses = 16;

/**
 * How high the yarn stands, 0 to 1. A rib is two columns of stitches; each stitch is a V of two slanted strands, its point
 * down, lying in the one below. Between the ribs the yarn sinks to the purl side.
 */
export function ribKnitHeight(u: number, v: number): number {
  const inRib = (u * ribs) % 1;
  // Two columns over the rib's top; the groove takes what is left at its sides.
  const column = (inRib - 0.1) / 0.8;
  if (column < 0 || column > 1) {
    return 0.12 + 0.1 * Math.sin(v * courses * 2 * Math.PI);
  }
  const across = ((column * 2) % 1) * 2 - 1;
  const wander = 0.07 * gradientNoise(u * 8, v * 16, 8, 16, 7);
  const strand = (((v * courses - Math.abs(across) * 0.62 + wander) % 1) + 1) % 1;
  const round = Math.sin(Math.PI * strand) ** 0.75;
  const side = Math.sqrt(Math.max(0, 1 - (2 * Math.abs(across) - 1) ** 2));
  const ply = 0.1 * Math.sin(2 * Math.PI * (strand * 2.5 + v * courses * 2 + Math.abs(across) * 1.5));
  return Math.max(0.1, 0.2 + 0.8 * round * side + ply * side);
}

function fibres(u: number, v: number): number {
  return (
    gradientNoise(u * 96, v * 128, 96, 128, 41) * 0.6 + gradientNoise(u * 190, v * 256, 190, 256, 59) * 0.4
  );
}

/** The stitches as a normal map. */
export const ribKnitNormals: TextureRecipe = {
  name: 'rib knit normals',
  wrap: 'repeat',
  bake: (scale) =>
    normalMapWebp(
      { widthPx: 512 * scale, heightPx: 512 * scale },
      { width: ribKnitMm.widthMm, height: ribKnitMm.heightMm },
      (u, v) => 0.62 * ribKnitHeight(u, v) + 0.05 * fibres(u, v),
    ),
};

/** Light that reaches the yarn, darker between the strands, with the fleck of carded wool; times the colour of a variant. */
export const ribKnitColor: TextureRecipe = {
  name: 'rib knit colour',
  wrap: 'repeat',
  bake: (scale) =>
    paintWebp(512 * scale, 512 * scale, 82, (u, v) => {
      const light = Math.min(1, 0.36 + 0.62 * ribKnitHeight(u, v) + 0.12 * fibres(u, v));
      return [light, light, light];
    }),
};
