import type { PartSurface, PieceSpec } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { forward } from '../geometry/axes.ts';
import { comfortBand } from '../geometry/comfort-band.ts';
import { litDiamond } from '../materials/diamond-fire.ts';
import { place } from '../geometry/surface.ts';
import { platinum, polishedGold, roseGold } from '../materials/metals.ts';
import { vec3 } from '../geometry/vector.ts';

/** A solitaire of the Aube family: its band, and the height of its stone. */
export interface SolitaireSize {
  readonly innerDiameterMm: number;
  readonly bandWidthMm: number;
  readonly bandThicknessMm: number;
  /** Height of the girdle's upper edge above the band's inner side. */
  readonly girdleAboveMm: number;
}

/** What stands on the band, in the stone's own frame: y is its axis, 0 at the girdle's upper edge. */
export interface SolitaireHead {
  readonly setting: Surface;
  readonly stone: readonly PartSurface[];
  /** Where the stone's x lies when it is worn: across the finger, or along it. */
  readonly stoneX: 'across' | 'along';
}

/** A stone's frame on the finger's back: its y is the ring's z. */
function upright(stoneX: SolitaireHead['stoneX']): Record<'x' | 'y' | 'z', Vec3> {
  return stoneX === 'across' ? forward : { x: vec3(0, 1, 0), y: vec3(0, 0, 1), z: vec3(1, 0, 0) };
}

/**
 * A ring of a comfort-fit band and a head with one stone. The head is a node of its own with its origin on the band's inner side, so
 * that a scene may widen the band for another finger and keep the stone's size.
 */
export function solitaireRing(id: string, size: SolitaireSize, head: SolitaireHead): PieceSpec {
  const { innerDiameterMm, bandWidthMm, bandThicknessMm, girdleAboveMm } = size;
  const band = comfortBand(
    innerDiameterMm,
    () => ({ widthMm: bandWidthMm, thicknessMm: bandThicknessMm, innerDomeMm: 0.42 }),
    { along: 200, around: 36 },
  );
  const frame = { ...upright(head.stoneX), origin: vec3(0, 0, girdleAboveMm) };
  return {
    id,
    maison: 'aurelle',
    root: {
      name: id,
      children: [
        { name: 'band', surfaces: [{ slot: 'metal', surface: band }] },
        {
          name: 'head',
          translationMm: vec3(0, 0, innerDiameterMm / 2),
          surfaces: [{ slot: 'metal', surface: place(head.setting, frame) }],
          children: [
            {
              name: 'stone',
              surfaces: head.stone.map(({ slot, surface }) => ({ slot, surface: place(surface, frame) })),
            },
          ],
        },
      ],
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
