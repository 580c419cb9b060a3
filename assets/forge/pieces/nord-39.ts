import { forwardHere } from '../geometry/axes.ts';
import type { MaterialRecipe } from '../document/recipes.ts';
import type { PartNode, PieceSpec } from '../document/piece-spec.ts';
import { atHours, dialPlate, flatBar } from '../parts/watch-dial.ts';
import { blackDial, blueDial, nordDialSize } from './nord-dial.ts';
import { blackLacquer, brushedSteel, luminous, sapphireCrystal } from '../materials/watch-metals.ts';
import { brushedMm } from '../textures/brushed.ts';
import { domedCrystal } from '../parts/watch-case.ts';
import { edgePaint, linenThread, strapCalf, strapLining } from '../materials/leather.ts';
import { polishedSteel, satinSteel } from '../materials/metals.ts';
import { nordCase, nordSize } from './nord-case.ts';
import { nordHands, nordHandsZ } from './nord-hands.ts';
import { nordStrap } from './nord-strap.ts';
import { profiledPlate } from '../geometry/profiled-plate.ts';
import { dome } from '../geometry/lathe.ts';
import { handNodes, runningHands, wornOnWrist } from '../parts/watch-worn.ts';
import { place } from '../geometry/surface.ts';
import { roundedRectangle } from '../geometry/outline.ts';
import { stitch } from '../parts/leather-strap.ts';
import { strapGrainMm } from '../textures/strap-grain.ts';

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
              surfaces: domedCrystal(nordSize.crystalRadiusMm, edge, nordSize.thicknessMm - edge, 0.85),
            },
          ],
        },
        ...handNodes(nordHands(), nordHandsZ),
        nordStrap(),
      ],
    },
    shared: {
      stitch: { slot: 'thread', surface: stitch(2.3, 0.48) },
      hole: { slot: 'hole', surface: place(dome(0.85, 0.03, 0.2, 18), forwardHere) },
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
          edge: edgePaint('black edge', [0.01, 0.01, 0.01], 'burnished'),
          lining: strapLining('black lining', [0.022, 0.021, 0.02]),
          thread: linenThread('bone thread', [0.55, 0.5, 0.42]),
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
          edge: edgePaint('cognac edge', [0.085, 0.028, 0.012], 'burnished'),
          lining: strapLining('natural lining', [0.3, 0.185, 0.105]),
          thread: linenThread('cognac thread', [0.36, 0.18, 0.085]),
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
      ...wornOnWrist,
      fit: {
        caseDiameterMm: nordSize.caseDiameterMm,
        lugToLugMm: nordSize.lugToLugMm,
        thicknessMm: nordSize.thicknessMm,
        strapWidthMm: nordSize.strapWidthMm,
        wristLeastMm: 145,
        wristMostMm: 200,
      },
      moving: runningHands,
      engraveable: [{ node: 'case_metal', areaMm: [18, 6] }],
    },
  };
}
