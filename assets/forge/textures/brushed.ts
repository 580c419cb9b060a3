import type { TextureRecipe } from '../document/recipes.ts';
import { gradientNoise } from './noise.ts';
import { normalMapWebp } from './normal-map.ts';

/** One size of stroke: how many of them along u and v before the pattern repeats, and how deep they are in millimetres. */
interface Strokes {
  readonly u: number;
  readonly v: number;
  readonly seed: number;
  readonly depthMm: number;
}

/** The normals of strokes of several sizes over each other, of uneven depth, some of them ending. Repeats in both directions. */
function brushed(
  name: string,
  pixels: { readonly widthPx: number; readonly heightPx: number },
  sheetMm: { readonly width: number; readonly height: number },
  strokes: readonly Strokes[],
): TextureRecipe {
  return {
    name,
    wrap: 'repeat',
    bake: (scale) =>
      normalMapWebp({ widthPx: pixels.widthPx * scale, heightPx: pixels.heightPx * scale }, sheetMm, (u, v) =>
        strokes.reduce(
          (sum, one) => sum + one.depthMm * gradientNoise(u * one.u, v * one.v, one.u, one.v, one.seed),
          0,
        ),
      ),
  };
}

/** Millimetres that the lines of a belt cover before they repeat. */
export const brushedMm = 12;

/** Fine lines along u, as an abrasive belt leaves them. */
export const brushedLines: TextureRecipe = brushed(
  'brushed lines',
  { widthPx: 128, heightPx: 512 },
  { width: brushedMm, height: brushedMm },
  [
    { u: 4, v: 170, seed: 31, depthMm: 0.01 },
    { u: 3, v: 90, seed: 47, depthMm: 0.012 },
    { u: 2, v: 40, seed: 53, depthMm: 0.012 },
  ],
);

/** Millimetres of metal that the brushing of a wire covers, along it (u) and round it (v). */
export interface BrushedSheet {
  readonly alongMm: number;
  readonly roundMm: number;
}

/** Strokes of a wheel held against a turning wire: they run round it. */
export function brushedRound(name: string, { alongMm, roundMm }: BrushedSheet): TextureRecipe {
  return brushed(name, { widthPx: 512, heightPx: 128 }, { width: alongMm, height: roundMm }, [
    { u: 70, v: 2, seed: 3, depthMm: 0.0275 },
    { u: 120, v: 3, seed: 17, depthMm: 0.022 },
    { u: 210, v: 5, seed: 31, depthMm: 0.01375 },
  ]);
}
