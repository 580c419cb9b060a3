import type { LinearRgb, TextureRecipe } from '../document/recipes.ts';
import { lerp } from '../geometry/vector.ts';
import { normalMapWebp } from './normal-map.ts';
import { paintWebp } from './encode.ts';

/** Millimetres of mesh that a tile covers: four columns of spirals across, five windings along. */
export const milaneseMm = 3;
const columns = 4;
const windings = 5;

/** Height of the woven spirals, 0 in the gaps to 1 on a wire's back: neighbouring columns lean opposite ways. */
function weave(u: number, v: number): number {
  const column = Math.floor(v * columns);
  const x = v * columns - column - 0.5;
  const lean = column % 2 === 0 ? 1 : -1;
  const q = u * windings + lean * x * 0.95 + (column % 2) * 0.5;
  const across = 2 * (q - Math.floor(q)) - 1;
  const wire = Math.sqrt(Math.max(0, 1 - (across * 1.04) ** 2));
  const column2 = Math.sqrt(Math.max(0, 1 - (x * 1.86) ** 2));
  return wire * (0.35 + 0.65 * column2);
}

/** Normals of the mesh. */
export const milaneseNormals: TextureRecipe = {
  name: 'milanese normals',
  wrap: 'repeat',
  bake: (scale) =>
    normalMapWebp(
      { widthPx: 384 * scale, heightPx: 384 * scale },
      { width: milaneseMm, height: milaneseMm },
      (u, v) => 0.17 * weave(u, v),
    ),
};

/** The mesh's own shadow: light does not reach far between the wires. */
export function milaneseColor(name: string, metal: LinearRgb): TextureRecipe {
  return {
    name,
    wrap: 'repeat',
    bake: (scale) =>
      paintWebp(256 * scale, 256 * scale, 92, (u, v) => {
        const k = lerp(0.12, 1, Math.min(1, weave(u, v) * 1.25));
        return [metal[0] * k, metal[1] * k, metal[2] * k];
      }),
  };
}
