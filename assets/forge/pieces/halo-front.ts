import type { LensSkins } from '../parts/lens-blank.ts';
import type { LensSeat } from '../geometry/lens-seat.ts';
import type { PaveBar } from '../parts/pave-bar.ts';
import type { SheetFrame } from '../parts/front-frame.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import { add, lerp, smoothstep, vec2, vec3 } from '../geometry/vector.ts';
import { barrel, dome } from '../geometry/lathe.ts';
import { baseCurveRadiusMm, lensSeat } from '../geometry/lens-seat.ts';
import { circle, lensOutline, roundedRectangle } from '../geometry/outline.ts';
import { deform, merge, place } from '../geometry/surface.ts';
import { lensShapeControl } from '../geometry/lens-shape.ts';
import { lensBlankSkins } from '../parts/lens-blank.ts';
import { nosePad } from '../parts/nose-pad.ts';
import { openCurve } from '../geometry/spline.ts';
import { paveBar } from '../parts/pave-bar.ts';
import { ribbon } from '../geometry/ribbon.ts';
import { roundedPlate } from '../geometry/rounded-plate.ts';
import { sheetFrame, standing } from '../parts/front-frame.ts';
import { wire } from '../geometry/sweep.ts';

/** Boxing of Halo 54 in millimetres and degrees (ISO 8624: 54□17–140). */
export const haloSize = {
  lensWidthMm: 54,
  lensHeightMm: 37,
  bridgeWidthMm: 17,
  templeLengthMm: 140,
  lensThicknessMm: 2.1,
  pantoscopicDeg: 8,
  wrapDeg: 4,
  baseCurve: 4,
  centreYMm: -7.5,
  nasalZMm: 1.4,
  holeMm: 1.4,
  stoneMm: 1.3,
  stonesPerSide: 6,
} as const;

/** A soft cat-eye: the brow rises outwards to a rounded tip, the lower line stays a calm oval. */
const lensControl = lensShapeControl({
  topExponent: 2.55,
  bottomExponent: 2.2,
  nasalNarrowing: 0.06,
  templeNarrowing: 0.1,
  sweep: 0.24,
});

/** Drilled places of the wearer's left lens: two under the bridge's foot, two under the end piece. */
const nasalHoles: readonly Vec2[] = [vec2(-23.5, 4.2), vec2(-22.8, 7.2)];
const templeHoles: readonly Vec2[] = [vec2(18.9, 11.6), vec2(23.0, 12.0)];

/** The lens as it is edged, counter-clockwise around its boxing centre. */
export function haloLensOutline(count: number): Vec2[] {
  return lensOutline(lensControl, haloSize.lensWidthMm, haloSize.lensHeightMm, count);
}

/** Seat of the wearer's left lens. */
export function haloLensSeat(): LensSeat {
  return lensSeat({
    outline: haloLensOutline(720),
    bridgeWidthMm: haloSize.bridgeWidthMm,
    centreYMm: haloSize.centreYMm,
    nasalZMm: haloSize.nasalZMm,
    wrapDeg: haloSize.wrapDeg,
    radiusMm: baseCurveRadiusMm(haloSize.baseCurve),
  });
}

/** The drilled lens of the wearer's left side, its rim polished to a safety bevel. */
export function haloLens(): LensSkins {
  return lensBlankSkins({
    outline: haloLensOutline(120),
    holes: [...nasalHoles, ...templeHoles].map((p) => circle(p, haloSize.holeMm / 2, 18)),
    seat: haloLensSeat(),
    thicknessMm: haloSize.lensThicknessMm,
    edge: { widthMm: 0.35, depthMm: 0.35, steps: 3 },
  });
}

/** What stands at the wearer's left of the front. */
export interface HaloSide {
  readonly metal: Surface;
  readonly silicone: Surface;
  readonly seats: PaveBar['seats'];
  /** Pin of the temple's hinge. */
  readonly pin: Vec3;
}

/** A bush through the lens, closed behind by a washer and a domed nut, and in front by a domed head when it shows. */
function fastener(seat: LensSeat, hole: Vec2, headed: boolean): Surface {
  const half = haloSize.lensThicknessMm / 2;
  const behind = sheetFrame(seat.map, vec3(hole.x, hole.y, -half));
  const before = sheetFrame(seat.map, vec3(hole.x, hole.y, half));
  const flipped: SheetFrame = {
    origin: behind.origin,
    x: behind.x,
    y: vec3(-behind.z.x, -behind.z.y, -behind.z.z),
    z: behind.y,
  };
  const parts = [
    place(barrel(0.62, -haloSize.lensThicknessMm - 0.2, 0.1, 0.05, 14), standing(before)),
    place(barrel(1.25, 0.02, 0.3, 0.1, 20), flipped),
    place(dome(0.92, 0.75, -0.28, 16), flipped),
  ];
  if (headed) {
    parts.push(place(dome(0.9, 0.34, -0.62, 18), standing(before)));
  }
  return merge(parts);
}

/** End piece with its stones, fasteners, the bridge's foot, pad arm and pad of the wearer's left side. */
export function haloSide(): HaloSide {
  const seat = haloLensSeat();
  const thicknessMm = 1.35;
  const face = haloSize.lensThicknessMm / 2 + thicknessMm / 2 + 0.04;
  const onLens = (u: number, v: number, d: number): Vec3 => seat.map({ x: u, y: v, z: d });
  const tip = onLens(27.8, 12.0, face);
  const from = (x: number, y: number, z: number): Vec3 => add(tip, vec3(x, y, z));
  const path = openCurve(
    [
      onLens(16.9, 11.35, face),
      onLens(20.5, 11.75, face),
      onLens(24.4, 12.05, face),
      tip,
      from(2.2, 0, -0.7),
      from(3.7, -0.15, -2.4),
      from(4.3, -0.4, -5.0),
      from(4.4, -0.6, -8.2),
    ],
    220,
  );
  const strip = ribbon(path, () => vec3(0, 1, 0));
  const bar = paveBar({
    ribbon: strip,
    thicknessMm,
    halfWidthMm: (s) => lerp(0.98, 0.88, smoothstep(9, 16, s)),
    stones: haloSize.stonesPerSide,
    stoneMm: haloSize.stoneMm,
    pitchMm: 1.4,
    firstMm: 1.4,
  });

  const footFace = haloSize.lensThicknessMm / 2 + 0.5;
  const foot = roundedPlate({
    outer: roundedRectangle(2.4, 5.8, 1.1, 6),
    thicknessMm: 1,
    frontEdge: { widthMm: 0.35, depthMm: 0.3, steps: 4 },
    backEdge: { widthMm: 0.1, depthMm: 0.1, steps: 2 },
  });
  const lean = 0.24;
  const footSurface = deform(foot, (p) =>
    seat.map({
      x: -23.15 + p.x * Math.cos(lean) + p.y * Math.sin(lean),
      y: 5.7 - p.x * Math.sin(lean) + p.y * Math.cos(lean),
      z: p.z + footFace,
    }),
  );
  const { arm, pad } = nosePad({
    root: onLens(-24.1, 3.6, 1.2),
    leaving: vec3(-0.9, -0.25, -0.3),
    padCentre: vec3(11.0, -9.1, -4.2),
    facing: vec3(-0.84, -0.33, -0.44),
    lengthwise: vec3(-0.39, 1, 0),
    armMm: 0.85,
  });
  return {
    metal: merge([
      bar.metal,
      footSurface,
      arm,
      ...nasalHoles.map((hole) => fastener(seat, hole, true)),
      ...templeHoles.map((hole) => fastener(seat, hole, false)),
    ]),
    silicone: pad,
    seats: bar.seats,
    pin: from(4.4 - 1.5, -0.6, -9.3),
  };
}

/** The arched bridge between the two feet. */
export function haloBridge(): Surface {
  const seat = haloLensSeat();
  const foot = seat.map({ x: -23.1, y: 6.4, z: haloSize.lensThicknessMm / 2 + 0.6 });
  const half = [
    vec3(0, foot.y + 2.3, foot.z + 1.0),
    vec3(foot.x * 0.4, foot.y + 2.1, foot.z + 0.9),
    vec3(foot.x * 0.76, foot.y + 0.9, foot.z + 0.5),
    foot,
  ];
  const path = openCurve([...half.toReversed().map((p) => vec3(-p.x, p.y, p.z)), ...half.slice(1)], 56);
  return wire(
    path,
    vec3(0, 1, 0),
    (k) => {
      const middle = Math.sin(Math.PI * k) ** 2;
      return { halfWidthMm: 0.62, halfHeightMm: 1.05 - 0.3 * middle };
    },
    { exponent: 2.5, around: 18 },
  );
}
