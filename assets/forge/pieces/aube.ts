import type { PartNode, PieceSpec } from '../document/piece-spec.ts';
import { houseCut } from '../geometry/brilliant.ts';
import { claw, clawsAt, rail } from '../parts/claw-setting.ts';
import { comfortBand } from '../geometry/comfort-band.ts';
import { litBrilliant } from '../parts/lit-stone.ts';
import { litDiamond } from '../materials/diamond-fire.ts';
import { vec2, vec3 } from '../geometry/vector.ts';
import { merge, place } from '../geometry/surface.ts';
import { platinum, polishedGold, roseGold } from '../materials/metals.ts';

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

/** The head stands on the finger's back: a setting's y is the ring's z. */
const upright = { x: vec3(1, 0, 0), y: vec3(0, 0, 1), z: vec3(0, -1, 0) };

/** Aurelle Aube: one brilliant held by four claws over a slender comfort-fit band. */
export function aube(): PieceSpec {
  const { innerDiameterMm, bandWidthMm, bandThicknessMm, stoneMm, girdleAboveMm } = aubeSize;
  const band = comfortBand(
    innerDiameterMm,
    () => ({
      widthMm: bandWidthMm,
      thicknessMm: bandThicknessMm,
      innerDomeMm: 0.42,
    }),
    { along: 200, around: 36 },
  );
  const one = claw({
    girdleRadiusMm: stoneMm / 2,
    crownDeg: houseCut.crownDeg,
    foot: vec2(0.74, -(girdleAboveMm - 0.95)),
    tipRadiusMm: 2.56,
    widthsMm: [0.82, 0.86, 0.58],
  });
  const leanDeg = 31;
  const setting = merge([
    clawsAt(one, azimuthsDeg),
    rail(2.44, -1.35, vec2(0.62, 0.78), leanDeg),
    rail(1.36, -3.0, vec2(0.62, 0.72), leanDeg, 72),
  ]);
  const origin = vec3(0, 0, girdleAboveMm);
  const head: PartNode = {
    name: 'head',
    translationMm: vec3(0, 0, innerDiameterMm / 2),
    surfaces: [{ slot: 'metal', surface: place(setting, { ...upright, origin }) }],
    children: [
      {
        name: 'stone',
        surfaces: litBrilliant(stoneMm, 'large').map(({ slot, surface }) => ({
          slot,
          surface: place(surface, { ...upright, origin }),
        })),
      },
    ],
  };
  return {
    id: 'aube',
    maison: 'aurelle',
    root: {
      name: 'aube',
      children: [{ name: 'band', surfaces: [{ slot: 'metal', surface: band }] }, head],
    },
    shared: {},
    variants: [
      { name: 'yellow-gold', materials: { metal: polishedGold, ...litDiamond } },
      { name: 'rose-gold', materials: { metal: roseGold, ...litDiamond } },
      { name: 'platinum', materials: { metal: platinum, ...litDiamond } },
    ],
    textureMm: {},
    extras: {
      schemaVersion: 1,
      category: 'ring',
      anchor: 'finger',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: { innerDiameterMm, bandWidthMm, leastSizeEu: 48, greatestSizeEu: 60 },
      moving: [],
      engraveable: [{ node: 'band', areaMm: [22, 1.1] }],
    },
  };
}
