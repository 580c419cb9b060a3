import type { LensSeat } from '../geometry/lens-seat.ts';
import type { Surface } from '../geometry/surface.ts';
import type { EdgeRound } from '../geometry/rounded-plate.ts';
import type { Vec2 } from '../geometry/vector.ts';
import { deform } from '../geometry/surface.ts';
import { roundedPlate } from '../geometry/rounded-plate.ts';

/** A lens edged to an outline, perhaps drilled, curved to its seat. */
export interface LensBlankOptions {
  readonly outline: readonly Vec2[];
  readonly holes?: readonly (readonly Vec2[])[];
  readonly seat: LensSeat;
  readonly thicknessMm: number;
  readonly edge: EdgeRound;
  /** Moves the lens along its normal inside the seat. */
  readonly liftMm?: number;
}

/** The lens of the wearer's left side, as a solid in the front's coordinates. */
export function lensBlank(options: LensBlankOptions): Surface {
  const drilled: EdgeRound = { widthMm: 0.08, depthMm: 0.08, steps: 2 };
  const plate = roundedPlate({
    outer: options.outline,
    ...(options.holes === undefined ? {} : { holes: options.holes }),
    thicknessMm: options.thicknessMm,
    frontEdge: options.edge,
    backEdge: options.edge,
    holeFrontEdge: drilled,
    holeBackEdge: drilled,
    interiorMm: 3.6,
  });
  const liftMm = options.liftMm ?? 0;
  return deform(plate, (p) => options.seat.axialMap({ x: p.x, y: p.y, z: p.z + liftMm }));
}
