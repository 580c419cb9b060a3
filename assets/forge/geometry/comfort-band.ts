import type { Surface } from './surface.ts';
import type { Vec2 } from './vector.ts';
import { sweep } from './sweep.ts';
import { vec2, vec3 } from './vector.ts';

/** A finger ring's section: across the finger and radially, in millimetres. */
export interface ComfortSection {
  readonly widthMm: number;
  readonly thicknessMm: number;
  /** How far the inner side bulges towards the finger, from its edges to its middle. */
  readonly innerDomeMm: number;
}

/** Signed power, which makes a superellipse of a circle. */
function bulge(value: number, exponent: number): number {
  return Math.sign(value) * Math.abs(value) ** (2 / exponent);
}

/**
 * A section domed on both sides ("comfort fit"): x across, y outwards from the innermost place, counter-clockwise.
 * The outer half is an ellipse that is a little full; the inner half is flat in the middle and turns up at its edges.
 */
export function comfortSection(section: ComfortSection, count: number): Vec2[] {
  const { widthMm, thicknessMm, innerDomeMm } = section;
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    // The same exponent across keeps the two halves joined where they are widest.
    const x = (bulge(c, 2.35) * widthMm) / 2;
    const y =
      s >= 0
        ? innerDomeMm + bulge(s, 2.35) * (thicknessMm - innerDomeMm)
        : innerDomeMm + bulge(s, 2) * innerDomeMm;
    return vec2(x, y);
  });
}

/** Where a band's section changes: the angle from the top of the finger, 0 to π, either way. */
export type SectionAt = (fromTopRad: number) => ComfortSection;

/** A band round the finger's axis y, its innermost places `innerDiameterMm` apart. */
export function comfortBand(
  innerDiameterMm: number,
  sectionAt: SectionAt,
  detail: { readonly along: number; readonly around: number },
): Surface {
  const stations = Array.from({ length: detail.along }, (_, i) => {
    const angle = (2 * Math.PI * i) / detail.along;
    const up = vec3(Math.sin(angle), 0, Math.cos(angle));
    return {
      centre: vec3((up.x * innerDiameterMm) / 2, 0, (up.z * innerDiameterMm) / 2),
      side: vec3(0, 1, 0),
      up,
      section: comfortSection(sectionAt(Math.min(angle, 2 * Math.PI - angle)), detail.around),
    };
  });
  return sweep(stations, true);
}
