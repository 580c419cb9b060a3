import type { Ribbon } from '../geometry/ribbon.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec2 } from '../geometry/vector.ts';
import type { SheetFrame } from './front-frame.ts';
import { circle } from '../geometry/outline.ts';
import { deform, merge, place } from '../geometry/surface.ts';
import { dome } from '../geometry/lathe.ts';
import { resampleClosed } from '../geometry/spline.ts';
import { evenly } from '../geometry/interior-points.ts';
import { roundedPlate } from '../geometry/rounded-plate.ts';
import { sheetFrame, standing } from './front-frame.ts';
import { vec2, vec3 } from '../geometry/vector.ts';

/** A bar set with round stones in one row, held by claws that neighbours share. */
export interface PaveBarOptions {
  readonly ribbon: Ribbon;
  readonly thicknessMm: number;
  /** Half width of the bar at a place along it. */
  readonly halfWidthMm: (alongMm: number) => number;
  readonly stones: number;
  readonly stoneMm: number;
  /** Distance between the middles of neighbouring stones. */
  readonly pitchMm: number;
  /** Place of the first stone's middle along the bar. */
  readonly firstMm: number;
  /** Rounding of the face's edge; small when the bar lies in a channel. */
  readonly edgeMm?: number;
}

/** The metal of the bar with its claws, and where each stone sits: y of a frame is the stone's axis. */
export interface PaveBar {
  readonly metal: Surface;
  readonly seats: readonly SheetFrame[];
}

/** How high above the bar's face the upper edge of a stone's girdle stands. */
const girdleAboveMm = 0.14;

function barOutline(options: PaveBarOptions): Vec2[] {
  const { lengthMm } = options.ribbon;
  const steps = 64;
  const upper: Vec2[] = [];
  for (let i = 0; i <= steps; i += 1) {
    const s = (lengthMm * (1 - Math.cos((Math.PI * i) / steps))) / 2;
    const r = options.halfWidthMm(s);
    const end = Math.min(s, lengthMm - s);
    const round = end >= r ? 1 : Math.sqrt(Math.max(0, 1 - ((r - end) / r) ** 2));
    upper.push(vec2(s, r * round));
  }
  const lower = upper.slice(1, -1).map((p) => vec2(p.x, -p.y));
  return resampleClosed([...upper, ...lower.toReversed()].toReversed(), Math.round(lengthMm * 5.6));
}

/** Builds the bar: drilled under every stone, so that light reaches the pavilion, with two claws in every gap. */
export function paveBar(options: PaveBarOptions): PaveBar {
  const { ribbon, thicknessMm, stones, stoneMm, pitchMm, firstMm, edgeMm = 0.26 } = options;
  const middles = Array.from({ length: stones }, (_, i) => firstMm + i * pitchMm);
  const plate = roundedPlate({
    outer: barOutline(options),
    holes: middles.map((s) => circle(vec2(s, 0), stoneMm * 0.41, 20)),
    thicknessMm,
    frontEdge: { widthMm: edgeMm, depthMm: edgeMm, steps: 4 },
    backEdge: { widthMm: edgeMm + 0.08, depthMm: edgeMm + 0.08, steps: 3 },
    holeFrontEdge: { widthMm: 0.05, depthMm: 0.05, steps: 2 },
    holeBackEdge: { widthMm: 0.05, depthMm: 0.05, steps: 2 },
    interiorMm: evenly(0.8),
  });
  const claw = dome(0.25, 0.2, 0.42, 12);
  const claws = Array.from({ length: stones + 1 }, (_, i) => firstMm + (i - 0.5) * pitchMm).flatMap((s) =>
    [1, -1].map((side) => {
      const frame = sheetFrame(
        ribbon.map,
        vec3(s, side * stoneMm * 0.36, thicknessMm / 2 + girdleAboveMm + 0.08),
      );
      return place(claw, standing(frame));
    }),
  );
  const seats = middles.map((s) =>
    standing(sheetFrame(ribbon.map, vec3(s, 0, thicknessMm / 2 + girdleAboveMm))),
  );
  return { metal: merge([deform(plate, ribbon.map), ...claws]), seats };
}
