import type { PartNode, PartSurface, PieceSpec } from '../document/piece-spec.ts';
import type { MaterialRecipe } from '../document/recipes.ts';
import { bladeBar, carryingRing, hangingRing, hangingRingFootMm } from '../parts/drop-links.ts';
import { houseCut } from '../geometry/brilliant.ts';
import { butterfly, earPost } from '../parts/ear-post.ts';
import { housePear } from '../geometry/pear-cut.ts';
import { litBrilliant, litPear } from '../parts/lit-stone.ts';
import { litDiamond, litSapphire, litSmallDiamond } from '../materials/diamond-fire.ts';
import { merge, translate } from '../geometry/surface.ts';
import { pearClawSetting, roundSetting } from '../parts/open-setting.ts';
import { polishedGold, whiteGold } from '../materials/metals.ts';
import { quaternionAboutX } from '../geometry/turn.ts';
import { vec3 } from '../geometry/vector.ts';
import { roundWire } from '../geometry/sweep.ts';

/** Sizes of Cascade in millimetres. */
export const cascadeSize = {
  lengthMm: 42,
  studMm: 3.2,
  stonesMm: [2, 2.4],
  pearLengthMm: 8,
  pearWidthMm: 5,
  lobeMm: 4,
} as const;

/** Where each link hangs in the one above, in that one's frame; the first in the earring's. */
const hinges = [vec3(0, -3, 1.25), vec3(0, -11.35, 0), vec3(0, -12.47, 0)] as const;
const studPlace = vec3(0, 0, 1.95);
const roundPlaces = [vec3(0, -9.53, 0.72), vec3(0, -10.53, 0.84)] as const;
const pearPlace = vec3(0, -11.08, 1.25);

function studMetal() {
  const setting = roundSetting({
    stoneMm: cascadeSize.studMm,
    claws: 4,
    firstDeg: 45,
    wireMm: 0.52,
    crownDeg: houseCut.crownDeg,
  });
  const stem = roundWire([vec3(0, -1.05, 0.98), vec3(0, -1.5, 1.12), vec3(0, -1.95, 1.25)], 0.5, 10);
  return merge([
    translate(setting, studPlace),
    stem,
    carryingRing(hinges[0]),
    earPost(0.55, -10.4),
    butterfly(-cascadeSize.lobeMm - 0.1),
  ]);
}

/** A blade that carries a round stone and the ring for the link below. */
function bladeLink(index: 0 | 1) {
  const stoneMm = cascadeSize.stonesMm[index];
  const setting = roundSetting({
    stoneMm,
    claws: 4,
    firstDeg: 45,
    wireMm: 0.4,
    crownDeg: houseCut.crownDeg,
  });
  const stone = roundPlaces[index];
  return merge([
    hangingRing(),
    bladeBar(0.12 - hangingRingFootMm, stone.y + stoneMm * 0.33, 1.45 + 0.15 * index, 0.9),
    translate(setting, stone),
    carryingRing(hinges[index + 1] ?? hinges[2]),
  ]);
}

function pearLink() {
  const { pearLengthMm, pearWidthMm } = cascadeSize;
  const setting = pearClawSetting({
    lengthMm: pearLengthMm,
    widthMm: pearWidthMm,
    girdleMm: housePear.girdlePart * pearWidthMm,
    wireMm: 0.46,
  });
  const tipY = pearPlace.y + pearLengthMm - pearWidthMm / 2;
  return merge([
    hangingRing(),
    bladeBar(0.12 - hangingRingFootMm, tipY - 0.75, 1.3, 0.95),
    translate(setting, pearPlace),
  ]);
}

/** A stone that looks forwards. */
const stone = (name: string, share: string, translationMm: PartNode['translationMm']): PartNode => ({
  name,
  share,
  ...(translationMm === undefined ? {} : { translationMm }),
  rotation: quaternionAboutX(90),
  children: [{ name: `${name}_fire`, share: `${share}-fire` }],
});

function earring(side: 'left' | 'right'): PartNode {
  const own = `earring_${side}`;
  const third: PartNode = {
    name: `${own}_drop_3`,
    translationMm: hinges[2],
    share: 'link-3',
    children: [stone(`${own}_pear`, 'pear', pearPlace)],
  };
  const second: PartNode = {
    name: `${own}_drop_2`,
    translationMm: hinges[1],
    share: 'link-2',
    children: [stone(`${own}_stone_2`, 'brilliant-2', roundPlaces[1]), third],
  };
  const first: PartNode = {
    name: `${own}_drop_1`,
    translationMm: hinges[0],
    share: 'link-1',
    children: [stone(`${own}_stone_1`, 'brilliant-1', roundPlaces[0]), second],
  };
  return {
    name: own,
    translationMm: vec3(side === 'left' ? 14 : -14, 0, 0),
    children: [
      { name: `${own}_stud`, share: 'stud' },
      stone(`${own}_stone`, 'brilliant-stud', studPlace),
      first,
    ],
  };
}

/** Aurelle Cascade: a stud from which two blades and a pear hang in each other, every stone larger than the last. */
export function cascade(): PieceSpec {
  const { pearLengthMm, pearWidthMm } = cascadeSize;
  const metal = (surface: PartSurface['surface']): PartSurface => ({ slot: 'metal', surface });
  const lit = (share: string, [own, fire]: ReturnType<typeof litPear>, slot = own.slot) => ({
    [share]: { ...own, slot },
    [`${share}-fire`]: fire,
  });
  const variant = (name: string, gold: MaterialRecipe, drop: typeof litDiamond | typeof litSapphire) => ({
    name,
    materials: { metal: gold, ...litSmallDiamond, pear: drop.stone },
  });
  return {
    id: 'cascade',
    maison: 'aurelle',
    root: { name: 'cascade', children: [earring('left'), earring('right')] },
    shared: {
      stud: metal(studMetal()),
      'link-1': metal(bladeLink(0)),
      'link-2': metal(bladeLink(1)),
      'link-3': metal(pearLink()),
      ...lit('brilliant-stud', litBrilliant(cascadeSize.studMm, 'small')),
      ...lit('brilliant-1', litBrilliant(cascadeSize.stonesMm[0], 'small')),
      ...lit('brilliant-2', litBrilliant(cascadeSize.stonesMm[1], 'small')),
      ...lit('pear', litPear(pearLengthMm, pearWidthMm), 'pear'),
    },
    variants: [
      variant('yellow-gold-clear', polishedGold, litDiamond),
      variant('platinum-sapphire', whiteGold, litSapphire),
    ],
    textureMm: {},
    extras: {
      schemaVersion: 1,
      category: 'earrings',
      anchor: 'earlobes',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: { lengthMm: cascadeSize.lengthMm, widthMm: 5.4 },
      moving: (['left', 'right'] as const).flatMap((side) =>
        [1, 2, 3].map((link) => ({
          node: `earring_${side}_drop_${link}`,
          joint: 'pendulum' as const,
          axis: [0, -1, 0] as [number, number, number],
          limits: [-45, 45] as [number, number],
        })),
      ),
      engraveable: [],
    },
  };
}
