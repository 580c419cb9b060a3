import type { PieceSpec } from '../document/piece-spec.ts';
import { claw, clawsAt, rail } from '../parts/prong-setting.ts';
import { houseCut } from '../geometry/brilliant.ts';
import { litBrilliant } from '../parts/lit-stone.ts';
import { merge } from '../geometry/surface.ts';
import { solitaireRing } from '../parts/solitaire-ring.ts';
import { vec2 } from '../geometry/vector.ts';

/** Aube's sizes in millimetres, at EU 52 (52 mm round the inside). */
export const aubeSize = {
  innerDiameterMm: 16.55,
  bandWidthMm: 1.9,
  bandThicknessMm: 1.6,
  stoneMm: 6.2,
  /** Height of the girdle's upper edge above the band's inner side. */
  girdleAboveMm: 4.8,
} as const;

/** Azimuths of the claws about the stone: between the band's two sides. */
const azimuthsDeg = [45, 135, 225, 315] as const;

/** Aurelle Aube: one brilliant held by four claws over a slender comfort-fit band. */
export function aube(): PieceSpec {
  const { stoneMm, girdleAboveMm } = aubeSize;
  const one = claw({
    girdleRadiusMm: stoneMm / 2,
    crownDeg: houseCut.crownDeg,
    foot: vec2(0.74, -(girdleAboveMm - 0.95)),
    tipRadiusMm: 2.56,
    widthsMm: [0.82, 0.86, 0.58],
  });
  const leanDeg = 31;
  return solitaireRing('aube', aubeSize, {
    setting: merge([
      clawsAt(one, azimuthsDeg),
      rail(2.44, -1.35, vec2(0.62, 0.78), leanDeg),
      rail(1.36, -3.0, vec2(0.62, 0.72), leanDeg, 72),
    ]),
    stone: litBrilliant(stoneMm, 'large'),
    stoneX: 'across',
  });
}
