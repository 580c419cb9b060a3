import type { Surface } from '../geometry/surface.ts';

/** Overall width of a surface in millimetres, rounded to a tenth as a frame is marked. */
export function widthOf(surface: Surface): number {
  let low = Infinity;
  let high = -Infinity;
  for (const { position } of surface.vertices) {
    low = Math.min(low, position.x);
    high = Math.max(high, position.x);
  }
  return Math.round((high - low) * 10) / 10;
}
