import type { Station } from '../geometry/sweep.ts';
import type { Surface } from '../geometry/surface.ts';
import type { TemplePoint } from './temple-line.ts';
import { roundedRectangle } from '../geometry/outline.ts';
import { sweep } from '../geometry/sweep.ts';
import { deform } from '../geometry/surface.ts';
import { smoothstep } from '../geometry/vector.ts';

/** A temple of flowing section along a line. Sizes are functions of the length from the pin in millimetres. */
export interface MilledTempleOptions {
  readonly line: (alongMm: number) => TemplePoint;
  readonly fromMm: number;
  readonly toMm: number;
  readonly heightMm: (alongMm: number) => number;
  readonly thicknessMm: (alongMm: number) => number;
  readonly edgeMm: number;
  /** Length over which the tip is rounded when seen from the side. */
  readonly tipMm: number;
  /** Slopes dz/dx and dz/dy of the mitred face that meets the front, in the temple's own frame. */
  readonly mitre: { readonly perX: number; readonly perY: number };
}

/** The places along a temple where sections stand: close at the ends and in the bend, wide where it is straight. */
export function templePlaces(fromMm: number, toMm: number, endMm: number): number[] {
  const places: number[] = [];
  const ends = 6;
  for (let i = 0; i <= ends; i += 1) {
    places.push(fromMm + 0.9 * (1 - Math.cos((Math.PI / 2) * (i / ends))));
  }
  for (let l = fromMm + 2.5; l < toMm - endMm; l += l > 88 && l < 112 ? 1.6 : 3.4) {
    places.push(l);
  }
  const tips = 12;
  for (let i = 0; i <= tips; i += 1) {
    places.push(toMm - endMm + endMm * Math.sin((Math.PI / 2) * (i / tips)));
  }
  return places;
}

/** The temple of the wearer's left side, in the frame of its hinge pin. */
export function milledTemple(options: MilledTempleOptions): Surface {
  const { fromMm, toMm, tipMm, edgeMm } = options;
  const frontRoundMm = 0.5;
  const backRoundMm = 1.3;
  const stations = templePlaces(fromMm, toMm, tipMm).map((l): Station => {
    const frontK = Math.min(1, (l - fromMm) / frontRoundMm);
    const backK = Math.min(1, (toMm - l) / backRoundMm);
    const inset =
      frontRoundMm * (1 - Math.sqrt(Math.max(0, 1 - (1 - frontK) ** 2))) +
      backRoundMm * (1 - Math.sqrt(Math.max(0, 1 - (1 - backK) ** 2)));
    const tipK = Math.max(0, (l - (toMm - tipMm)) / tipMm);
    const height = options.heightMm(l) * Math.max(0.06, Math.sqrt(Math.max(0, 1 - tipK ** 2.4)));
    const thickness = Math.max(0.3, options.thicknessMm(l) - 2 * inset);
    const tall = Math.max(0.3, height - 2 * inset);
    return {
      ...options.line(l),
      section: roundedRectangle(thickness, tall, Math.max(0.12, edgeMm - inset * 0.5), 5),
    };
  });
  const head = options.line(fromMm).centre;
  return deform(sweep(stations), (p) => {
    const fade = 1 - smoothstep(1, 16, head.z - p.z);
    const shift = options.mitre.perX * (p.x - head.x) + options.mitre.perY * (p.y - head.y);
    return { x: p.x, y: p.y, z: p.z + shift * fade };
  });
}
