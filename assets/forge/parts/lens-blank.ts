import type { LensSeat } from '../geometry/lens-seat.ts';
import type { Surface, Triangle } from '../geometry/surface.ts';
import type { EdgeRound } from '../geometry/rounded-plate.ts';
import type { Vec2 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { deform } from '../geometry/surface.ts';
import { evenly } from '../geometry/interior-points.ts';
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

/** A lens as two skins that together are closed: its optical faces, and its edge with the walls of its holes. */
export interface LensSkins {
  readonly faces: Surface;
  readonly edge: Surface;
}

/** Parts a lens along its bevels, for a rimless frame whose polished edge shows. */
function lensSkins(lens: Surface, flat: Surface): LensSkins {
  const part = (wanted: boolean): Surface => {
    const renumbered = new Map<number, number>();
    const triangles = flat.triangles
      .filter((corners) => corners.every((i) => Math.abs(at(flat.vertices, i).normal.z) > 0.999) === wanted)
      .map(([a, b, c]): Triangle => {
        const own = (i: number): number => {
          const known = renumbered.get(i) ?? renumbered.size;
          renumbered.set(i, known);
          return known;
        };
        return [own(a), own(b), own(c)];
      });
    return { vertices: [...renumbered.keys()].map((i) => at(lens.vertices, i)), triangles };
  };
  return { faces: part(true), edge: part(false) };
}

/** The lens of the wearer's left side, as a solid in the front's coordinates. */
export function lensBlank(options: LensBlankOptions): Surface {
  return bendLens(flatLens(options), options);
}

/** The same lens in two skins. */
export function lensBlankSkins(options: LensBlankOptions): LensSkins {
  const flat = flatLens(options);
  return lensSkins(bendLens(flat, options), flat);
}

function bendLens(flat: Surface, options: LensBlankOptions): Surface {
  const liftMm = options.liftMm ?? 0;
  return deform(flat, (p) => options.seat.axialMap({ x: p.x, y: p.y, z: p.z + liftMm }));
}

function flatLens(options: LensBlankOptions): Surface {
  const drilled: EdgeRound = { widthMm: 0.08, depthMm: 0.08, steps: 2 };
  return roundedPlate({
    outer: options.outline,
    ...(options.holes === undefined ? {} : { holes: options.holes }),
    thicknessMm: options.thicknessMm,
    frontEdge: options.edge,
    backEdge: options.edge,
    holeFrontEdge: drilled,
    holeBackEdge: drilled,
    interiorMm: evenly(3.6),
  });
}
