import type { MaterialRecipe } from '../document/recipes.ts';
import type { PartNode, PieceSpec } from '../document/piece-spec.ts';
import { atHours, dialPlate, flatBar } from '../parts/watch-dial.ts';
import { blackDial, blueDial, nordDialSize } from './nord-dial.ts';
import {
  blackLacquer,
  brushedSteel,
  luminous,
  polishedSteel,
  sapphireCrystal,
  satinSteel,
} from '../materials/watch-metals.ts';
import { brushedMm } from '../textures/brushed-case.ts';
import { domedCrystal } from '../parts/watch-case.ts';
import { edgePaint, lining, strapCalf, waxedThread } from '../materials/watch-leather.ts';
import { mapParts } from '../parts/slots.ts';
import { nordCase, nordSize } from './nord-case.ts';
import { nordHands, nordHandsZ } from './nord-hands.ts';
import { nordStrap } from './nord-strap.ts';
import { profiledPlate } from '../geometry/profiled-plate.ts';
import { dome } from '../geometry/lathe.ts';
import { place, translate } from '../geometry/surface.ts';
import { roundedRectangle } from '../geometry/outline.ts';
import { stitch } from '../parts/leather-strap.ts';
import { strapGrainMm } from '../textures/strap-grain.ts';
import { vec3 } from '../geometry/vector.ts';

const upright = { origin: vec3(0, 0, 0), x: vec3(1, 0, 0), y: vec3(0, 0, 1), z: vec3(0, -1, 0) };

/** An index: polished broad bevels, brushed top, a luminous inlay. */
function index(): PartNode['surfaces'] {
  return [
    ...flatBar(1.15, 3.5, 0.5, 0.26),
    ...profiledPlate({
      outer: roundedRectangle(0.4, 2.6, 0.12, 3),
      wall: [
        { insetMm: 0.05, z: 0.545, slot: 'lume' },
        { insetMm: 0, z: 0.51, slot: 'lume' },
        { insetMm: 0, z: 0.3, slot: 'lume' },
      ],
      frontSlot: 'lume',
      backSlot: 'lume',
      edgeMm: 0.3,
    }),
  ];
}

/** Norde Nord 39: a brushed steel watch with running luminous hands on a padded strap. */
export function nord39(): PieceSpec {
  const hands = nordHands();
  const hand = (name: 'hour' | 'minute' | 'second'): PartNode => ({
    name: `hand_${name}`,
    translationMm: vec3(0, 0, nordHandsZ[name]),
    surfaces: hands[name],
  });
  const edge = nordSize.crystalEdgeMm;
  const steel: Readonly<Record<string, MaterialRecipe>> = {
    steel: polishedSteel,
    brushed: brushedSteel,
    flank: brushedSteel,
    ringBrushed: brushedSteel,
    indexPolished: polishedSteel,
    indexBrushed: satinSteel,
    handPolished: polishedSteel,
    handBrushed: satinSteel,
    lume: luminous,
    crystal: sapphireCrystal,
  };
  const grain = { widthMm: strapGrainMm, heightMm: strapGrainMm };
  const lines = { widthMm: brushedMm, heightMm: brushedMm };
  const indexZ = nordSize.dialTopMm;
  return {
    id: 'nord-39',
    maison: 'norde',
    root: {
      name: 'nord-39',
      children: [
        {
          name: 'case',
          children: [
            { name: 'case_metal', surfaces: nordCase() },
            {
              name: 'dial',
              surfaces: dialPlate(nordDialSize, 16.4, 6.15, nordSize.dialTopMm),
              children: [
                {
                  name: 'indices',
                  surfaces: index() ?? [],
                  instances: [
                    ...atHours([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 12.45, indexZ),
                    ...atHours([12], 12.45, indexZ, 0.76),
                    ...atHours([12], 12.45, indexZ, -0.76),
                  ],
                },
              ],
            },
            {
              name: 'crystal',
              surfaces: mapParts(
                domedCrystal(nordSize.crystalRadiusMm, edge, nordSize.thicknessMm - edge, 0.85),
                (surface) => translate(surface, vec3(0, 0, 0)),
              ),
            },
          ],
        },
        hand('hour'),
        hand('minute'),
        hand('second'),
        nordStrap(),
      ],
    },
    shared: {
      stitch: { slot: 'thread', surface: stitch(2.3, 0.48) },
      hole: { slot: 'hole', surface: place(dome(0.85, 0.03, 0.2, 18), upright) },
    },
    variants: [
      {
        name: 'black',
        materials: {
          ...steel,
          dial: blackDial,
          rehaut: satinSteel,
          second: luminous,
          leather: strapCalf('black calf', [0.016, 0.0155, 0.015]),
          edge: edgePaint('black edge', [0.01, 0.01, 0.01]),
          lining: lining('black lining', [0.022, 0.021, 0.02]),
          thread: waxedThread('bone thread', [0.55, 0.5, 0.42]),
          hole: blackLacquer,
        },
      },
      {
        name: 'blue',
        materials: {
          ...steel,
          dial: blueDial,
          rehaut: satinSteel,
          second: polishedSteel,
          leather: strapCalf('cognac calf', [0.2, 0.078, 0.031]),
          edge: edgePaint('cognac edge', [0.085, 0.028, 0.012]),
          lining: lining('natural lining', [0.3, 0.185, 0.105]),
          thread: waxedThread('cognac thread', [0.36, 0.18, 0.085]),
          hole: blackLacquer,
        },
      },
    ],
    textureMm: {
      dial: { widthMm: 2 * Math.PI * nordDialSize.radiusMm, heightMm: nordDialSize.radiusMm },
      leather: grain,
      lining: grain,
      brushed: lines,
      flank: lines,
      ringBrushed: lines,
    },
    extras: {
      schemaVersion: 1,
      category: 'watch',
      anchor: 'wrist',
      // On a left wrist the crown points to the hand.
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, -Math.SQRT1_2, Math.SQRT1_2] },
      fit: {
        caseDiameterMm: nordSize.caseDiameterMm,
        lugToLugMm: nordSize.lugToLugMm,
        thicknessMm: nordSize.thicknessMm,
        strapWidthMm: nordSize.strapWidthMm,
        wristLeastMm: 145,
        wristMostMm: 200,
      },
      moving: (['hand_hour', 'hand_minute', 'hand_second'] as const).map((node) => ({
        node,
        joint: 'spin' as const,
        axis: [0, 0, 1] as [number, number, number],
        limits: [0, 360] as [number, number],
      })),
      engraveable: [{ node: 'case_metal', areaMm: [18, 6] }],
    },
  };
}
