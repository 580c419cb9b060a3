import type { SpaceMap, Surface } from '../geometry/surface.ts';
import type { LensSeat } from '../geometry/lens-seat.ts';
import type { Vec2 } from '../geometry/vector.ts';
import { baseCurveRadiusMm, lensSeat } from '../geometry/lens-seat.ts';
import { closedCurve } from '../geometry/spline.ts';
import { deform, shadeFaces } from '../geometry/surface.ts';
import { frontBend } from '../geometry/front-bend.ts';
import { distanceTo, lensOutline, offsetOutline } from '../geometry/outline.ts';
import { lensShapeControl } from '../geometry/lens-shape.ts';
import { lensBlank } from '../parts/lens-blank.ts';
import { outlineAt } from '../parts/rim-wire.ts';
import { roundedPlate } from '../geometry/rounded-plate.ts';
import { smoothstep, vec2 } from '../geometry/vector.ts';

/** Boxing of Fjord 51 in millimetres and degrees (ISO 8624: 51□19–145). */
export const fjordSize = {
  lensWidthMm: 51,
  lensHeightMm: 38,
  bridgeWidthMm: 19,
  templeLengthMm: 145,
  frontThicknessMm: 4.2,
  lensThicknessMm: 2,
  pantoscopicDeg: 9,
  wrapDeg: 5,
  baseCurve: 4,
  /** Depth of the groove that holds the lens. */
  grooveMm: 0.6,
  centreYMm: -7,
  nasalZMm: 2.75,
} as const;

/** How much light the broad faces of the acetate keep back against its bevels. */
export const fjordFaceShade = 0.74;

const seatCentreMm = fjordSize.bridgeWidthMm / 2 + fjordSize.lensWidthMm / 2;

/** A soft panto: a rounded square above, rounder below, narrowing downwards, most of all beside the nose. */
const lensControl = lensShapeControl({
  topExponent: 3.1,
  bottomExponent: 2.5,
  nasalNarrowing: 0.14,
  templeNarrowing: 0.05,
  sweep: 0,
});

/** The lens as it is edged, counter-clockwise around its boxing centre. */
export function fjordLensOutline(count: number): Vec2[] {
  return lensOutline(lensControl, fjordSize.lensWidthMm, fjordSize.lensHeightMm, count);
}

/** Seat of the wearer's left lens in the front. */
export function fjordLensSeat(): LensSeat {
  return lensSeat({
    outline: fjordLensOutline(720),
    bridgeWidthMm: fjordSize.bridgeWidthMm,
    centreYMm: fjordSize.centreYMm,
    nasalZMm: fjordSize.nasalZMm,
    wrapDeg: fjordSize.wrapDeg,
    radiusMm: baseCurveRadiusMm(fjordSize.baseCurve),
  });
}

/** Control points around the wearer's left half of the front, from the top of the bridge to its underside. */
function halfControl(): Vec2[] {
  const lens = fjordLensOutline(720);
  const rim = (angleDeg: number, byMm: number): Vec2 => {
    const p = outlineAt(lens, angleDeg, byMm);
    return vec2(p.x + seatCentreMm, p.y + fjordSize.centreYMm);
  };
  return [
    vec2(0, 8.0),
    vec2(4.2, 8.2),
    vec2(9.4, 9.9),
    rim(126, 4.0),
    rim(108, 4.3),
    rim(90, 4.3),
    rim(72, 4.3),
    rim(56, 4.3),
    rim(44, 4.2),
    vec2(65.8, 10.2),
    vec2(69.2, 9.3),
    vec2(70.2, 5.7),
    vec2(69.5, 2.0),
    vec2(67.5, -1.2),
    rim(1, 4.2),
    rim(-18, 4.1),
    rim(-34, 4.0),
    rim(-52, 4.0),
    rim(-70, 4.0),
    rim(-90, 4.0),
    rim(-110, 4.0),
    rim(-128, 4.0),
    rim(-146, 3.7),
    rim(-162, 3.2),
    rim(-176, 3.0),
    rim(170, 3.0),
    vec2(6.0, -3.3),
    vec2(3.1, -0.1),
    vec2(0, 0.3),
  ];
}

/** The flat outline of the milled front, counter-clockwise. */
export function fjordFrontOutline(count: number): Vec2[] {
  const half = halfControl();
  const other = half.slice(1, -1).map((p) => vec2(-p.x, p.y));
  return closedCurve([...half, ...other.toReversed()], count).toReversed();
}

/** The opening of the wearer's left rim: the lens less the depth of its groove. */
function lensHole(count: number): Vec2[] {
  return offsetOutline(fjordLensOutline(count), -fjordSize.grooveMm).map((p) =>
    vec2(p.x + seatCentreMm, p.y + fjordSize.centreYMm),
  );
}

const padHole = lensHole(132);

/** Height of the pad that is left standing on the back of the front, at a place of the flat sheet. */
function fjordPadMm(s: number, y: number): number {
  const x = Math.abs(s) - 8.1;
  const rise = y + 9.6;
  // The pad follows the flank of the nose, which widens downwards by about one in four.
  const across = x * 0.97 + rise * 0.24;
  const downwards = rise * 0.97 - x * 0.24;
  const heightMm = 2.2 * Math.exp(-((across / 2.7) ** 2) - (downwards / 5.6) ** 2);
  if (heightMm < 1e-3) {
    return 0;
  }
  return heightMm * smoothstep(0, 3.7, distanceTo(padHole, vec2(Math.abs(s), y)));
}

/** Bend of the front, with the two pads that rest on the nose drawn out of its back. */
export function fjordFrontBend(): SpaceMap {
  const bend = frontBend({ ...fjordSize, seat: fjordLensSeat() });
  const half = fjordSize.frontThicknessMm / 2;
  return ({ x, y, z }) => bend({ x, y, z: z < 0 ? z * (1 + fjordPadMm(x, y) / half) : z });
}

/** The acetate front as a solid. */
export function fjordFront(): Surface {
  const left = lensHole(132);
  const right = left.map((p) => vec2(-p.x, p.y));
  const plate = roundedPlate({
    outer: fjordFrontOutline(400),
    holes: [left, right],
    thicknessMm: fjordSize.frontThicknessMm,
    frontEdge: { widthMm: 1.55, depthMm: 1.1, steps: 7 },
    backEdge: { widthMm: 0.9, depthMm: 0.8, steps: 4 },
    holeFrontEdge: { widthMm: 1.05, depthMm: 0.85, steps: 5 },
    holeBackEdge: { widthMm: 0.6, depthMm: 0.6, steps: 3 },
    interiorMm: { finestMm: 0.6, at: (p) => (fjordPadMm(p.x, p.y) > 0.04 ? 0.6 : 1.5) },
  });
  const shaded = shadeFaces(plate, fjordFaceShade, (normal) => Math.abs(normal.z));
  return deform(shaded, fjordFrontBend());
}

/** The demo lens of the wearer's left side, in the front's coordinates. */
export function fjordLens(): Surface {
  const seat = fjordLensSeat();
  return lensBlank({
    outline: fjordLensOutline(96),
    seat,
    thicknessMm: fjordSize.lensThicknessMm,
    edge: { widthMm: 0.5, depthMm: 0.7, steps: 2 },
    // A spherical lens in a cylindrical front: raised by half its vertical sag, its edge stays inside the groove.
    liftMm: -seat.sagMm(fjordSize.lensHeightMm / 2) / 2,
  });
}
