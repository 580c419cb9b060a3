import type { PartSurface } from '../document/piece-spec.ts';
import type { Vec2 } from '../geometry/vector.ts';
import { lerp, vec2, vec3 } from '../geometry/vector.ts';
import { mapParts } from './slots.ts';
import { place } from '../geometry/surface.ts';
import { sweep } from '../geometry/sweep.ts';
import { profiledPlate, subdivided } from '../geometry/profiled-plate.ts';
import type { Corner, OutlinePoint } from '../geometry/turned.ts';
import { rounded, turned } from '../geometry/turned.ts';

/** A round case with four lugs; z = 0 is the back that touches the skin. */
export interface LuggedCaseOptions {
  readonly diameterMm: number;
  readonly lugToLugMm: number;
  /** Clear width between the lugs. */
  readonly lugWidthMm: number;
  /** Width of a lug at its tip. */
  readonly lugTipMm: number;
  /** How far round from 3 o'clock the lug's outer line leaves the circle. */
  readonly lugLeaveDeg: number;
  readonly bottomMm: number;
  readonly topMm: number;
  /** Heights of the lugs' upper and lower side at the tip. */
  readonly tipTopMm: number;
  readonly tipBottomMm: number;
  readonly chamferMm: number;
}

/** The case from above: a circle from which each lug leaves by a tangent, counter-clockwise. */
export function luggedOutline(options: LuggedCaseOptions): Vec2[] {
  const r = options.diameterMm / 2;
  const inner = options.lugWidthMm / 2;
  const tipY = options.lugToLugMm / 2;
  const outer = vec2(inner + options.lugTipMm, tipY);
  // Where the lug's outer line leaves the circle, along its tangent; from there it bends out to the tip.
  const leave = (options.lugLeaveDeg * Math.PI) / 180;
  const from = vec2(Math.cos(leave) * r, Math.sin(leave) * r);
  const bend = vec2(from.x - Math.sin(leave) * r * 0.31, from.y + Math.cos(leave) * r * 0.31);
  const foot = Math.acos(inner / r);
  const arc = (from: number, to: number, steps: number): Corner[] =>
    Array.from({ length: steps + 1 }, (_, i) => {
      const angle = from + ((to - from) * i) / steps;
      return { p: vec2(Math.cos(angle) * r, Math.sin(angle) * r) };
    });
  const round = options.lugTipMm * 0.42;
  const lug = (x: 1 | -1, y: 1 | -1): Corner[] => {
    const corners: Corner[] = [
      ...Array.from({ length: 9 }, (_, i) => {
        const k = (i + 1) / 10;
        const line = (a: number, b: number, c: number): number => lerp(lerp(a, b, k), lerp(b, c, k), k);
        return { p: vec2(line(from.x, bend.x, outer.x) * x, line(from.y, bend.y, outer.y) * y) };
      }),
      { p: vec2(outer.x * x, outer.y * y), roundMm: round },
      { p: vec2(inner * x, tipY * y), roundMm: round * 0.75 },
    ];
    return x * y > 0 ? corners : corners.toReversed();
  };
  const turn = Math.PI;
  const corners: Corner[] = [
    ...arc(-leave, leave, 34),
    ...lug(1, 1),
    ...arc(foot, turn - foot, 36),
    ...lug(-1, 1),
    ...arc(turn - leave, turn + leave, 34),
    ...lug(-1, -1),
    ...arc(turn + foot, 2 * turn - foot, 36),
    ...lug(1, -1),
  ];
  return subdivided(
    rounded(corners, '', 6).map(({ p }) => p),
    0.75,
  );
}

/**
 * The middle of the case with its lugs, which sweep down to the wrist: tops brushed (`brushed`), chamfers polished
 * (`steel`), flanks brushed along the case (`flank`).
 */
export function luggedCase(options: LuggedCaseOptions): PartSurface[] {
  const { bottomMm, topMm, chamferMm: c } = options;
  const r = options.diameterMm / 2;
  const reach = Math.hypot(options.lugWidthMm / 2 + options.lugTipMm / 2, options.lugToLugMm / 2);
  const fall = (p: { readonly x: number; readonly y: number }): number =>
    Math.min(1.15, Math.max(0, (Math.hypot(p.x, p.y) - r + 0.8) / (reach - r + 0.8))) ** 1.35;
  const low = c * 0.7;
  return profiledPlate({
    outer: luggedOutline(options),
    wall: [
      { insetMm: c, z: topMm, slot: 'steel' },
      { insetMm: 0.04, z: topMm - c * 0.96, slot: 'steel' },
      { insetMm: 0, z: topMm - c * 0.96 - 0.06, slot: 'flank' },
      { insetMm: 0, z: bottomMm + low + 0.06, slot: 'steel' },
      { insetMm: 0.04, z: bottomMm + low, slot: 'steel' },
      { insetMm: low, z: bottomMm, slot: 'steel' },
    ],
    frontSlot: 'brushed',
    backSlot: 'brushed',
    interiorMm: { finestMm: 0.85, at: (p) => (Math.hypot(p.x, p.y) > r - 1.6 ? 0.85 : 3.4) },
    map: ({ x, y, z }) => {
      const k = fall({ x, y });
      const bottom = lerp(bottomMm, options.tipBottomMm, k);
      const top = lerp(topMm, options.tipTopMm, k);
      return { x, y, z: lerp(bottom, top, (z - bottomMm) / (topMm - bottomMm)) };
    },
  });
}

/** A knurled crown with its tube, along +z from the case's wall at z = 0: `teeth` round its edge, a domed end of slot `cap`. */
export function crown(
  radiusMm: number,
  lengthMm: number,
  teeth: number,
  cap: string,
  capRiseMm = 0.3,
): PartSurface[] {
  const from = 0.35;
  const section = (insetMm: number, depthMm: number): Vec2[] =>
    Array.from({ length: teeth * 6 }, (_, i) => {
      const angle = (2 * Math.PI * i) / (teeth * 6);
      // Broad tops and rounded valleys, as a knurling tool leaves them.
      const wave = Math.max(-0.6, Math.cos(angle * teeth));
      const r = radiusMm - insetMm - depthMm * (0.5 - wave * 0.5);
      return vec2(Math.cos(angle) * r, Math.sin(angle) * r);
    });
  const depth = radiusMm * 0.11;
  const body = sweep(
    (
      [
        [from, 0.34, depth * 0.2],
        [from + 0.03, 0.27, depth * 0.3],
        [from + 0.3, 0.02, depth],
        [from + 0.42, 0, depth],
        [lengthMm - 0.5, 0, depth],
        [lengthMm - 0.38, 0.02, depth],
        [lengthMm - 0.04, 0.4, depth * 0.2],
        [lengthMm, 0.5, 0],
      ] as const
    ).map(([z, insetMm, depthMm]) => ({
      centre: vec3(0, 0, z),
      side: vec3(1, 0, 0),
      up: vec3(0, 1, 0),
      section: section(insetMm, depthMm),
    })),
  );
  const end = (profile: readonly Corner[], slot: string): PartSurface[] =>
    turned(rounded(profile, slot), 40, radiusMm);
  const r = radiusMm * 0.78;
  return [
    { slot: 'steel', surface: body },
    ...end(
      [
        { p: vec2(0, lengthMm - 0.1) },
        { p: vec2(r, lengthMm - 0.1) },
        { p: vec2(r, lengthMm + 0.08), roundMm: 0.06 },
        { p: vec2(r * 0.93, lengthMm + 0.16), roundMm: 0.1 },
        { p: vec2(r * 0.78, lengthMm + 0.12 + capRiseMm * 0.33) },
        { p: vec2(r * 0.58, lengthMm + 0.09 + capRiseMm * 0.6) },
        { p: vec2(r * 0.3, lengthMm + 0.05 + capRiseMm * 0.82) },
        { p: vec2(0, lengthMm + capRiseMm) },
      ],
      cap,
    ),
    ...end(
      [
        { p: vec2(0, -1) },
        { p: vec2(radiusMm * 0.62, -1) },
        { p: vec2(radiusMm * 0.62, from + 0.2) },
        { p: vec2(0, from + 0.2) },
      ],
      'steel',
    ),
  ];
}

/** A domed crystal as a thin shell: `edgeMm` is the height of its rim, the dome rises by `domeMm`. */
export function domedCrystal(
  radiusMm: number,
  edgeMm: number,
  domeMm: number,
  thicknessMm: number,
): PartSurface[] {
  const steps = 14;
  const dome = (from: number, rise: number, radius: number): OutlinePoint[] =>
    Array.from({ length: steps + 1 }, (_, i) => {
      const k = i / steps;
      return { p: vec2(radius * (1 - k), from + rise * (1 - (1 - k) ** 2)), slot: 'crystal' };
    });
  const bevel = 0.22;
  return turned(
    [
      ...dome(edgeMm, domeMm, radiusMm - bevel),
      ...dome(edgeMm - thicknessMm, domeMm - 0.05, radiusMm - 0.3).toReversed(),
      { p: vec2(radiusMm, edgeMm - thicknessMm), slot: 'crystal' },
      { p: vec2(radiusMm, edgeMm - bevel), slot: 'crystal' },
    ],
    80,
    radiusMm,
  );
}

/** A crown on the case's wall at three o'clock: its +z becomes the watch's +x. */
export function crownAt(parts: readonly PartSurface[], wallMm: number, heightMm: number): PartSurface[] {
  return mapParts(parts, (surface) =>
    place(surface, {
      origin: vec3(wallMm, 0, heightMm),
      x: vec3(0, 1, 0),
      y: vec3(0, 0, 1),
      z: vec3(1, 0, 0),
    }),
  );
}
