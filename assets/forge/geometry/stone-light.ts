import type { Surface } from './surface.ts';

/**
 * Gives the facets below a stone's girdle unequal shares of light. A renderer that bends rays once knows nothing of the two
 * reflections that make neighbouring facets of a pavilion light and dark by turns; right and left differ, as they do for an
 * eye that is never quite in the middle. The stone's axis is y.
 */
export function lightPavilion(stone: Surface): Surface {
  return {
    vertices: stone.vertices.map((vertex) => {
      const { x, y, z } = vertex.normal;
      if (y > -0.3) {
        return vertex;
      }
      const wave = Math.sin(Math.atan2(z, x) * 11 + 0.9) * 0.7 + Math.sin(Math.atan2(z, x) * 3 + 2) * 0.3;
      return { ...vertex, shade: 0.66 + 0.34 * wave };
    }),
    triangles: stone.triangles,
  };
}
