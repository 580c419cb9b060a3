import type { PartSurface } from '../document/piece-spec.ts';
import { barrel } from '../geometry/lathe.ts';
import { bySlot } from '../parts/slots.ts';
import { crown, crownAt, luggedCase } from '../parts/watch-case.ts';
import { merge, place } from '../geometry/surface.ts';
import { rounded, turned } from '../geometry/turned.ts';
import { vec2, vec3 } from '../geometry/vector.ts';

/** Nord 39 in millimetres; heights from the case back's skin side. */
export const nordSize = {
  caseDiameterMm: 39,
  lugToLugMm: 46.5,
  thicknessMm: 9.8,
  strapWidthMm: 20,
  crownRadiusMm: 3.1,
  dialTopMm: 6.55,
  crystalEdgeMm: 8.7,
  crystalRadiusMm: 16.75,
  springBarY: 21.5,
  springBarZ: 1.25,
} as const;

/** Case with lugs, bezel, rehaut, back, crown and spring bars. */
export function nordCase(): PartSurface[] {
  const body = luggedCase({
    diameterMm: nordSize.caseDiameterMm,
    lugToLugMm: nordSize.lugToLugMm,
    lugWidthMm: nordSize.strapWidthMm + 0.3,
    lugTipMm: 2.7,
    lugLeaveDeg: 29,
    bottomMm: 0.9,
    topMm: 6.2,
    tipTopMm: 2.75,
    tipBottomMm: -0.15,
    chamferMm: 0.62,
  });
  const bezel = turned(
    rounded(
      [
        { p: vec2(16.78, 6.0), slot: 'steel' },
        { p: vec2(18.35, 6.0) },
        { p: vec2(18.35, 6.5) },
        { p: vec2(18.62, 6.62), roundMm: 0.08 },
        { p: vec2(18.62, 7.25), roundMm: 0.1 },
        { p: vec2(17.95, 8.2), roundMm: 0.1 },
        { p: vec2(17.9, 8.24), slot: 'ringBrushed' },
        { p: vec2(17.05, 8.62), slot: 'steel' },
        { p: vec2(16.98, 8.64), roundMm: 0.06 },
        { p: vec2(16.78, 8.5) },
      ],
      'steel',
      4,
    ),
    112,
    17.5,
  );
  const rehaut = turned(
    rounded(
      [
        { p: vec2(15.9, 6.4), slot: 'rehaut' },
        { p: vec2(16.85, 6.4) },
        { p: vec2(16.85, 7.6) },
        { p: vec2(16.6, 7.6), roundMm: 0.05 },
        { p: vec2(15.9, 6.72), roundMm: 0.05 },
      ],
      'rehaut',
    ),
    96,
    16,
  );
  const back = turned(
    rounded(
      [
        { p: vec2(0, 0), slot: 'ringBrushed' },
        { p: vec2(11.2, 0), slot: 'steel' },
        { p: vec2(11.3, 0.16) },
        { p: vec2(11.6, 0.16) },
        { p: vec2(11.7, 0.02), slot: 'ringBrushed' },
        { p: vec2(15.6, 0.1), slot: 'steel' },
        { p: vec2(16.7, 0.62), roundMm: 0.15 },
        { p: vec2(16.9, 1.3) },
        { p: vec2(0, 1.3) },
      ],
      'steel',
    ),
    88,
    13,
  );
  const crownParts = crownAt(
    crown(nordSize.crownRadiusMm, 3.3, 32, 'steel'),
    nordSize.caseDiameterMm / 2 - 0.12,
    3.65,
  );
  const bars = [1, -1].map((side) =>
    place(barrel(0.65, -10.6, 10.6, 0.1, 14), {
      origin: vec3(0, side * nordSize.springBarY, nordSize.springBarZ),
      x: vec3(0, 1, 0),
      y: vec3(1, 0, 0),
      z: vec3(0, 0, -1),
    }),
  );
  return bySlot([
    ...body,
    ...bezel,
    ...rehaut,
    ...back,
    ...crownParts,
    { slot: 'steel', surface: merge(bars) },
  ]);
}
