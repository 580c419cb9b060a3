import type { TextureRecipe } from '../document/recipes.ts';
import { cellularNoise } from './cellular.ts';
import { layeredNoise } from './noise.ts';
import { normalMapWebp } from './normal-map.ts';
import { smoothstep } from '../geometry/vector.ts';

/** Millimetres of hide that the grain covers before it repeats. */
export const leatherTileMm = { widthMm: 42, heightMm: 42 } as const;

const cells = 42;

/**
 * Height of a full-grain calf in millimetres: pebbles of 0.8 to 1.2 mm parted by creases, each pebble a little higher or lower
 * than its neighbours, fine pores on top. Warping keeps the creases from running as straight as a mosaic's.
 */
export function leatherHeight(u: number, v: number): number {
  const warpU = layeredNoise(u, v, 14, 14, 2, 5) * 0.45;
  const warpV = layeredNoise(u, v, 14, 14, 2, 17) * 0.45;
  const pebble = cellularNoise(u * cells + warpU, v * cells + warpV, cells, cells, 31);
  const crease = smoothstep(0, 0.34, pebble.second - pebble.nearest);
  const fine = cellularNoise(u * cells * 3, v * cells * 3, cells * 3, cells * 3, 53);
  return (
    0.075 * crease +
    0.03 * (0.5 - pebble.nearest) +
    0.03 * pebble.value +
    0.008 * smoothstep(0, 0.5, fine.second - fine.nearest)
  );
}

/** The grain as a normal map. */
export const leatherGrain: TextureRecipe = {
  name: 'leather grain',
  wrap: 'repeat',
  bake: (scale) =>
    normalMapWebp(
      { widthPx: 512 * scale, heightPx: 512 * scale },
      { width: leatherTileMm.widthMm, height: leatherTileMm.heightMm },
      leatherHeight,
    ),
};
