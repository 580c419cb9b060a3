import type { TextureRecipe } from '../document/recipes.ts';
import { normalMapWebp } from './normal-map.ts';

/** Millimetres of ribbon that the texture covers before it repeats: u along the ribbon, v across it. */
export const grosgrainTileMm = { widthMm: 8, heightMm: 8 } as const;

/** Ribs across the ribbon, one a millimetre, bound by a fine warp: every warp thread passes over one rib and under the next. */
export function grosgrainHeight(u: number, v: number): number {
  const rib = Math.abs(Math.sin(Math.PI * u * 8));
  const warp = Math.cos(2 * Math.PI * v * 32 + (Math.floor(u * 8) % 2) * Math.PI);
  return 0.2 * Math.sqrt(rib) + 0.012 * warp * rib;
}

/** Grosgrain as a normal map. */
export const grosgrainRibs: TextureRecipe = {
  name: 'grosgrain ribs',
  wrap: 'repeat',
  bake: (scale) =>
    normalMapWebp(
      { widthPx: 256 * scale, heightPx: 256 * scale },
      { width: grosgrainTileMm.widthMm, height: grosgrainTileMm.heightMm },
      grosgrainHeight,
    ),
};
