import type { PartNode, PieceSpec } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import { forward } from '../geometry/axes.ts';
import { barrel } from '../geometry/lathe.ts';
import { butterfly, earPost } from '../parts/ear-post.ts';
import { claw, clawsAt, rail } from '../parts/prong-setting.ts';
import { houseCut } from '../geometry/brilliant.ts';
import { litBrilliant } from '../parts/lit-stone.ts';
import { litDiamond } from '../materials/diamond-fire.ts';
import { merge, place } from '../geometry/surface.ts';
import { platinum, roseGold } from '../materials/metals.ts';
import { vec2, vec3 } from '../geometry/vector.ts';

/** Lueur's sizes in millimetres. */
export const lueurSize = {
  stoneMm: 5,
  /** Height of the girdle's upper edge before the lobe. */
  girdleZMm: 3.2,
  lobeMm: 4,
  postBackMm: -10,
} as const;

/** One claw stands straight up, as a sixth of a turn divides. */
const azimuthsDeg = [30, 90, 150, 210, 270, 330] as const;

/** What stays in the ear: the basket with its six claws, and the post. */
function setting(): Surface {
  const { stoneMm, girdleZMm, postBackMm } = lueurSize;
  const one = claw({
    girdleRadiusMm: stoneMm / 2,
    crownDeg: houseCut.crownDeg,
    foot: vec2(0.78, 0.5 - girdleZMm),
    tipRadiusMm: 2.08,
    widthsMm: [0.58, 0.66, 0.5],
  });
  const basket = merge([
    clawsAt(one, azimuthsDeg),
    rail(1.86, -1.12, vec2(0.46, 0.6), 34, 84),
    barrel(1.08, 0.22 - girdleZMm, 0.78 - girdleZMm, 0.16, 32),
  ]);
  return merge([place(basket, { ...forward, origin: vec3(0, 0, girdleZMm) }), earPost(0.6, postBackMm)]);
}

function extent(surface: Surface, axis: 'x' | 'y'): number {
  const places = surface.vertices.map(({ position }) => position[axis]);
  return Math.round((Math.max(...places) - Math.min(...places)) * 10) / 10;
}

/** Aurelle Lueur: a pair of studs, each one brilliant in six claws. */
export function lueur(): PieceSpec {
  const metal = setting();
  const back = butterfly(-lueurSize.lobeMm);
  const stone = litBrilliant(lueurSize.stoneMm, 'large').map(({ slot, surface }) => ({
    slot,
    surface: place(surface, { ...forward, origin: vec3(0, 0, lueurSize.girdleZMm) }),
  }));
  // Each is its own mirror image, so both are the same solids.
  const earring = (side: 'left' | 'right'): PartNode => ({
    name: `earring_${side}`,
    translationMm: vec3(side === 'left' ? 14 : -14, 0, 0),
    children: [
      { name: `earring_${side}_setting`, surfaces: [{ slot: 'metal', surface: metal }] },
      { name: `earring_${side}_stone`, surfaces: stone },
      { name: `earring_${side}_butterfly`, surfaces: [{ slot: 'metal', surface: back }] },
    ],
  });
  const front = merge([metal, ...stone.map(({ surface }) => surface)]);
  return {
    id: 'lueur',
    maison: 'aurelle',
    root: { name: 'lueur', children: [earring('left'), earring('right')] },
    shared: {},
    variants: [
      { name: 'rose-gold', materials: { metal: roseGold, ...litDiamond } },
      { name: 'platinum', materials: { metal: platinum, ...litDiamond } },
    ],
    textureMm: {},
    extras: {
      schemaVersion: 1,
      category: 'earrings',
      anchor: 'earlobes',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: { lengthMm: extent(front, 'y'), widthMm: extent(front, 'x') },
      moving: [
        { node: 'earring_left_butterfly', joint: 'slide', axis: [0, 0, -1], limits: [0, 8] },
        { node: 'earring_right_butterfly', joint: 'slide', axis: [0, 0, -1], limits: [0, 8] },
      ],
      engraveable: [],
    },
  };
}
