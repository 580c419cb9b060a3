import type { LensSeat } from '../geometry/lens-seat.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import { add, smoothstep, vec2, vec3 } from '../geometry/vector.ts';
import { barrel, dome } from '../geometry/lathe.ts';
import { baseCurveRadiusMm, lensSeat } from '../geometry/lens-seat.ts';
import { lensBlank } from '../parts/lens-blank.ts';
import { lensOutline } from '../geometry/outline.ts';
import { merge, translate } from '../geometry/surface.ts';
import { nosePad } from '../parts/nose-pad.ts';
import { openCurve } from '../geometry/spline.ts';
import { outlineAt, rimWire } from '../parts/rim-wire.ts';
import { roundedBox } from '../parts/rounded-box.ts';
import { wire } from '../geometry/sweep.ts';

/** Boxing of Meridian 58 in millimetres and degrees (ISO 8624: 58□14–140). */
export const meridianSize = {
  lensWidthMm: 58,
  lensHeightMm: 50,
  bridgeWidthMm: 14,
  templeLengthMm: 140,
  wireMm: 1.2,
  lensThicknessMm: 1.8,
  pantoscopicDeg: 9,
  wrapDeg: 7,
  baseCurve: 6,
  centreYMm: -10.5,
  nasalZMm: 1.0,
} as const;

/** A teardrop: level brow, the lower lobe drawn outwards, the nasal side a long diagonal beside the nose. */
const lensControl: readonly Vec2[] = [
  vec2(-0.86, 0.96),
  vec2(-0.3, 1.07),
  vec2(0.36, 1.06),
  vec2(0.9, 0.87),
  vec2(1.09, 0.34),
  vec2(1.04, -0.3),
  vec2(0.76, -0.86),
  vec2(0.26, -1.1),
  vec2(-0.28, -0.98),
  vec2(-0.7, -0.5),
  vec2(-0.98, 0.06),
  vec2(-1.12, 0.62),
];

/** The lens as it is edged, counter-clockwise around its boxing centre. */
export function meridianLensOutline(count: number): Vec2[] {
  return lensOutline(lensControl, meridianSize.lensWidthMm, meridianSize.lensHeightMm, count);
}

/** Seat of the wearer's left lens. */
export function meridianLensSeat(): LensSeat {
  return lensSeat({
    outline: meridianLensOutline(720),
    bridgeWidthMm: meridianSize.bridgeWidthMm,
    centreYMm: meridianSize.centreYMm,
    nasalZMm: meridianSize.nasalZMm,
    wrapDeg: meridianSize.wrapDeg,
    radiusMm: baseCurveRadiusMm(meridianSize.baseCurve),
  });
}

/** The lens of the wearer's left side. */
export function meridianLens(): Surface {
  return lensBlank({
    outline: meridianLensOutline(112),
    seat: meridianLensSeat(),
    thicknessMm: meridianSize.lensThicknessMm,
    edge: { widthMm: 0.3, depthMm: 0.45, steps: 2 },
  });
}

/** What stands at the wearer's left: metal, silicone, and the pin about which the temple turns, in the front's frame. */
export interface MeridianSide {
  readonly metal: Surface;
  readonly silicone: Surface;
  readonly pin: Vec3;
}

/** Rim, end piece with its closing block and screw, pad arm and pad of the wearer's left side. */
export function meridianSide(): MeridianSide {
  const seat = meridianLensSeat();
  const lens = meridianLensOutline(168);
  const onRim = (angleDeg: number, outMm = 0.35, d = 0): Vec3 => {
    const p = outlineAt(lens, angleDeg, outMm);
    return seat.map({ x: p.x, y: p.y, z: d });
  };
  const rim = rimWire({
    lens,
    seat: seat.map,
    outsideMm: 0.35,
    wireMm: meridianSize.wireMm,
    depthMm: 1.7,
  });
  const root = onRim(24, 0.5);
  const from = (x: number, y: number, z: number): Vec3 => add(root, vec3(x, y, z));
  const endPiece = wire(
    openCurve(
      [
        root,
        from(1.3, 0.2, 0.2),
        from(3.1, 0.3, -0.1),
        from(4.0, 0.3, -1.5),
        from(4.0, 0.3, -3),
        from(4.0, 0.3, -4.4),
      ],
      30,
    ),
    vec3(0, 1, 0),
    (k) => ({ halfWidthMm: 0.66, halfHeightMm: 1.25 + 0.5 * Math.sin(Math.PI * Math.min(1, k * 1.15)) ** 2 }),
    { exponent: 3.2, around: 20 },
  );
  const block = translate(roundedBox(1.7, 3.6, 2.2, 0.25, 0.5), add(onRim(24, 0.55), vec3(0.35, 0, -1.3)));
  const blockScrew = translate(
    barrel(0.62, -0.3, 0.22, 0.1, 16),
    add(onRim(24, 0.55), vec3(0.35, -1.85, -1.5)),
  );
  const padRoot = onRim(172, 0.1, -0.7);
  const { arm, pad } = nosePad({
    root: padRoot,
    leaving: vec3(0.25, -0.25, -1),
    padCentre: vec3(11.0, -9.1, -4.2),
    facing: vec3(-0.84, -0.33, -0.44),
    lengthwise: vec3(-0.39, 1, 0),
    armMm: 0.85,
  });
  return { metal: merge([rim, endPiece, block, blockScrew, arm]), silicone: pad, pin: from(2.9, 0.3, -5.5) };
}

/** The brow bar and the lower bridge, both soldered to the rims. */
export function meridianBridges(): Surface {
  const seat = meridianLensSeat();
  const lens = meridianLensOutline(168);
  const onRim = (angleDeg: number, d: number): Vec3 => {
    const p = outlineAt(lens, angleDeg, 0.5);
    return seat.map({ x: p.x, y: p.y, z: d });
  };
  const mirrored = (half: readonly Vec3[]): Vec3[] => [
    ...half.toReversed().map((p) => vec3(-p.x, p.y, p.z)),
    ...half.filter((p) => p.x > 1e-6),
  ];
  const high = onRim(121, 0.35);
  const bar = wire(
    openCurve(
      mirrored([vec3(0, high.y + 0.5, high.z + 0.25), vec3(high.x * 0.5, high.y + 0.45, high.z + 0.2), high]),
      44,
    ),
    vec3(0, 1, 0),
    (k) => {
      const full = smoothstep(0, 0.16, Math.min(k, 1 - k));
      return { halfWidthMm: 0.3 + 0.32 * full, halfHeightMm: 0.34 + 0.56 * full };
    },
    { exponent: 2.6, around: 16 },
  );
  const low = onRim(150, 0.1);
  const arch = wire(
    openCurve(
      mirrored([
        vec3(0, low.y + 2.7, low.z + 0.7),
        vec3(low.x * 0.42, low.y + 2.4, low.z + 0.6),
        vec3(low.x * 0.78, low.y + 1.0, low.z + 0.25),
        low,
      ]),
      44,
    ),
    vec3(0, 1, 0),
    () => ({ halfWidthMm: 0.62, halfHeightMm: 0.78 }),
    { exponent: 2.2, around: 16 },
  );
  const solder = [low].flatMap((p) =>
    [1, -1].map((sign) => translate(dome(0.5, 0.5, 0.5, 12), vec3(sign * p.x, p.y - 0.2, p.z))),
  );
  return merge([bar, arch, ...solder]);
}
