import { forwardHere } from '../geometry/axes.ts';
import type { MaterialRecipe } from '../document/recipes.ts';
import type { PartInstance, PartSurface, PieceSpec } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import { atHours, dialPlate, roofedBar } from '../parts/watch-dial.ts';
import { barrel, dome } from '../geometry/lathe.ts';
import { brushed, sapphireCrystal } from '../materials/watch-metals.ts';
import { brushedMm } from '../textures/brushed.ts';
import { bySlot } from '../parts/slots.ts';
import { litBrilliant } from '../parts/lit-stone.ts';
import { litSmallDiamond } from '../materials/diamond-fire.ts';
import { domedCrystal } from '../parts/watch-case.ts';
import { guillocheMm, heureDialSize, nightDial, silveredDial } from './heure-dial.ts';
import { heureBracelet } from './heure-bracelet.ts';
import { heureCase, heureDarts, heureGrains, heureSize, heureStones } from './heure-case.ts';
import { merge, place } from '../geometry/surface.ts';
import { milaneseMm } from '../textures/milanese.ts';
import { nightCabochon, milaneseMetal, roseCabochon } from '../materials/jewel-watch.ts';
import { polishedSteel, roseGold } from '../materials/metals.ts';
import { superellipse, sweep } from '../geometry/sweep.ts';
import { handNodes, runningHands, wornOnWrist } from '../parts/watch-worn.ts';
import { vec3 } from '../geometry/vector.ts';

/** A leaf hand: narrow at the hub, broadest at two fifths, running out to a point; ridged. */
function leaf(lengthMm: number, broadMm: number, tailMm: number): PartSurface[] {
  return bySlot([
    ...roofedBar({
      widthAt: (y) => {
        const k = Math.max(0, y) / lengthMm;
        return 0.3 + (broadMm - 0.3) * Math.sin(Math.PI * Math.min(1, k) ** 0.75) ** 1.4 - 0.14 * k;
      },
      fromMm: -tailMm,
      toMm: lengthMm,
      wallMm: 0.08,
      ridgeMm: 0.21,
      steps: 30,
      polished: 'handPolished',
      brushed: 'handBrushed',
    }),
    { slot: 'handPolished', surface: place(barrel(0.62, -0.25, 0.2, 0.05, 24), forwardHere) },
  ]);
}

function hands(): Readonly<Record<'hour' | 'minute' | 'second', PartSurface[]>> {
  const needle = roofedBar({
    widthAt: (y) => (y < -1.6 ? 0.36 : 0.15),
    fromMm: -3,
    toMm: 11.2,
    wallMm: 0.06,
    ridgeMm: 0.1,
    steps: 24,
    polished: 'handPolished',
    brushed: 'handPolished',
  });
  const hub = merge([
    place(barrel(0.42, -0.2, 0.15, 0.05, 22), forwardHere),
    place(dome(0.26, 0.12, -0.13, 16), forwardHere),
  ]);
  return {
    hour: leaf(6.5, 1.25, 1.2),
    minute: leaf(10, 0.95, 1.4),
    second: bySlot([...needle, { slot: 'handPolished', surface: hub }]),
  };
}

const index = roofedBar({
  widthAt: (y) => 0.58 + 0.16 * y,
  fromMm: -1.05,
  toMm: 1.05,
  wallMm: 0.14,
  ridgeMm: 0.32,
  steps: 4,
  polished: 'indexPolished',
  brushed: 'indexBrushed',
});

const dart = roofedBar({
  widthAt: (y) => 0.62 - 0.5 * Math.abs(y),
  fromMm: -0.6,
  toMm: 0.6,
  wallMm: 0.1,
  ridgeMm: 0.46,
  steps: 2,
  polished: 'metal',
  brushed: 'metal',
});

/** Grains and darts in one mesh: hundreds of tiny solids that a coarser level of detail may thin out together. */
function setting(): Surface {
  const grain = sweep(
    [
      [-0.42, 0.17],
      [-0.02, 0.17],
      [0.09, 0.135],
      [0.15, 0.05],
    ].map(([height = 0, radius = 0]) => ({
      centre: vec3(0, height, 0),
      side: vec3(0, 0, 1),
      up: vec3(1, 0, 0),
      section: superellipse(radius, radius, 2, 8),
    })),
  );
  const put = (surface: Surface, { translationMm, rotation }: PartInstance): Surface =>
    place(surface, { origin: translationMm, ...turnedAxes(rotation) });
  return merge([
    ...heureGrains().map((one) => put(grain, one)),
    ...heureDarts().flatMap((one) => dart.map(({ surface }) => put(surface, one))),
  ]);
}

/** The axes that a unit quaternion turns x, y and z into. */
function turnedAxes([x, y, z, w]: PartInstance['rotation']) {
  return {
    x: vec3(1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)),
    y: vec3(2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)),
    z: vec3(2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)),
  };
}

/** Aurelle Heure 31: a jewel watch on a woven band, its dial engine-turned, forty brilliants round it. */
export function heure31(): PieceSpec {
  const handsZ = { hour: 5.24, minute: 5.47, second: 5.72 } as const;
  const edge = heureSize.crystalEdgeMm;
  const dressed = (
    metal: MaterialRecipe,
    grain: MaterialRecipe,
  ): Readonly<Record<string, MaterialRecipe>> => ({
    metal,
    steel: metal,
    ringBrushed: grain,
    brushed: grain,
    mesh: milaneseMetal(metal.name, metal.baseColor),
    indexPolished: metal,
    indexBrushed: grain,
    handPolished: metal,
    handBrushed: grain,
    ...litSmallDiamond,
    crystal: sapphireCrystal,
  });
  const lines = { widthMm: brushedMm, heightMm: brushedMm };
  return {
    id: 'heure-31',
    maison: 'aurelle',
    root: {
      name: 'heure-31',
      children: [
        {
          name: 'case',
          children: [
            { name: 'case_metal', surfaces: heureCase() },
            { name: 'stones', surfaces: litBrilliant(heureSize.stoneMm, 'small'), instances: heureStones() },
            { name: 'setting', surfaces: [{ slot: 'metal', surface: setting() }] },
            {
              name: 'dial',
              surfaces: dialPlate(heureDialSize, 12.4, 4.35, heureSize.dialTopMm, {
                radiusMm: guillocheMm,
                depthMm: 0.1,
              }),
            },
            {
              name: 'indices',
              surfaces: index,
              instances: atHours([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 10.25, heureSize.dialTopMm - 0.02),
            },
            {
              name: 'crystal',
              surfaces: domedCrystal(heureSize.crystalRadiusMm, edge, heureSize.thicknessMm - edge, 0.6),
            },
          ],
        },
        ...handNodes(hands(), handsZ),
        heureBracelet(),
      ],
    },
    shared: {},
    variants: [
      {
        name: 'rose',
        materials: {
          ...dressed(roseGold, brushed('brushed rose gold', [0.82, 0.56, 0.45])),
          dial: silveredDial,
          cabochon: roseCabochon,
        },
      },
      {
        name: 'steel',
        materials: {
          ...dressed(polishedSteel, brushed('brushed fine steel', [0.45, 0.448, 0.44])),
          dial: nightDial,
          cabochon: nightCabochon,
        },
      },
    ],
    textureMm: {
      dial: { widthMm: 2 * Math.PI * heureDialSize.radiusMm, heightMm: heureDialSize.radiusMm },
      mesh: { widthMm: milaneseMm, heightMm: milaneseMm },
      ringBrushed: lines,
      brushed: lines,
      indexBrushed: lines,
      handBrushed: lines,
    },
    extras: {
      ...wornOnWrist,
      fit: {
        caseDiameterMm: heureSize.caseDiameterMm,
        lugToLugMm: heureSize.lugToLugMm,
        thicknessMm: heureSize.thicknessMm,
        strapWidthMm: heureSize.strapWidthMm,
        wristLeastMm: 135,
        wristMostMm: 185,
      },
      moving: [...runningHands, { node: 'buckle', joint: 'slide', axis: [0, 1, 0], limits: [-3, 3] }],
      engraveable: [{ node: 'case_metal', areaMm: [14, 5] }],
    },
  };
}
