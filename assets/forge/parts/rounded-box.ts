import type { Surface } from '../geometry/surface.ts';
import { roundedRectangle } from '../geometry/outline.ts';
import { roundedPlate } from '../geometry/rounded-plate.ts';

/** A block around the origin, every edge rounded by `edgeMm` and its four z-parallel edges by `cornerMm`. */
export function roundedBox(
  widthMm: number,
  heightMm: number,
  depthMm: number,
  edgeMm: number,
  cornerMm = edgeMm * 1.6,
): Surface {
  const edge = { widthMm: edgeMm, depthMm: edgeMm, steps: 3 };
  return roundedPlate({
    outer: roundedRectangle(widthMm, heightMm, cornerMm, 4),
    thicknessMm: depthMm,
    frontEdge: edge,
    backEdge: edge,
  });
}
